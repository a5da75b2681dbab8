/** Lists the public names for the overview, in the order in which users encounter them. */

import { memoized } from '#base/memoize.ts'
import type { Surface } from '#generate/model.ts'
import { mixedInto } from '#generate/pages/entry/mixed-into.ts'
import { calledInCode } from '#generate/pages/readme/readme-calls.ts'
import { titleOf, type Writing } from '#generate/pages/writing.ts'
import { isClosed } from './closed-functions.ts'
import { isHidden } from './hidden-names.ts'
import { type PublicName, publicNames } from './public-names.ts'
import { shownToUsers } from './shown-to-users.ts'
import { isMinor } from './traits.ts'

/** Matches a private name, also `__version__`, but not `_`. */
const PRIVATE = /^_{1,2}[\p{L}\p{N}]{2}/u
/** Matches the location of the code itself: `ROOT = os.path.dirname(__file__)`. */
const OWN_PLACE = /\b__(?:file|dir(?:name)?)__\b|\b__dirname\b|\bimport\.meta\b|\bos\.path\./i
/** Matches folders with test support in a package; in Go, these are separate packages. */
const TEST_SUPPORT =
  /(?:^|\/)(?:tests?|specs?|fixtures?|mocks?|test_?(?:helpers?|support|utils?))\/(?!(?:[^/]{1,200}\/){0,9}[^/]{1,200}\.go$)/i

/** By package: the names that documents and examples show most first, then by use, deprecated names last. */
export const listedNames = memoized((writing: Writing): ReadonlyMap<Surface, readonly PublicName[]> => {
  const listedBy = [...spelledNames(writing)].map(([surface, names]): [Surface, readonly PublicName[]] => {
    const listed = names.filter((one) => isListed(writing, surface, one))
    const ranks = new Map(listed.map((one) => [one, rankOf(writing, surface, one)]))
    return [surface, listed.toSorted((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0))]
  })
  return new Map(listedBy)
})

/** All public names by package, as users write them. */
export const spelledNames = (writing: Writing): ReadonlyMap<Surface, readonly PublicName[]> =>
  new Map(
    [...publicNames(writing)].map(([surface, names]) => [surface, names.flatMap((one) => asWritten(writing, one))]),
  )

/** In Ruby, replaces methods that are not called on their module by the module, and undescribed names by their type. */
function asWritten(writing: Writing, one: PublicName): PublicName[] {
  const { component, path } = one
  if (path.language !== 'ruby' || component === null || !/^(?:function|method)$/.test(component.kind)) return [one]
  const owner = writing.repo.components.get(component.parent ?? '')
  const on = mixedInto(writing.repo, component)
  // Its methods are called on the module: `def self.plan`, `extend self`.
  const isOnModule = on === undefined && owner?.kind === 'namespace' && component.signature.startsWith('def ')
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
  if (isProvider(writing, name) && shownToUsers(writing, name, component) === 0) return false
  if (isMinor(component) && OWN_PLACE.test(component.signature)) return isKept
  const inside = surface.folder === '' ? component.file : component.file.slice(surface.folder.length + 1)
  if (TEST_SUPPORT.test(inside) || repo.files.get(component.file)?.generated === true) return isKept
  // The comment on its only constructor sends users elsewhere: another definition creates it.
  const constructors = (repo.members.get(component.id) ?? []).filter(({ name }) => CONSTRUCTOR.test(name))
  return constructors.length === 0 || !constructors.every((one) => isHidden(writing, one)) || isKept
}

/** Whether the service loader of Java finds a class, so that users need not name it. */
function isProvider({ repo }: Writing, name: string): boolean {
  return name !== '' && providersIn(repo).has(name)
}

const providersIn = memoized((repo: Writing['repo']): Set<string> => {
  const found = new Set<string>()
  for (const { path, text } of repo.files.values())
    if (path.includes('META-INF/services/'))
      for (const line of text?.slice(0, MAX_PROVIDERS).split('\n') ?? []) found.add(line.trim().split('.').at(-1) ?? '')
  return found
})
const MAX_PROVIDERS = 10_000

const CONSTRUCTOR = /^(?:constructor|__construct|__init__|initialize)$/

function rankOf(writing: Writing, surface: Surface, one: PublicName): number {
  const { name, component } = one
  const shown = shownToUsers(writing, name, component)
  if (one.isDeprecated) return shown - DEPRECATED
  // Among variants, users begin with the plain one.
  return shown + (shown > 0 && isNamedLike(one, surface) ? NAMED_LIKE : 0) - (name.startsWith('Lazy') ? VARIANT : 0)
}

const VARIANT = 0.01
/** Higher than the weight of any other name. */
const [NAMED_LIKE, DEPRECATED] = [1_000, 1_000_000]

const isNamedLike = ({ name, isMade }: PublicName, { package: own }: Surface): boolean =>
  isMade !== true &&
  (name === 'default' ||
    name === 'export=' ||
    name.toLowerCase() === own.split(/[/:]/).at(-1)?.replace(/[-_.]/g, '').toLowerCase())
