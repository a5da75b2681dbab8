/**
 * What a function calls, as a tree: every resolved call in the order in which it is made, and when. It chooses nothing but where
 * it ends, and says where that is.
 */

import type { Component } from '#generate/model.ts'
import { MAX_FOLD_DEPTH } from '#markdown/folds.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { calleesOf } from './calls.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import type { Survey } from './survey.ts'
import { unfollowedCalls } from './unfollowed.ts'

const MAX_LEVELS = Math.min(5, MAX_FOLD_DEPTH)
const MAX_CALLS = 80
/** Of one body; the others are counted. */
const MAX_OF_ONE = 14
const MAX_OF_ROOT = 24

export interface Call {
  /** What the line of the call names. */
  callee: Component
  /** What else it may run. */
  dispatch: Dispatch
  site: CallSite
  /** The calls of what runs; `null` where that is not known, where they stand elsewhere in the tree, or where the tree ends. */
  body: Body | null
  /** Then, how many they are. */
  unopened: number
}

export interface Body {
  component: Component
  /** In order. */
  calls: readonly Call[]
  /** How many more there are. */
  more: number
  /** Names that it calls besides, which may be anything. */
  unfollowed: readonly string[]
}

/** Level by level, so that what is cut is the deepest. */
export function growTree(survey: Survey, root: Component): Body {
  const seen = new Set([root.id])
  const tree = bodyWith(survey, root, callsIn(survey, root), MAX_OF_ROOT)
  let left = MAX_CALLS - tree.calls.length
  let level = tree.calls
  for (let depth = 1; level.length > 0; depth++) {
    const next: Call[] = []
    for (const call of level) {
      const runs = runsFor(call)
      if (runs === null) continue
      const all = callsIn(survey, runs)
      if (seen.has(runs.id) || depth >= MAX_LEVELS || (left === 0 && all.length > 0)) {
        call.unopened = all.length
        continue
      }
      seen.add(runs.id)
      call.body = bodyWith(survey, runs, all, Math.min(MAX_OF_ONE, left))
      left -= call.body.calls.length
      next.push(...call.body.calls)
    }
    level = next
  }
  return tree
}

export function countCalls({ calls }: Body): number {
  return calls.reduce((sum, { body }) => sum + 1 + (body === null ? 0 : countCalls(body)), 0)
}

function bodyWith(survey: Survey, component: Component, all: readonly Call[], max: number): Body {
  const calls = all.slice(0, max)
  return { component, calls, more: all.length - calls.length, unfollowed: unfollowedCalls(survey, component) }
}

/** The one body that a call runs, as far as is known; of what others override its own. */
function runsFor({ callee, dispatch: { isOpen, overriders, isOneOfSeveral, overloads } }: Call): Component | null {
  if (isOneOfSeveral || overloads.length > 0) return null
  if (isOpen) return overriders.length === 1 ? (overriders[0] ?? null) : null
  return callee
}

function callsIn(survey: Survey, caller: Component): Call[] {
  const callees = calleesOf(survey, caller).filter(({ id }) => id !== caller.id)
  const sites = callees.length === 0 ? new Map<string, CallSite>() : callSites(survey, caller, callees)
  return callees
    .flatMap((callee): Call[] => {
      const site = sites.get(callee.id)
      return site === undefined
        ? []
        : [{ callee, dispatch: dispatchOf(survey, callee, caller, site.lines[0] ?? 0), site, body: null, unopened: 0 }]
    })
    .sort((a, b) => a.site.order - b.site.order)
}
