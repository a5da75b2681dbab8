/** Finds what inherits from a component, for the line of facts. */

import { type Component, compareText } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { comparableName } from '#generate/pages/comparable-name.ts'
import { isHidden } from '#generate/pages/public-api/hidden-names.ts'
import { isExported } from '#generate/pages/public-api/public-names.ts'
import { isDeprecated } from '#generate/pages/public-api/traits.ts'
import { isCodeEnd, isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { RelationName } from '#generate/pages/texts/texts.ts'
import { TEST_KIT } from '#generate/pages/usage/test-files.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { helperText } from './helper-bases.ts'
import { orderImplementers } from './order-implementers.ts'

/** Limit on the names of one relation in the line of facts. */
export const MAX_NAMED = 5
/** Up to this many names beyond a limit are shown, because "and 2 more" takes as much space. */
const SPARE = 2
const MAX_EMBEDDED = 100

/** A kind of relation, with the ids of the components at its other ends. */
export interface Row {
  verb: RelationName
  ends: readonly string[]
}

const HEIRS = { extends: 'extendedBy', implements: 'implementedBy', 'mixes-in': 'mixedInto' } as const

/** The non-empty relations of a type, without tests. Those of its members would repeat them. */
export function relationsOf(writing: Writing, component: Component): Row[] {
  const { repo } = writing
  const isGo = component.file.endsWith('.go')
  if (isFunction(repo, component.id) || isMarker(repo, component) || helperText(component, '') !== undefined) return []
  const heirs = [...(repo.heirs.get(component.id) ?? [])]
    .filter(([id]) => isListed(repo, id, component) && !isFunction(repo, id))
    .sort(([a], [b]) => compareText(a, b))
  return (['implementedBy', 'extendedBy', 'mixedInto'] as const)
    .map((verb) => {
      // Being embedded says nothing about a Go type.
      if (isGo && verb === 'extendedBy') return { verb, ends: [] }
      const ends = heirs.flatMap(([id, kind]) => (kind !== 'overrides' && HEIRS[kind] === verb ? id : []))
      const listed = ends.filter((id) => verb !== 'mixedInto' || isAlwaysMixedIn(repo, id, component))
      const ordered = orderImplementers(repo, component, verb, listed)
      const isShown = (id: string): boolean =>
        isListed(repo, id, component) &&
        isImportable(writing, id, component) &&
        !(verb === 'implementedBy' && isPromoted(repo, id, component))
      return { verb, ends: ordered.filter((id) => isShown(id) && !isFunction(repo, id)) }
    })
    .filter(({ ends }) => ends.length > 0)
}

/** Excludes tests and test kits, tools unless the component is in one, and unexported Go types, which may have its methods by coincidence. */
function isListed(repo: RepoIndex, id: string, { file, name }: Component): boolean {
  const heir = repo.components.get(id)
  if (heir === undefined || !isCodeEnd(id, repo) || (isMain(file, repo) && !isMain(heir.file, repo))) return false
  if (TEST_KIT.test(heir.file) && !TEST_KIT.test(file)) return false
  // A conversion of a type to itself says nothing: `ToValue` for `Value`.
  if (comparableName(name) === `to${comparableName(heir.name)}`) return false
  return !file.endsWith('.go') || heir.exported
}

/** Excludes hidden, private and deprecated heirs, and for a type that a package exports, heirs that no package exports. */
function isImportable(writing: Writing, id: string, component: Component): boolean {
  const { components } = writing.repo
  let isOffered = !isExported(writing, component)
  for (let at = components.get(id); at !== undefined; at = components.get(at.parent ?? '')) {
    if (isHidden(writing, at) || isDeprecated(at) || !at.exported || at.visibility === 'private') return false
    isOffered ||= isExported(writing, at)
  }
  return isOffered
}

/** Whether a Go struct gets all methods of the interface by embedding it, or another implementer. */
export function isPromoted(repo: RepoIndex, id: string, { id: of, file }: Component): boolean {
  if (!file.endsWith('.go')) return false
  const own = repo.members.get(id) ?? []
  const fields = new Set(own.flatMap(({ name, kind }) => (kind === 'field' ? name : [])))
  // Users cannot see an unexported struct, so the struct that embeds it is the implementer for them.
  const isEmbedded = ({ name, kind, exported }: Component): boolean =>
    fields.has(name) && (exported || kind === 'interface')
  const embedded = new Set(
    (repo.bases.get(id) ?? [])
      .flatMap((base) => repo.components.get(base) ?? [])
      .flatMap((one) => (isEmbedded(one) ? one.id : [])),
  )
  for (const one of embedded)
    for (const base of embedded.size < MAX_EMBEDDED ? (repo.bases.get(one) ?? []) : []) embedded.add(base)
  if (!embedded.has(of)) return false
  const asked = new Set((repo.members.get(of) ?? []).map(({ name }) => name))
  return !own.some(({ name, kind }) => kind === 'method' && asked.has(name))
}

/** Whether it is a base without members that only the compiler needs: `protocol _Sendable`. */
export function isMarker({ members }: RepoIndex, { id, kind, name }: Component): boolean {
  return (kind === 'interface' || kind === 'trait' || kind === 'type') && name.startsWith('_') && !members.has(id)
}

/** Whether it is a function or a value. One that creates an object of an anonymous class does not itself inherit from the base type. */
export const isFunction = ({ components }: RepoIndex, id: string): boolean =>
  ['function', 'method', 'constant', 'field'].includes(components.get(id)?.kind ?? '')

/** Whether a Ruby class mixes a module in only under a condition. */
export function isConditional(repo: RepoIndex, from: string, to: string): boolean {
  const user = repo.components.get(from)
  const places = repo.occurrences.usesOf(from, to).filter(({ kind }) => kind === 'mixes-in')
  const isInside = (use: Occurrence): boolean =>
    repo.occurrences.blocksAround(use).some(({ startLine }) => use.file !== user?.file || startLine > user.startLine)
  return places.length > 0 && places.every(isInside)
}

/** Whether a class mixes a module in without a condition, unlike `String` reopened in `if ENV['ORBIT']`. */
function isAlwaysMixedIn(repo: RepoIndex, from: string, { id, name: module }: Component): boolean {
  const { condition, bases = [] } = repo.components.get(from) ?? {}
  const stated = bases.filter(({ how, name }) => how === 'mixes-in' && `::${name}`.endsWith(`::${module}`))
  const isStated = stated.length === 0 || stated.some((one) => one.condition === undefined)
  return condition === undefined && isStated && !isConditional(repo, from, id)
}

/** Whether the line of facts names only the first ones. */
export function isCut(ends: readonly string[]): boolean {
  return ends.length > MAX_NAMED + SPARE
}
