/** Finds the calls of a function that may be steps, with their conditions. */

import type { PhrasingContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { chancesFrom } from './call-chances.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { bodyOf, calleesOf } from './calls.ts'
import { conditionsOf, fitted } from './conditions.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { decidedBy, type Given } from './given-arguments.ts'
import type { GivenCall } from './given-calls.ts'
import { type CallGroup, isVague, mergeConditions, sharedBy } from './merged-conditions.ts'
import { isStep } from './telling-calls.ts'

/** Limit on the calls of one function whose conditions are read. */
const MAX_PLACES = 12
/** A function that calls more than this is a dispatcher: none of its calls is more of a step than the rest. */
const MAX_CALLEES = 100
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

/** @param given - The parameters of the caller that its own call site sets to literals. */
export function callsIn(repo: RepoIndex, root: Component, caller: Component, given: Given): Call[] {
  const callees = calleesOf(repo, caller).filter(({ id }) => id !== caller.id)
  if (callees.length > MAX_CALLEES) return []
  const sites = callees.length === 0 ? new Map<string, CallSite>() : callSites(repo, caller, callees)
  const body = bodyOf(repo, caller)
  return callees
    .flatMap((callee): Call[] => {
      const site = sites.get(callee.id)
      if (site === undefined || site.isAfterError) return []
      const dispatch = dispatchOf(repo, callee, caller)
      if (dispatch.isOneOfSeveral || dispatch.overloads.length > 0) return []
      // The default of a parameter: `app: App = create()`.
      if (callee.name !== caller.name && hasText(caller.signature, `${callee.name}(`)) return []
      if (!isStep(repo, root, callee, dispatch)) return []
      const places = site.places.slice(0, MAX_PLACES).flatMap((place): CallGroup[] => {
        const conditions = conditionsOf(repo, body, place)
        if (conditions.some((one) => decidedBy(given, one) === false)) return []
        return [{ conditions: conditions.filter((one) => decidedBy(given, one) === undefined), places: [place] }]
      })
      const known = mergeConditions(places)
      if (site.isInner && known.every(startsUnclear)) return []
      const [only, ...others] = known
      const isAlways = known.some(({ conditions }) => conditions.length === 0)
      const isAfterCheck = known.every(({ conditions }) => conditions.some(({ kind }) => kind === 'failed'))
      if (only === undefined || isAfterCheck) return []
      const groups =
        isAlways || others.length === 0
          ? known.map((group) => ({ ...group, conditions: fitted(group.conditions) }))
          : [{ conditions: sharedBy(known, site), places: places.flatMap((group) => group.places) }]
      if (site.isInner && groups.every(startsUnclear)) return []
      if (!isAlways && !groups.some(isVague) && reachedBeside(repo, caller, callees).has(callee)) return []
      return [{ callee, dispatch, site, groups, weight: 0, sentence: null, via: [], body: null }]
    })
    .sort((a, b) => Number(a.site.isInner) - Number(b.site.isInner) || a.site.order - b.site.order)
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
