/**
 * Builds the tree of calls of a function: of the resolved calls that may be steps (`telling-calls.ts`), those that lead to most code, in
 * order, with their conditions. Each is there once. It has a sentence of its own or leads on to some that have. There is no tree of a
 * root whose calls that are shown are less than half of what it does.
 */

import type { PhrasingContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import { append, greatest } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { bodyOf, calleesOf, isConstructor } from './calls.ts'
import { conditionsOf } from './conditions.ts'
import { isCovered } from './covered.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { type CallGroup, mergeConditions } from './merged-conditions.ts'
import { isStep, purposeOf } from './telling-calls.ts'

/** Limit on the levels of lines; a path of calls is one line. */
const MAX_LEVELS = 5
/** Limit on the calls between the root and the last call of a path. */
const MAX_DEPTH = 10
/** Limit on the calls of the whole tree. Those that lead to most code are expanded first. */
export const MAX_LINES = 40
const MAX_CALLS_PER_BODY = 6
/** Minimum share of the code that the main call of a function leads to, for another call. */
const MIN_SHARE = 0.12
/** Below a call that has a condition, only calls without one: whether both can hold is not known. */
const MIN_CHANCE = 1 / 2
/** Limit on the calls of one function whose conditions are read. */
const MAX_PLACES = 12
/** Limit on the conditions of a call: what happens under more is no main step. */
const MAX_CONDITIONS = 2
const MAX_QUOTED = 120

export interface Call {
  callee: Component
  /** Other functions that the call may run. */
  dispatch: Dispatch
  site: CallSite
  groups: readonly CallGroup[]
  /** What the callee does; `null` if nothing is known that the rows above do not tell. */
  sentence: PhrasingContent[] | null
  /** What the caller calls on the way to the callee, each the only step of the one before and without words. */
  via: readonly Call[]
  /** The calls in the function that runs; `null` if it is unknown, already in the tree, or beyond the limit. */
  body: Body | null
}

export interface Body {
  component: Component
  /** Calls in order. */
  calls: readonly Call[]
}

interface Growth {
  /** Ids of functions whose calls another tree shows. */
  opened: ReadonlySet<string>
  maxLines: number
  /** A factor on the code that a call reaches. */
  weightOf(callee: Component): number
}

/** Expands the calls with most weight first, up to the limit. */
export function growTree(repo: RepoIndex, root: Component, { opened, maxLines, weightOf }: Growth): Body {
  const runs = bodyOf(repo, root)
  const seen = new Set([...opened, runs.id])
  const named = new Set([keyOf(repo, runs)])
  const stepsIn = (caller: Component, depth: number, chance: number, max: number): Closed[] => {
    const all = callsIn(repo, root, caller).filter(({ callee }) => !named.has(keyOf(repo, callee)))
    const weighed = all.map((call): Closed => {
      const own = chance / (isSure(call) ? 1 : 2)
      return { call, depth, chance: own, weight: own * weightOf(call.callee) }
    })
    const sorted = weighed.filter((one) => one.chance >= MIN_CHANCE).sort((a, b) => b.weight - a.weight)
    const least = MIN_SHARE * (sorted[0]?.weight ?? 0)
    // In their original order.
    const most = new Set(sorted.filter(({ weight }) => weight >= least).slice(0, Math.max(0, max)))
    for (const { call } of most) named.add(keyOf(repo, call.callee))
    return weighed.filter((one) => most.has(one))
  }
  const closed = stepsIn(root, 1, 1, Math.min(MAX_CALLS_PER_BODY, maxLines))
  const tree = { component: root, calls: closed.map(({ call }) => call) }
  let left = maxLines - tree.calls.length
  while (closed.length > 0 && left > 0) {
    const [next] = closed.splice(heaviest(closed), 1)
    const runs = next === undefined ? null : runsFor(next.call)
    if (next === undefined || runs === null || seen.has(bodyOf(repo, runs).id) || next.depth >= MAX_DEPTH) continue
    const { call, depth, chance } = next
    seen.add(bodyOf(repo, runs).id)
    const steps = stepsIn(runs, depth + 1, chance, Math.min(MAX_CALLS_PER_BODY, left))
    call.body = { component: runs, calls: steps.map((one) => one.call) }
    left -= steps.length
    append(closed, steps)
  }
  const kept = pruned(repo, tree, new Set([plainOf(purposeOf(repo, root))]))
  const shown = kept.calls.flatMap(({ via: [first], callee, dispatch }) =>
    first === undefined ? [callee, ...dispatch.overriders.slice(0, 1)] : [first.callee],
  )
  const isElsewhere = (one: Component): boolean =>
    named.has(keyOf(repo, one)) && !tree.calls.some(({ callee }) => callee === one)
  return isCovered(repo, tree.component, shown, isElsewhere) ? kept : { ...kept, calls: [] }
}

/**
 * With the sentences, each once. A call without one stands for what it leads to: with a single step below, in a row with it. Leaves out
 * those that only create a value.
 *
 * @param told - Sentences of the tree so far, which grows.
 */
function pruned(repo: RepoIndex, { component, calls }: Body, told: Set<string>, level = 1): Body {
  const kept = calls.flatMap((call): Call[] => {
    const purpose = purposeOf(repo, call.callee)
    const sentence = told.has(plainOf(purpose)) ? null : purpose
    told.add(plainOf(sentence))
    const body = call.body === null ? null : pruned(repo, call.body, told, level + (sentence === null ? 0 : 1))
    const below = level > MAX_LEVELS ? [] : (body?.calls ?? [])
    const [only, ...others] = below
    if (sentence === null && only !== undefined && others.length === 0 && call.dispatch.overriders.length === 0)
      return [{ ...only, via: [call, ...only.via] }]
    const isMaker = makes(repo, call.callee)
    const leads = below.some(({ callee }) => !isMaker || !makes(repo, callee))
    if (!leads && (sentence === null || (isMaker && level > 1))) return []
    return [{ ...call, sentence, body: body === null ? null : { ...body, calls: below } }]
  })
  return { component, calls: kept }
}

const plainOf = (sentence: PhrasingContent[] | null): string => plainText(paragraph(...(sentence ?? [])))

/** One for all constructors of a type. */
const keyOf = (repo: RepoIndex, callee: Component): string =>
  isConstructor(repo, callee) ? (callee.parent ?? callee.id) : callee.id

/** Whether a call only creates a value. */
const makes = (repo: RepoIndex, callee: Component): boolean =>
  callee.kind === 'class' || callee.kind === 'struct' || isConstructor(repo, callee)

interface Closed {
  call: Call
  depth: number
  /** The chance that a call of the root gets here, and with it the code that the call leads to. */
  chance: number
  weight: number
}

function heaviest(closed: readonly Closed[]): number {
  const most = greatest(closed.map(({ weight }) => weight))
  return closed.findIndex(({ weight }) => weight === most)
}

/** Number of calls of functions that have words. */
export function countTold(repo: RepoIndex, { calls }: Body): number {
  return calls.reduce((sum, { callee, body, sentence }) => {
    const isTold = !makes(repo, callee) && sentence !== null
    return sum + (isTold ? 1 : 0) + (body === null ? 0 : countTold(repo, body))
  }, 0)
}

/** The function that a call runs; `null` if there are several implementations or none. */
function runsFor({ callee, dispatch: { isOpen, overriders } }: Call): Component | null {
  if (!isOpen) return callee
  return overriders.length === 1 ? (overriders[0] ?? null) : null
}

/** Whether a call happens unless something went wrong, perhaps repeatedly. */
const isSure = ({ groups, site }: Call): boolean =>
  !site.isOneOf &&
  groups.some(({ conditions }) => conditions.every(({ kind }) => kind === 'repeated' || kind === 'loop'))

/** Whether the conditions of a call can be told in a line. */
function isShort([group, ...others]: readonly CallGroup[]): boolean {
  if (group === undefined || others.length > 0 || group.conditions.length > MAX_CONDITIONS) return false
  return group.conditions.reduce((sum, one) => sum + one.code.length, 0) <= MAX_QUOTED
}

function callsIn(repo: RepoIndex, root: Component, caller: Component): Call[] {
  const callees = calleesOf(repo, caller).filter(({ id }) => id !== caller.id)
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
      const places = site.places.slice(0, MAX_PLACES).map((place) => ({ place, all: conditionsOf(repo, body, place) }))
      const groups = mergeConditions(
        places.flatMap(({ place, all }): CallGroup[] => (all === null ? [] : [{ conditions: all, places: [place] }])),
      )
      const isAlways = groups.some(({ conditions }) => conditions.length === 0)
      if (groups.every(({ conditions }) => conditions.some(({ kind }) => kind === 'failed'))) return []
      if (!isAlways && (places.some(({ all }) => all === null) || !isShort(groups))) return []
      return [{ callee, dispatch, site, groups, sentence: null, via: [], body: null }]
    })
    .sort((a, b) => Number(a.site.isInner) - Number(b.site.isInner) || a.site.order - b.site.order)
}
