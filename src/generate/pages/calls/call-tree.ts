/**
 * Builds the tree of calls of a function: every resolved call in order, with its condition. Calls are only left out at the limits
 * of the tree, which are recorded.
 */

import { append } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { MAX_FOLD_DEPTH } from '#markdown/folds.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { bodyOf, calleesOf } from './calls.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { isImpossible, type KnownArguments, knownArgumentsOf, NO_KNOWN_ARGUMENTS } from './known-arguments.ts'
import { type Unfollowed, unfollowedCalls } from './unfollowed.ts'
import { isInInner, siteAt } from './use-site.ts'

const MAX_LEVELS = Math.min(5, MAX_FOLD_DEPTH)
/** Limit on the lines of the whole tree. Calls that reach most code are expanded first. */
export const MAX_LINES = 40
/** Limit on the calls of one body; the others are counted. */
const MAX_CALLS_PER_BODY = 8
const MAX_ROOT_CALLS = 12
/** From this number on, consecutive setter calls are joined into one line. */
const MIN_IN_ROW = 3
const MAX_SETTER = 6

export interface Call {
  /** The function named at the call. */
  callee: Component
  /** Other functions that the call may run. */
  dispatch: Dispatch
  site: CallSite
  /** Setters that are called directly after it. */
  others: readonly Component[]
  /** The calls in the function that runs; `null` if it is unknown, already in the tree, or beyond the limit. */
  body: Body | null
  /** Number of calls that are beyond the limit. */
  unopened: number
}

export interface Body {
  component: Component
  /** Calls in order. */
  calls: readonly Call[]
  /** Number of calls left out. */
  more: number
  /** Calls with unknown targets. */
  unfollowed: readonly Unfollowed[]
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
  const seen = new Set([...opened, root.id])
  const workOf = (callee: Component): number => reachedLines(repo, callee) * weightOf(callee)
  const max = Math.min(MAX_ROOT_CALLS, Math.ceil(maxLines / 2))
  const tree = bodyWith(repo, root, callsIn(repo, root, NO_KNOWN_ARGUMENTS), { max, workOf })
  let left = maxLines - tree.calls.length
  const closed: Closed[] = tree.calls.map((call) => ({ call, depth: 1, caller: root, given: NO_KNOWN_ARGUMENTS }))
  while (closed.length > 0) {
    const [next] = closed.splice(heaviest(closed, workOf), 1)
    const runs = next === undefined ? null : runsFor(next.call)
    if (next === undefined || runs === null) continue
    const { call, depth } = next
    const given = knownArgumentsOf(repo, bodyOf(repo, next.caller), next.given, runs, call.site)
    const all = callsIn(repo, runs, given)
    if (seen.has(runs.id) || depth >= MAX_LEVELS || (left <= 0 && all.length > 0)) {
      call.unopened = all.length
      continue
    }
    seen.add(runs.id)
    call.body = bodyWith(repo, runs, all, { max: Math.min(MAX_CALLS_PER_BODY, left), workOf }, given)
    left -= call.body.calls.length
    append(
      closed,
      call.body.calls.map((one) => ({ call: one, depth: depth + 1, caller: runs, given })),
    )
  }
  return tree
}

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

/** Number of calls, without those in error handling. */
export function countCalls({ calls }: Body): number {
  return calls.reduce(
    (sum, { body, site }) => (site.when === 'afterError' ? sum : sum + 1 + (body === null ? 0 : countCalls(body))),
    0,
  )
}

function bodyWith(
  repo: RepoIndex,
  component: Component,
  all: readonly Call[],
  { max, workOf }: { max: number; workOf: WorkOf },
  given: KnownArguments = NO_KNOWN_ARGUMENTS,
): Body {
  const rows = inRows(repo, all)
  // Keeps the calls with most weight, in their original order.
  const most = [...rows].sort((a, b) => workOf(b.callee) - workOf(a.callee)).slice(0, Math.max(0, max))
  const calls = rows.filter((row) => most.includes(row))
  const shown = calls.reduce((sum, { others }) => sum + 1 + others.length, 0)
  return {
    component,
    calls,
    more: all.length - shown,
    unfollowed: unfollowedCalls(repo, component).filter(({ name }) => !given.functions.has(name)),
  }
}

/** Joins consecutive setter calls of one type. */
function inRows(repo: RepoIndex, all: readonly Call[]): Call[] {
  const rows: Call[] = []
  for (let at = 0; at < all.length; ) {
    const first = all[at]
    if (first === undefined) break
    let end = at + 1
    if (isSetter(repo, first)) {
      while (all[end]?.callee.parent === first.callee.parent && isSetter(repo, all[end])) end++
    }
    const row = all.slice(at, end)
    if (row.length < MIN_IN_ROW) append(rows, row)
    else rows.push({ ...first, others: row.slice(1).map(({ callee }) => callee) })
    at = end
  }
  return rows
}

/** Whether it calls a short method that calls nothing; what overrides one may do more. */
function isSetter(repo: RepoIndex, call: Call | undefined): boolean {
  const component = call?.callee
  if (component?.kind !== 'method' || component.parent === null || call?.dispatch.overriders.length !== 0) return false
  return component.endLine - component.startLine < MAX_SETTER && calleesOf(repo, component).length === 0
}

const works = new WeakMap<RepoIndex, Map<string, number>>()
const MAX_REACHED = 100

/** Number of lines that a call reaches. */
function reachedLines(repo: RepoIndex, callee: Component): number {
  const known = works.get(repo) ?? new Map<string, number>()
  works.set(repo, known)
  const found = known.get(callee.id)
  if (found !== undefined) return found
  const reached = new Set([bodyOf(repo, callee)])
  let lines = 0
  for (const next of reached) {
    lines += next.endLine - next.startLine + 1
    for (const one of calleesOf(repo, next)) if (reached.size < MAX_REACHED) reached.add(bodyOf(repo, one))
  }
  known.set(callee.id, lines)
  return lines
}

/** The function that a call runs; if it is overridden, its own body; `null` if unknown. */
function runsFor({ callee, dispatch }: Call): Component | null {
  const { isOpen, overriders, isOneOfSeveral, overloads } = dispatch
  if (isOneOfSeveral || overloads.length > 0) return null
  if (isOpen) return overriders.length === 1 ? (overriders[0] ?? null) : null
  return callee
}

function callsIn(repo: RepoIndex, caller: Component, given: KnownArguments): Call[] {
  const callees = calleesOf(repo, caller).filter(({ id }) => id !== caller.id)
  const sites = callees.length === 0 ? new Map<string, CallSite>() : callSites(repo, caller, callees)
  const bound = boundCalls(repo, caller, given)
  return [...callees, ...bound.map(({ callee }) => callee)]
    .flatMap((callee): Call[] => {
      const site = sites.get(callee.id) ?? bound.find((one) => one.callee === callee)?.site
      return site === undefined || isImpossible(repo, bodyOf(repo, caller), given, site)
        ? []
        : [
            {
              callee,
              dispatch: dispatchOf(repo, callee, caller, site.lines[0] ?? 0),
              site,
              others: [],
              body: null,
              unopened: 0,
            },
          ]
    })
    .sort((a, b) => Number(isInInner(a.site)) - Number(isInInner(b.site)) || a.site.order - b.site.order)
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
    return [{ callee, site: { ...site, line, column, lines: [line], others: [], count: 1 } }]
  })
}
