/**
 * Builds the tree of calls of a function: the resolved calls that are steps (`telling-calls.ts`), in order, with their conditions. Each
 * is there once. It has a sentence of its own or leads on to some that have. There is no tree of a root whose calls that are shown are
 * less than half of what it does.
 */

import type { PhrasingContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { bodyOf, calleesOf, isConstructor } from './calls.ts'
import { type Condition, conditionsOf, IS_ERROR, IS_SUCCESS } from './conditions.ts'
import { isCovered } from './covered.ts'
import { undecided } from './decided-conditions.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { type KnownArguments, knownArgumentsOf, NO_KNOWN_ARGUMENTS } from './known-arguments.ts'
import { type CallGroup, mergeConditions } from './merged-conditions.ts'
import { isStep, purposeOf, reachedLines } from './telling-calls.ts'
import { unfollowedCalls } from './unfollowed.ts'
import { siteAt } from './use-site.ts'

const MAX_LEVELS = 4
/** Limit on the lines of the whole tree. Calls that reach most code are expanded first. */
export const MAX_LINES = 40
const MAX_CALLS_PER_BODY = 10
const MAX_ROOT_CALLS = 16
/** Limit on the calls of one function whose conditions are read. */
const MAX_PLACES = 12
/** Limits on the groups of calls of one function with different conditions, and on their characters. */
const MAX_GROUPS = 2
const MAX_QUOTED = 160
/** Minimum number of calls with words below a call that has none and is not the main one. */
const MIN_BELOW = 2
/** Limit on the levels with the chain of main calls, which goes on alone below the others. */
const MAX_CHAIN = 8
/** Matches types that stand in for one that works. */
const STANDS_IN = /dummy|fake|mock|no_?op|\bnull|stub/i
/** Matches conditions of calls that are no part of what users want. */
const ASIDE = /deprecat|\bdebug|verbose/i

export interface Call {
  callee: Component
  /** Other functions that the call may run. */
  dispatch: Dispatch
  site: CallSite
  groups: readonly CallGroup[]
  /** What the callee does; `null` if nothing is known that the rows above do not tell. */
  sentence: PhrasingContent[] | null
  /** Whether it leads to most of what the caller does. */
  isMain: boolean
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
  const workOf = (callee: Component): number => reachedLines(repo, callee) * weightOf(callee)
  const stepsIn = (caller: Component, given: KnownArguments, depth: number, max: number): Call[] => {
    const all = callsIn(repo, root, caller, given, depth).filter(({ callee }) => !named.has(keyOf(repo, callee)))
    // Keeps the calls with most weight, in their original order.
    const most = new Set(all.toSorted((a, b) => workOf(b.callee) - workOf(a.callee)).slice(0, Math.max(0, max)))
    const [main] = most
    if (main !== undefined) main.isMain = true
    const calls = all.filter((call) => most.has(call))
    for (const { callee } of calls) named.add(keyOf(repo, callee))
    return calls
  }
  const tree = { component: root, calls: stepsIn(root, NO_KNOWN_ARGUMENTS, 1, Math.min(MAX_ROOT_CALLS, maxLines)) }
  let left = maxLines - tree.calls.length
  const closed: Closed[] = tree.calls.map((call) => ({ call, depth: 1, caller: root, given: NO_KNOWN_ARGUMENTS }))
  while (closed.length > 0 && left > 0) {
    const [next] = closed.splice(heaviest(closed, workOf), 1)
    const runs = next === undefined ? null : runsFor(repo, next.call, weightOf)
    if (next === undefined || runs === null || seen.has(bodyOf(repo, runs).id)) continue
    const { call, depth } = next
    const isDeep = depth >= MAX_LEVELS
    if (depth >= MAX_CHAIN || (isDeep && !call.isMain)) continue
    const given = knownArgumentsOf(repo, bodyOf(repo, next.caller), next.given, runs, call.site)
    seen.add(bodyOf(repo, runs).id)
    const calls = stepsIn(runs, given, depth + 1, isDeep ? 1 : Math.min(MAX_CALLS_PER_BODY, left))
    call.body = { component: runs, calls }
    left -= calls.length
    append(
      closed,
      calls.map((one) => ({ call: one, depth: depth + 1, caller: runs, given })),
    )
  }
  const kept = pruned(repo, tree, new Set([plainOf(purposeOf(repo, root))]))
  const shown = kept.calls.flatMap(({ callee, dispatch }) => [callee, ...dispatch.overriders.slice(0, 1)])
  const isElsewhere = (one: Component): boolean =>
    named.has(keyOf(repo, one)) && !tree.calls.some(({ callee }) => callee === one)
  return isCovered(repo, tree.component, shown, isElsewhere) ? kept : { ...kept, calls: [] }
}

/**
 * With the sentences, each once. Leaves out calls that have none and lead to few that have, and those that only create a value.
 *
 * @param told - Sentences of the tree so far, which grows.
 */
function pruned(repo: RepoIndex, { component, calls }: Body, told: Set<string>, depth = 1): Body {
  const kept = calls.flatMap((call): Call[] => {
    const purpose = purposeOf(repo, call.callee)
    const sentence = told.has(plainOf(purpose)) ? null : purpose
    told.add(plainOf(sentence))
    const body = call.body === null ? null : pruned(repo, call.body, told, depth + 1)
    const isMaker = makes(repo, call.callee)
    const leads = body?.calls.some(({ callee }) => !isMaker || !makes(repo, callee)) === true
    const isConnector = leads && body !== null && countTold(repo, body) >= (call.isMain ? 1 : MIN_BELOW)
    const isKept = sentence !== null && (leads || !isMaker || depth === 1)
    return isKept || isConnector ? [{ ...call, sentence, body }] : []
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
  caller: Component
  /** Known arguments of the caller. */
  given: KnownArguments
}

type WorkOf = (callee: Component) => number

function heaviest(closed: readonly Closed[], workOf: WorkOf): number {
  let [best, most] = [0, -1]
  for (const [index, { call, depth }] of closed.entries()) {
    const work = workOf(call.callee) / depth
    if (work > most) [best, most] = [index, work]
  }
  return best
}

/** Number of calls of functions that have words. */
export function countTold(repo: RepoIndex, { calls }: Body): number {
  return calls.reduce((sum, { callee, body, sentence }) => {
    const isTold = !makes(repo, callee) && sentence !== null
    return sum + (isTold ? 1 : 0) + (body === null ? 0 : countTold(repo, body))
  }, 0)
}

/** The function that a call runs; of several implementations, that of the type which tests use most; `null` if none is known. */
function runsFor(repo: RepoIndex, { callee, dispatch }: Call, weightOf: WorkOf): Component | null {
  if (!dispatch.isOpen) return callee
  const usesOf = ({ parent }: Component): number =>
    (repo.members.get(parent ?? '') ?? []).reduce((sum, one) => sum + weightOf(one) - 1, 0)
  const real = dispatch.overriders.filter(({ qualifiedName }) => !STANDS_IN.test(qualifiedName))
  return real.toSorted((a, b) => usesOf(b) - usesOf(a))[0] ?? null
}

const isAside = ({ kind, code }: Condition): boolean =>
  ASIDE.test(code) || (kind === 'if' && IS_ERROR.test(code)) || (kind === 'unless' && IS_SUCCESS.test(code))

function isShort(groups: readonly CallGroup[]): boolean {
  const length = groups.reduce(
    (sum, { conditions }) => sum + conditions.reduce((all, one) => all + one.code.length, 0),
    0,
  )
  return groups.length === 1 || (groups.length <= MAX_GROUPS && length <= MAX_QUOTED)
}

function callsIn(repo: RepoIndex, root: Component, caller: Component, given: KnownArguments, depth: number): Call[] {
  const callees = calleesOf(repo, caller).filter(({ id }) => id !== caller.id)
  const sites = callees.length === 0 ? new Map<string, CallSite>() : callSites(repo, caller, callees)
  const bound = boundCalls(repo, caller, given)
  const body = bodyOf(repo, caller)
  return [...callees, ...bound.map(({ callee }) => callee)]
    .flatMap((callee): Call[] => {
      const site = sites.get(callee.id) ?? bound.find((one) => one.callee === callee)?.site
      if (site === undefined || site.isAfterError) return []
      const dispatch = dispatchOf(repo, callee, caller, site.places[0]?.line ?? 0)
      if (dispatch.isOneOfSeveral || dispatch.overloads.length > 0) return []
      if (!isStep(repo, root, callee, dispatch, depth)) return []
      const places = site.places.slice(0, MAX_PLACES).map((place) => ({ place, all: conditionsOf(repo, body, place) }))
      const known = places.flatMap(({ place, all }): CallGroup[] => {
        const conditions = all === null ? null : undecided(all, given.constants)
        return conditions === null ? [] : [{ conditions, places: [place] }]
      })
      const groups = mergeConditions(known)
      const isSure = groups.some(({ conditions }) => conditions.length === 0)
      if (groups.every(({ conditions }) => conditions.some(isAside))) return []
      if (!isSure && (places.some(({ all }) => all === null) || !isShort(groups))) return []
      return [{ callee, dispatch, site, groups, sentence: null, isMain: false, body: null }]
    })
    .sort((a, b) => Number(a.site.isInner) - Number(b.site.isInner) || a.site.order - b.site.order)
}

/** Calls of parameters whose functions are known. */
function boundCalls(
  repo: RepoIndex,
  caller: Component,
  given: KnownArguments,
): { callee: Component; site: CallSite }[] {
  if (given.functions.size === 0) return []
  const body = bodyOf(repo, caller)
  return unfollowedCalls(repo, caller).flatMap(({ name, line, column }) => {
    const callee = given.functions.get(name)
    if (callee === undefined || callee.id === caller.id) return []
    const site = siteAt(repo, body, line, column)
    const block = site.block
    return [{ callee, site: { ...site, line, column, places: [{ line, column, block }], isOneOf: false } }]
  })
}
