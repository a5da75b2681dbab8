/** Finds the calls of a function that may be steps, with their conditions. */

import type { PhrasingContent } from 'mdast'
import { findText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { chancesFrom } from './call-chances.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { bodyOf, calleesOf } from './calls.ts'
import { conditionsOf, fitted } from './conditions.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { decidedBy, type Given } from './given-arguments.ts'
import type { GivenCall } from './given-calls.ts'
import { type CallGroup, isAlways, isVague, mergeConditions, sharedBy } from './merged-conditions.ts'

/** Limit on the calls of one function whose conditions are read. */
const MAX_PLACES = 12
/** A function that calls more than this is a dispatcher: none of its calls is more of a step than the rest. */
const MAX_CALLEES = 100
/** Limit on the loops and callbacks around the same call that are told apart. */
const MAX_GROUPS = 2

export interface Call {
  callee: Component
  /** Other functions that the call may run. */
  dispatch: Dispatch
  site: CallSite
  groups: readonly CallGroup[]
  /** The share of the root's code that the call reaches. */
  weight: number
  /** What the callee does; `null` if nothing is known beyond the rows above. */
  sentence: PhrasingContent[] | null
  /** Intermediate calls: each is the only step of the previous one and has no sentence. */
  via: readonly Call[]
  /** The calls in the function that runs; `null` if it is unknown, already in the tree, or beyond the limit. */
  body: Body | null
}

export interface Body {
  component: Component
  /** Calls in order. */
  calls: readonly Call[]
  /** Calls of the function's arguments, in order. */
  given: readonly GivenCall[]
}

/** Whether a call only happens under conditions, other than being repeated. */
export const isConditional = ({ groups }: Call): boolean =>
  groups.every(({ conditions }) => conditions.some(({ kind }) => kind !== 'repeated' && kind !== 'loop'))

/** Whether the outermost condition is unknown: of a nested function, where it is called. */
const startsUnclear = ({ conditions: [first] }: CallGroup): boolean => first?.kind === 'unclear'

/** Whether a call is shown, by its callee. */
type IsShown = (callee: Component, dispatch: Dispatch) => boolean

/**
 * The calls that `isShown` accepts, in order, those in nested functions last.
 *
 * @param given - The parameters of the caller that its own call site sets to literals.
 */
export function callsIn(repo: RepoIndex, caller: Component, given: Given, isShown: IsShown): Call[] {
  const callees = calledBy(repo, caller)
  if (callees.length === 0 || callees.length > MAX_CALLEES) return []
  const sites = callSites(repo, caller, callees)
  return callees
    .flatMap((callee): Call[] => {
      const site = sites.get(callee.id)
      if (site === undefined || site.isAfterError) return []
      const dispatch = dispatchOf(repo, callee, caller)
      if (dispatch.isOneOfSeveral || dispatch.overloads.length > 0) return []
      // The default of a parameter: `app: App = create()`.
      if (callee.name !== caller.name && isCalledIn(caller.signature, callee.name)) return []
      if (!isShown(callee, dispatch)) return []
      const groups = groupsOf(repo, bodyOf(repo, caller), site, given)
      return groups.length === 0
        ? []
        : [{ callee, dispatch, site, groups, weight: 0, sentence: null, via: [], body: null }]
    })
    .sort((a, b) => Number(a.site.isInner) - Number(b.site.isInner) || a.site.order - b.site.order)
}

/** Whether code has a call of a name, which another name may end with. */
function isCalledIn(code: string, name: string): boolean {
  const call = `${name}(`
  for (let at = findText(code, call); at !== -1; at = findText(code, call, at + 1)) {
    if (!/[\p{L}\p{N}_$]/u.test(code.charAt(at - 1))) return true
  }
  return false
}

const calledBy = (repo: RepoIndex, caller: Component): Component[] =>
  calleesOf(repo, caller).filter(({ id }) => id !== caller.id)

/** The calls of one callee by their conditions; empty if they only happen after an error, or under conditions of which none is known. */
function groupsOf(repo: RepoIndex, body: Component, site: CallSite, given: Given): CallGroup[] {
  const places = site.places.slice(0, MAX_PLACES).flatMap((place): CallGroup[] => {
    const conditions = conditionsOf(repo, body, place)
    if (conditions.some((one) => decidedBy(given, one) === false)) return []
    return [{ conditions: conditions.filter((one) => decidedBy(given, one) === undefined), places: [place] }]
  })
  const known = mergeConditions(places)
  if (site.isInner && known.every(startsUnclear)) return []
  if (known.every(({ conditions }) => conditions.some(({ kind }) => kind === 'failed'))) return []
  const groups =
    known.length === 1 || known.some(isUnconditional) || (known.length <= MAX_GROUPS && known.every(isAlways))
      ? known.map((group) => ({ ...group, conditions: fitted(group.conditions) }))
      : [{ conditions: sharedBy(known, site), places: places.flatMap((group) => group.places) }]
  return site.isInner && groups.every(startsUnclear) ? [] : groups
}

const isUnconditional = ({ conditions }: CallGroup): boolean => conditions.length === 0

/** The calls without those that the caller also makes through another one, since their conditions say only half of it. */
export function withoutCallsBeside(repo: RepoIndex, caller: Component, calls: readonly Call[]): Call[] {
  return calls.filter(
    ({ callee, groups }) =>
      groups.some(isUnconditional) ||
      groups.some(isVague) ||
      !reachedBeside(repo, caller, calledBy(repo, caller)).has(callee),
  )
}

const besides = new WeakMap<RepoIndex, Map<string, ReadonlySet<Component>>>()

/**
 * The callees that are also reached through another call of the caller, but not back through the caller. The conditions of
 * a direct call do not apply to them.
 */
function reachedBeside(repo: RepoIndex, caller: Component, callees: readonly Component[]): ReadonlySet<Component> {
  const known = besides.get(repo) ?? new Map<string, ReadonlySet<Component>>()
  besides.set(repo, known)
  const kept = known.get(caller.id)
  if (kept !== undefined) return kept
  const own = bodyOf(repo, caller).id
  /** Number of callees that reach a body, by its id. */
  const counts = new Map(callees.map((one) => [bodyOf(repo, one).id, 0]))
  const leading = new Set<Component>()
  for (const one of callees) {
    const reached = chancesFrom(repo, one)
    if (reached.has(own)) continue
    leading.add(one)
    for (const id of reached.keys()) {
      const count = counts.get(id)
      if (count !== undefined) counts.set(id, count + 1)
    }
  }
  // Each reaches itself.
  const isBeside = (one: Component): boolean => (counts.get(bodyOf(repo, one).id) ?? 0) > (leading.has(one) ? 1 : 0)
  const found = new Set(callees.filter(isBeside))
  known.set(caller.id, found)
  return found
}
