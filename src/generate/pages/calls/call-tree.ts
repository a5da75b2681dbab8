/**
 * Builds the tree of calls of a function: of the resolved calls that may be steps (`telling-calls.ts`), those that lead to most of its
 * code, in order, with their conditions. Each is there once. One without a sentence is there if much of the work is done below it.
 */

import type { PhrasingContent } from 'mdast'
import { hasText } from '#base/find-text.ts'
import { append, greatest } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { chancesFrom, workOf } from './call-chances.ts'
import { type CallSite, callSites } from './call-sites.ts'
import { bodyOf, calleesOf, callersOf, isConstructor, linesOf } from './calls.ts'
import { type Condition, conditionsOf, isOfArguments } from './conditions.ts'
import { type Dispatch, dispatchOf } from './dispatch.ts'
import { type CallGroup, mergeConditions } from './merged-conditions.ts'
import { isStep, purposeOf } from './telling-calls.ts'

/** Limit on the levels of lines; a path of calls is one line. */
const MAX_LEVELS = 5
/** Limit on the calls between the root and the last call of a path. */
const MAX_DEPTH = 10
/** Limit on the calls that are looked at, and on those of one function. Those that lead to most code are expanded first. */
const MAX_GROWN = 60
const MAX_CALLS_PER_BODY = 6
/** Limit on the lines of a tree. */
const MAX_LINES = 12
/** Minimum share of the code that the main call of a function leads to, for another call. */
const MIN_SHARE = 0.12
/** Minimum shares of the code that the root leads to, for a call, and for one without words or whose conditions cannot be told. */
const MIN_WORK = 0.02
const MIN_MUTE_WORK = 0.03
/** What is created is seldom what is done. */
const MADE = 0.3
const OPEN = 30
/** Minimum share of what a function without words does that the only step below it does, to stand for it. */
const MIN_PASSED = 0.4
/** Limits on the lines of a function without words, and on its callers. */
const MIN_MUTE_LINES = 6
const MAX_MUTE_CALLERS = 6
/** Below a call that has a condition, only calls without one, unless the caller is called there alone: whether both can hold is not known. */
const MIN_CHANCE = 0.45
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
  /** How much of the code that the root leads to it leads to. */
  weight: number
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
  /** A factor on the code that a call reaches. */
  weightOf(callee: Component): number
}

/** Expands the calls with most weight first, and keeps those. */
export function growTree(repo: RepoIndex, root: Component, { opened, weightOf }: Growth): Body {
  const runs = bodyOf(repo, root)
  const seen = new Set([...opened, runs.id])
  const named = new Set([keyOf(repo, runs)])
  const whole = workOf(repo, root)
  const stepsIn = (caller: Component, above: Omit<Closed, 'call'> & { call?: Call }, max: number): Closed[] => {
    const all = callsIn(repo, root, caller).filter(({ callee }) => !named.has(keyOf(repo, callee)))
    const isOwn = callersOf(repo, caller).length <= 1
    const weighed = all.map((call): Closed => {
      const chance = above.chance * chanceOf(call, isOwn)
      const share = (above.share * factorOf(repo, call) * chance) / above.chance
      call.weight = Math.min(above.call?.weight ?? Number.POSITIVE_INFINITY, share * weightOf(call.callee))
      return { call, depth: above.depth + 1, chance, share }
    })
    const sorted = weighed
      .filter(({ call, chance, share }) => {
        const isMute = call.groups.some(isVague) || purposeOf(repo, call.callee) === null
        return chance >= MIN_CHANCE && share * workOf(repo, call.callee) >= (isMute ? MIN_MUTE_WORK : MIN_WORK) * whole
      })
      .sort((a, b) => b.call.weight - a.call.weight)
    const least = MIN_SHARE * (sorted[0]?.call.weight ?? 0)
    // In their original order.
    const most = new Set(sorted.filter(({ call }) => call.weight >= least).slice(0, max))
    for (const { call } of most) named.add(keyOf(repo, call.callee))
    return weighed.filter((one) => most.has(one))
  }
  const closed = stepsIn(root, { depth: 0, chance: 1, share: 1 }, MAX_CALLS_PER_BODY)
  const tree = { component: root, calls: closed.map(({ call }) => call) }
  let left = MAX_GROWN - tree.calls.length
  while (closed.length > 0 && left > 0) {
    const [next] = closed.splice(heaviest(closed), 1)
    const runs = next === undefined ? null : runsFor(next.call)
    if (next === undefined || runs === null || seen.has(bodyOf(repo, runs).id) || next.depth >= MAX_DEPTH) continue
    seen.add(bodyOf(repo, runs).id)
    const steps = stepsIn(runs, next, Math.min(MAX_CALLS_PER_BODY, left))
    next.call.body = { component: runs, calls: steps.map(({ call }) => call) }
    left -= steps.length
    append(closed, steps)
  }
  const isMuteStep = ({ callee }: Call): boolean =>
    !makes(repo, callee) &&
    linesOf(repo, bodyOf(repo, callee)) >= MIN_MUTE_LINES &&
    callersOf(repo, callee).length <= MAX_MUTE_CALLERS
  return trimmed(pruned(repo, tree, new Set([plainOf(purposeOf(repo, root))]), isMuteStep))
}

/** Without the last calls of paths that have least weight, until the lines are few enough. */
function trimmed(tree: Body): Body {
  let kept = tree
  for (let lines = linesIn(kept); lines.length > MAX_LINES; lines = linesIn(kept)) {
    const leaves = lines.filter(({ body }) => (body?.calls.length ?? 0) === 0)
    const light = leaves.reduce((a, b) => (b.weight < a.weight ? b : a))
    kept = without(kept, light)
  }
  return kept
}

/** All lines of a tree. */
export const linesIn = ({ calls }: Body): Call[] =>
  calls.flatMap((call) => [call, ...(call.body === null ? [] : linesIn(call.body))])

const without = (body: Body, left: Call): Body => ({
  ...body,
  calls: body.calls.flatMap((call) =>
    call === left ? [] : [{ ...call, body: call.body === null ? null : without(call.body, left) }],
  ),
})

/**
 * With the sentences, each once. A call without one stands for what it leads to: with a single step below, in a row with it. Leaves out
 * those that only create a value.
 *
 * @param told - Sentences of the tree so far, which grows.
 * @param isMuteStep - Whether a call is a step without a sentence.
 */
function pruned(
  repo: RepoIndex,
  { component, calls }: Body,
  told: Set<string>,
  isMuteStep: (call: Call) => boolean,
  level = 1,
): Body {
  const kept = calls.flatMap((call): Call[] => {
    const purpose = purposeOf(repo, call.callee)
    const sentence = told.has(plainOf(purpose)) ? null : purpose
    told.add(plainOf(sentence))
    const body =
      call.body === null ? null : pruned(repo, call.body, told, isMuteStep, level + (sentence === null ? 0 : 1))
    const below = level > MAX_LEVELS ? [] : (body?.calls ?? [])
    const [only, ...others] = below
    const isPath =
      sentence === null && only !== undefined && others.length === 0 && call.dispatch.overriders.length === 0
    if (
      isPath &&
      isMuteStep(call) &&
      (isConditional(only) ||
        (only.sentence === null && workOf(repo, only.callee) < MIN_PASSED * workOf(repo, call.callee)))
    )
      return [{ ...call, body: null }]
    if (isPath) return [{ ...only, weight: Math.max(call.weight, only.weight), via: [call, ...only.via] }]
    const isMaker = makes(repo, call.callee)
    const leads = below.some(({ callee }) => !isMaker || !makes(repo, callee))
    if (!leads && ((sentence === null && !isMuteStep(call)) || (isMaker && level > 1))) return []
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

const SETS_UP =
  /^_*(?:[Nn]ew|[Ii]nit|[Ss]etup|[Ss]et_up)(?![a-z])|(?:[Aa]rgs|[Aa]rguments|[Cc]onfig|[Oo]ptions|[Pp]arser)$/

/** More for what others implement, which leads out of the code at hand; less for what prepares the work. */
const factorOf = (repo: RepoIndex, { callee, dispatch }: Call): number =>
  makes(repo, callee) || SETS_UP.test(callee.name) ? MADE : isOpen(repo, callee, dispatch) ? OPEN : 1

/** Whether what runs is up to implementations. */
const isOpen = (repo: RepoIndex, { id }: Component, dispatch: Dispatch): boolean =>
  dispatch.isOpen || (dispatch.overriders.length > 1 && !repo.callees.has(id))

interface Closed {
  call: Call
  depth: number
  /** The chance that a call of the root gets here. */
  chance: number
  /** The same, less for what is created. */
  share: number
}

function heaviest(closed: readonly Closed[]): number {
  const most = greatest(closed.map(({ call }) => call.weight))
  return closed.findIndex(({ call }) => call.weight === most)
}

/** The function that a call runs; `null` if there are several implementations or none. */
function runsFor({ callee, dispatch: { isOpen, overriders } }: Call): Component | null {
  if (!isOpen) return callee
  return overriders.length === 1 ? (overriders[0] ?? null) : null
}

/** Whether a call only happens under conditions, other than being repeated. */
const isConditional = ({ groups, site }: Call): boolean =>
  site.isOneOf ||
  groups.every(({ conditions }) => conditions.some(({ kind }) => kind !== 'repeated' && kind !== 'loop'))

/**
 * The chance that a call happens, perhaps repeatedly, if nothing goes wrong.
 *
 * @param isOwn - Whether the caller is called in one place only: what it does is hardly decided by whoever calls it.
 */
function chanceOf(call: Call, isOwn: boolean): number {
  if (call.site.isGuarded) return isOwn ? 0.9 : 0.75
  if (!isConditional(call)) return 1
  return isOwn ? 0.72 : call.groups.some(isVague) ? 0.4 : 1 / 2
}

/** Whether the conditions of a call can be told in a line. */
function isShort([group, ...others]: readonly CallGroup[]): boolean {
  if (group === undefined || others.length > 0 || group.conditions.length > MAX_CONDITIONS) return false
  const quoted = group.conditions.map(({ code }) => code)
  return !quoted.some((code) => /…$|\/[*/]/.test(code)) && quoted.join('').length <= MAX_QUOTED
}

const VAGUE: Condition = { kind: 'unclear', code: '' }
const isVague = ({ conditions }: CallGroup): boolean => conditions.includes(VAGUE)

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
      const known = mergeConditions(
        places.flatMap(({ place, all }): CallGroup[] => (all === null ? [] : [{ conditions: all, places: [place] }])),
      )
      const isAlways = known.some(({ conditions }) => conditions.length === 0)
      if (known.length > 0 && known.every(({ conditions }) => conditions.some(({ kind }) => kind === 'failed')))
        return []
      // What the arguments decide, the root may have decided already.
      const isGiven = (one: Condition): boolean => caller !== root && isOfArguments(one, caller, repo)
      if (!isAlways && known.length > 0 && known.every(({ conditions }) => conditions.some(isGiven))) return []
      const isTold = isAlways || (places.every(({ all }) => all !== null) && isShort(known))
      if (!isTold && site.isInner) return []
      if (isTold && !isAlways && isReachedBeside(repo, callee, caller, callees)) return []
      const groups = isTold
        ? known
        : [{ conditions: site.isGuarded ? [] : [VAGUE], places: places.map(({ place }) => place) }]
      return [{ callee, dispatch, site, groups, weight: 0, sentence: null, via: [], body: null }]
    })
    .sort((a, b) => Number(a.site.isInner) - Number(b.site.isInner) || a.site.order - b.site.order)
}

/** Whether another call of the caller leads to the callee, too: then the conditions of the call are not those of the callee. */
const isReachedBeside = (
  repo: RepoIndex,
  callee: Component,
  caller: Component,
  callees: readonly Component[],
): boolean =>
  callees.some((one) => {
    const reached = one === callee ? null : chancesFrom(repo, one)
    return reached?.has(bodyOf(repo, callee).id) === true && !reached.has(bodyOf(repo, caller).id)
  })
