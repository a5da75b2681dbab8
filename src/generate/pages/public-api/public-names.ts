/** Lists the public names of packages, weighted by how much they are used. */

import { memoized } from '#base/memoize.ts'
import type { Component, Surface, SurfacePath } from '#generate/model.ts'
import { aliasOf } from '#generate/pages/entry/alias-of.ts'
import { mixedInto } from '#generate/pages/entry/mixed-into.ts'
import { calledInDocuments } from '#generate/pages/readme/documents-calls.ts'
import { mentionedNames, ownName } from '#generate/pages/readme/mentioned-names.ts'
import { isCode, isMain } from '#generate/pages/repo-index.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { otherArities } from './arities.ts'
import { currentOverload } from './current-overload.ts'
import { isHidden } from './hidden-names.ts'
import { importedSurfaces, isNamedFrom, isOfferedPath } from './imported-surfaces.ts'
import { packageOf } from './own-packages.ts'
import { isReopened } from './reopened-classes.ts'
import { isDeprecated, isDiscouraged, isError, isHook, isUnsettled } from './traits.ts'
import { weighByReach } from './weigh-by-reach.ts'

export interface PublicName {
  readonly name: string
  /** `null` if the repository does not define the name. */
  readonly component: Component | null
  readonly path: SurfacePath
  readonly isDeprecated: boolean
  /** Whether it is not imported, but created by a public function or called as a method. */
  readonly isMade?: boolean
  /** Whether it is not from the main path. */
  readonly isInner?: boolean
  /** The public function that creates it. */
  readonly maker?: Component
  readonly weight: number
}

export const UNSETTLED_PATH = /\b(?:unstable|experimental|internals?|legacy|do-not-import)\b/i
/** Matches a module with a private name: `crate::_bench`, `org.orbit.internal`. */
const PRIVATE_PATH = /[.:/\\](?:_|(?:internals?|shaded)(?:[.:/\\_]|$))/i
/** Factor for the names of the main path of a package. */
const MAIN = 2
/** A class gets this share of the weight of the function that creates its instances. */
const MADE = 0.8
/** Weight of public names that are never mentioned. */
const MIN_OFFER = 0.01

/** The compiler's name for the whole export of a CommonJS module. */
export const WHOLE = 'export='

/** The name in documents: `chunked` for `Sequence.chunked(by:)`, and the value's own name for the single export of a module. */
const spokenName = (name: string, component: Component | null): string =>
  name === WHOLE || name.endsWith(')') ? (component?.name ?? '') : name

const known = new WeakMap<Writing, Map<Surface, PublicName[]>>()

/** Public names by importable package. Each name appears once per path, the most used first, deprecated ones last. */
export function publicNames(writing: Writing): ReadonlyMap<Surface, readonly PublicName[]> {
  const found = known.get(writing)
  if (found !== undefined) return found
  const mentions = mentionedNames(writing)
  const all = new Map<Surface, PublicName[]>()
  for (const surface of importedSurfaces(writing)) {
    const isOffered = (path: SurfacePath): boolean =>
      !PRIVATE_PATH.test(path.path) && isOfferedPath(writing, surface, path)
    // Most modules of a Python program are only for the program.
    const isProgram = surface.ecosystem === 'pypi' && (packageOf(writing, surface)?.programs.length ?? 0) > 0
    const names = surface.paths.flatMap((path, index) =>
      (isOffered(path) ? path.names : []).flatMap(({ name, to }): PublicName[] => {
        // Where `__all__` lists the names, the same word in documents may mean something else.
        const isOther = isProgram && path.path.includes('.')
        if (
          isOther &&
          !(surface.paths[0]?.isListed
            ? path.isListed === true || isNamedFrom(writing, path, name)
            : mentions.has(ownName(name)))
        )
          return []
        const exported = writing.repo.components.get(to ?? '')
        const meant = exported === undefined ? undefined : aliasOf(writing.repo, exported)
        const named = meant?.name === name && meant.parent === null ? meant : exported
        const component = named === undefined ? null : currentOverload(writing, named)
        // An exported object is represented by its members.
        if (name === WHOLE && component?.kind !== 'function' && component?.kind !== 'class') return []
        if (component !== null && !isForUsers(writing, component)) return []
        const isOld = component !== null && isDeprecated(component)
        const isPassedOn =
          component !== null && surface.folder !== '' && !component.file.startsWith(`${surface.folder}/`)
        const hasUnsettledPath = UNSETTLED_PATH.test(path.path)
        const share = (isPassedOn ? 0.4 : 1) * (hasUnsettledPath ? 0.3 : 1)
        const weight =
          weightOf(writing, spokenName(name, component), component, mentions) * share + (index === 0 ? MAIN : 0)
        const owner = component === null ? undefined : mixedInto(writing.repo, component)
        const isMixedIn = owner === undefined ? {} : { name: `${owner}${name}`, isMade: true }
        const isInner = index > 0 ? { isInner: true } : {}
        return [{ name, component, path, isDeprecated: isOld, weight, ...isInner, ...isMixedIn }]
      }),
    )
    const isLast = ({ component }: PublicName): boolean => component === null || isDiscouraged(component)
    const order = (one: PublicName): number => (one.isDeprecated ? 2 : 0) + (isLast(one) ? 1 : 0)
    const ranked = weighByReach(writing, surface, [
      ...names,
      ...otherArities(writing, surface, names),
      ...madeBy(writing, names),
      ...innerOf(writing, names, mentions),
    ])
    all.set(
      surface,
      ranked.sort((a, b) => order(a) - order(b) || b.weight - a.weight || (a.name < b.name ? -1 : 1)),
    )
  }
  known.set(writing, all)
  return all
}

/** JavaScript classes that are not exported, but whose instances public functions of their files return. */
function madeBy({ repo }: Writing, names: readonly PublicName[]): PublicName[] {
  const offered = new Set(names.flatMap(({ component }) => component?.id ?? []))
  return names.flatMap((one): PublicName[] => {
    const { component: maker, path, weight } = one
    if (path.language !== 'javascript' || maker?.kind !== 'function') return []
    return [...(repo.callees.get(maker.id)?.keys() ?? [])].flatMap((id): PublicName[] => {
      const component = repo.components.get(id)
      if (component?.kind !== 'class' || !component.exported || component.file !== maker.file) return []
      if (offered.has(id) || !(repo.members.get(id) ?? []).some((member) => isUsable(member))) return []
      offered.add(id)
      return [
        { name: component.name, component, path, isDeprecated: false, isMade: true, maker, weight: MADE * weight },
      ]
    })
  })
}

/** Documented Ruby classes nested in public ones. */
function innerOf(writing: Writing, names: readonly PublicName[], mentions: ReadonlyMap<string, number>): PublicName[] {
  const { repo } = writing
  const offered = new Set(names.flatMap(({ component }) => component?.id ?? []))
  return names.flatMap(({ component: owner, path }): PublicName[] => {
    if (path.language !== 'ruby' || owner?.kind !== 'class') return []
    return (repo.members.get(owner.id) ?? []).flatMap((component): PublicName[] => {
      const { id, kind, name, doc } = component
      const isMeant = kind === 'class' && doc !== null && !isError(repo, component) && isForUsers(writing, component)
      if (!isMeant || offered.has(id) || !component.exported) return []
      offered.add(id)
      const weight = MADE * weightOf(writing, name, component, mentions)
      return [
        { name: titleOf(component), component, path, isDeprecated: isDeprecated(component), isMade: true, weight },
      ]
    })
  })
}

const isUsable = ({ exported, name }: Component): boolean => exported && !name.startsWith('_')

/**
 * Excludes hidden names, tools, and test-only code; also members of C++ classes, which belong to their class, and classes of
 * Ruby itself.
 */
function isForUsers(writing: Writing, component: Component): boolean {
  const { id, file, kind, name, parent, doc, exported } = component
  if (isHidden(writing, component) || isBeside(writing, component) || writing.repo.inTests.has(id)) return false
  if (STUBS.test(file)) return false
  if (isReopened(writing, component)) return false
  const owner = writing.repo.components.get(parent ?? '')
  const { language } = writing.repo.files.get(file) ?? {}
  // Additions to `std` are for the language's own loops and functions.
  if (language === 'c' || language === 'cpp')
    return exported && kind !== 'method' && kind !== 'namespace' && !/^std\./.test(component.qualifiedName)
  if (language !== 'ruby') return true
  if (/^(?:setup|teardown)$/.test(name) && /\bTests?\b/.test(component.qualifiedName)) return false
  return name !== 'initialize' && !isHook(component) && (doc !== null || !OF_RUBY.test(owner?.name ?? ''))
}

/** Matches Ruby's own root classes and modules. */
const OF_RUBY = /^(?:BasicObject|Class|Kernel|Module|Object)$/

/** Whether a component is in a secondary module, or in a file for benchmarks or builds. */
function isBeside({ repo }: Writing, { file }: Component): boolean {
  const leaf = repo.leaves.get(file)
  if (leaf === undefined || !isCode(repo.files.get(file))) return false
  // The exports of the entry of a JavaScript package are for users, whatever the name of its file.
  return SCRIPT.test(file) ? leaf.isBeside === true : !isMain(file, repo)
}

/** Matches a folder of type stubs for another package (PEP 561), which cannot be imported. */
const STUBS = /(?:^|\/)[\w.]{1,100}-stubs\//

const SCRIPT = /\.[cm]?[jt]sx?$/

const exported = new WeakMap<Writing, ReadonlySet<string>>()

/** Whether users of a package can name a component, on its own or as a property of an object. */
export function isExported(writing: Writing, { id }: Pick<Component, 'id'>): boolean {
  const known = exported.get(writing)
  if (known !== undefined) return known.has(id)
  const named = [...publicNames(writing).values()].flat().flatMap(({ component }) => component ?? [])
  const ids = new Set(named.map((one) => one.id))
  // Properties of an exported object of a script are named through it: `export default { plan }`.
  for (const { id, kind, file } of named)
    if ((kind === 'constant' || kind === 'field') && SCRIPT.test(file))
      for (const { to, kind: use, block } of writing.repo.occurrences.usesIn(id))
        if (use === 'references' && block === -1) ids.add(to)
  exported.set(writing, ids)
  return ids.has(id)
}

/** How much a public component is used; 0 if it is deprecated or not public. */
export function offerOf(writing: Writing, { id }: Pick<Component, 'id'>): number {
  return offersIn(writing).get(id) ?? 0
}

const offersIn = memoized((writing: Writing): Map<string, number> => {
  const byId = new Map<string, number>()
  for (const { component, isDeprecated, weight } of [...publicNames(writing).values()].flat()) {
    if (component === null || isDeprecated) continue
    byId.set(component.id, Math.max(weight + MIN_OFFER, byId.get(component.id) ?? 0))
  }
  return byId
})

/** How often documents call the extension methods of a C# class, whose own name is never mentioned. */
export function extended(writing: Writing, { id, kind, file }: Component): number {
  if (kind !== 'class' || !file.endsWith('.cs')) return 0
  const called = calledInDocuments(writing)
  return (writing.repo.members.get(id) ?? []).reduce(
    (most, { name, signature }) => (/\(\s*this\s/.test(signature) ? Math.max(most, called.get(name) ?? 0) : most),
    0,
  )
}

/** Uses in examples and tests count more than those in the package's own code, and mentions in documents count most. */
function weightOf(
  writing: Writing,
  name: string,
  component: Component | null,
  mentions: ReadonlyMap<string, number>,
): number {
  const log = (count: number): number => Math.log2(1 + count)
  if (component === null) return 2 * log(mentions.get(ownName(name)) ?? 0)
  const said = 2 * log((mentions.get(ownName(name)) ?? 0) + extended(writing, component))
  const { repo } = writing
  let [own, others] = [0, 0]
  for (const end of repo.users.get(component.id)?.keys() ?? []) {
    const file = repo.components.get(end)?.file ?? end
    if (file === component.file) continue
    if (isCode(repo.files.get(file))) own++
    else others++
  }
  const isSmall = component.kind === 'macro' || [...name].length === 1
  return (
    (said + log(others) + log(own) / 4) *
    (isUnsettled({ name }) || isSmall ? 0.3 : 1) *
    (component.doc === null ? 0.8 : 1)
  )
}
