/** The public names that the overview lists, in the order in which users meet them. */

import type { Component, Surface } from '#generate/model.ts'
import { mixedInto } from '#generate/pages/entry/mixed-into.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import { TYPES } from '#generate/pages/tops.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { isClosed } from './closed-functions.ts'
import { isHidden } from './hidden-names.ts'
import { type PublicName, publicNames } from './public-names.ts'
import { isDiscouraged, isError, minor } from './traits.ts'

/** Matches a private name, also `__version__`, but not `_`. */
const PRIVATE = /^_{1,2}[\p{L}\p{N}]{2}/u
/** Matches where the code itself is: `ROOT = os.path.dirname(__file__)`. */
const OWN_PLACE = /\b__(?:file|dir(?:name)?)__\b|\b__dirname\b|\bimport\.meta\b|\bos\.path\./i
/** Matches folders of test support that a package contains. */
const TEST_SUPPORT = /(?:^|\/)(?:tests?|specs?|fixtures?|mocks?|test_?(?:helpers?|support|utils?))\//i
/** Matches an alias for annotations: `Size = Tuple[int, int]`. */
const ALIAS = /\.pyi?$/

const known = new WeakMap<Writing, ReadonlyMap<Surface, readonly PublicName[]>>()

/** By package: what documents and examples use, then by use, then what nobody begins with, then what is deprecated. */
export function listedNames(writing: Writing): ReadonlyMap<Surface, readonly PublicName[]> {
  let found = known.get(writing)
  if (found === undefined) {
    found = new Map(
      [...spelledNames(writing)].map(([surface, names]) => {
        const listed = names.filter((one) => isListed(writing, surface, one))
        const ranks = new Map(listed.map((one) => [one, rankOf(writing, surface, one)]))
        return [surface, listed.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0))]
      }),
    )
    known.set(writing, found)
  }
  return found
}

/** All public names by package, as users write them. */
export const spelledNames = (writing: Writing): ReadonlyMap<Surface, readonly PublicName[]> =>
  new Map(
    [...publicNames(writing)].map(([surface, names]) => [surface, names.flatMap((one) => asWritten(writing, one))]),
  )

/** Of Ruby, a module in place of methods that are not called on it, and a type in place of what no word is said of. */
function asWritten(writing: Writing, one: PublicName): PublicName[] {
  const { component, path } = one
  if (path.language !== 'ruby' || component === null || !/^(?:function|method)$/.test(component.kind)) return [one]
  const owner = writing.repo.components.get(component.parent ?? '')
  const on = mixedInto(writing.repo, component)
  // Its methods are called on the module: `extend self`.
  const isOnModule = on === undefined && owner?.kind === 'namespace' && /^def (?!self\.)/.test(component.signature)
  const named = isOnModule ? { ...one, name: `${titleOf(owner)}.${component.name}`, isMade: true } : one
  const isCalled = on === undefined ? component.doc !== null : on.endsWith('.')
  if (owner === undefined || isCalled || calledInCode(writing).has(component.id)) return [named]
  return isHidden(writing, owner) || owner.parent === null
    ? []
    : [{ ...one, name: titleOf(owner), component: owner, isMade: true }]
}

function isListed(writing: Writing, surface: Surface, { name, component }: PublicName): boolean {
  if (component === null) return true
  const { repo } = writing
  const isKept = calledInCode(writing).has(component.id)
  if (PRIVATE.test(name) || (name === 'main' && component.kind === 'function') || isClosed(repo, component))
    return isKept
  if (isProvider(writing, name)) return false
  if (minor(component) > 0 && OWN_PLACE.test(component.signature)) return isKept
  const inside = surface.folder === '' ? component.file : component.file.slice(surface.folder.length + 1)
  if (TEST_SUPPORT.test(inside) || repo.files.get(component.file)?.generated === true) return isKept
  // The comment on its only constructor keeps users from it: another definition makes it.
  const constructors = (repo.members.get(component.id) ?? []).filter(({ name }) => CONSTRUCTOR.test(name))
  return constructors.length === 0 || !constructors.every((one) => isHidden(writing, one)) || isKept
}

/** Whether the service loader of Java finds a class, so that no user names it. */
function isProvider({ repo }: Writing, name: string): boolean {
  let found = providers.get(repo)
  if (found === undefined) {
    found = new Set()
    for (const { path, text } of repo.files.values())
      if (path.includes('META-INF/services/'))
        for (const line of text?.slice(0, MAX_PROVIDERS).split('\n') ?? [])
          found.add(line.trim().split('.').at(-1) ?? '')
    providers.set(repo, found)
  }
  return name !== '' && found.has(name)
}

const providers = new WeakMap<Writing['repo'], Set<string>>()
const MAX_PROVIDERS = 10_000

const CONSTRUCTOR = /^(?:constructor|__construct|__init__|initialize)$/

function rankOf(writing: Writing, surface: Surface, one: PublicName): number {
  const { component, isDeprecated } = one
  const { repo } = writing
  if (isDeprecated) return 4
  if (component === null) return 3
  if (isResult(repo, component)) return 2
  if (isNamedLike(one, surface) || isShown(writing, component)) return 0
  // Users catch the base of the others.
  if (isError(repo, component)) return (repo.heirs.get(component.id)?.size ?? 0) > 1 ? 2 : 3
  if (minor(component) > 0 || isDiscouraged(component) || repo.overridden.has(component.id)) return 3
  return component.kind === 'type' && ALIAS.test(component.file) ? 3 : 1
}

/** Whether only the package makes a type of Swift, which its functions return: it has no public initializer. */
const isResult = ({ members }: Writing['repo'], { id, kind, file }: Component): boolean =>
  kind === 'struct' &&
  file.endsWith('.swift') &&
  !(members.get(id) ?? []).some(({ name, exported }) => name === 'init' && exported)

const isNamedLike = ({ name, isMade }: PublicName, { package: own }: Surface): boolean =>
  isMade !== true &&
  (name === 'default' || name.toLowerCase() === own.split(/[/:]/).at(-1)?.replace(/[-_.]/g, '').toLowerCase())

/** Whether documents or examples use it, or its members. */
function isShown(writing: Writing, { id }: Component): boolean {
  const called = calledInCode(writing)
  const members = writing.repo.members.get(id) ?? []
  return called.has(id) || members.some((one) => called.has(one.id)) || isInExamples(writing, id)
}

/** Whether an example of the repository uses a type or one of its members. */
export function isInExamples({ repo }: Writing, id: string): boolean {
  if (!TYPES.has(repo.components.get(id)?.kind ?? 'constant')) return false
  return [id, ...(repo.members.get(id) ?? []).map((member) => member.id)].some((one) =>
    [...(repo.users.get(one)?.keys() ?? [])].some(
      (end) => repo.files.get(repo.components.get(end)?.file ?? end)?.role === 'example',
    ),
  )
}
