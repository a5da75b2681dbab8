/**
 * Builds the call tree of a function: the resolved calls that may be steps (`telling-calls.ts`) and reach most of its code, in
 * order, with their conditions. Each appears once; a call without a sentence appears only if much of the work is done below it.
 */

import { append, greatest } from '#base/long-arrays.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { workOf } from './call-chances.ts'
import { bodyOf, callersOf, isConstructor, makes } from './calls.ts'
import type { Dispatch } from './dispatch.ts'
import { type Body, type Call, callsIn, isConditional, withoutCallsBeside } from './find-steps.ts'
import { givenTo, isDecidedByArguments } from './given-arguments.ts'
import { givenCalls } from './given-calls.ts'
import { isVague } from './merged-conditions.ts'
import { shorten } from './shorten-tree.ts'
import { GETS, isStep } from './telling-calls.ts'

/** Limit on the calls between the root and the last call of a path. */
const MAX_DEPTH = 10
/** Limit on the calls that are examined, and on those of one function. Those that reach the most code are expanded first. */
const MAX_GROWN = 60
const MAX_CALLS_PER_BODY = 6
/** Minimum weight of a call, as a share of that of its function's main call. */
const MIN_SHARE = 0.12
/** Minimum share of the code reached from the root that a call must reach. */
const MIN_WORK = 0.03
/** Factors on the amount of code that a call reaches: creating a value is seldom the purpose of a function. */
const MADE = 0.3
const OPEN = 30
/** Limit on the callers of a function that is called conditionally or far below the root: one with more is a utility. */
const MAX_CALLERS = 8
/** Excludes conditional calls below a conditional call, since both conditions may not hold together, unless the caller is called only there. */
const MIN_CHANCE = 0.45

interface Growth {
  /** Ids of functions whose calls another tree shows. */
  opened: ReadonlySet<string>
  /** A factor on the code that a call reaches. */
  weightOf(callee: Component): number
}

/** A call in the tree, whose own calls may be added. */
interface Step {
  readonly call: Call
  readonly caller: Component
  readonly depth: number
  /** The chance that a call of the root reaches this point. */
  readonly chance: number
  /** The chance, reduced for values that are only created. */
  readonly share: number
}

/** Where the root is expanded, which nothing calls. */
type Start = Omit<Step, 'call'> & { readonly call?: Call }

/** Expands the heaviest calls first, and keeps those. */
export function growTree(repo: RepoIndex, root: Component, growth: Growth): Body {
  return shorten(repo, new TreeGrower(repo, root, growth).grow())
}

class TreeGrower {
  readonly #repo: RepoIndex
  readonly #root: Component
  readonly #weightOf: Growth['weightOf']
  /** Functions whose calls are shown, here or in another tree. */
  readonly #opened: Set<string>
  /** Keys of the functions in the tree. */
  readonly #inTree: Set<string>
  readonly #minWork: number

  constructor(repo: RepoIndex, root: Component, { opened, weightOf }: Growth) {
    const runs = bodyOf(repo, root)
    this.#repo = repo
    this.#root = root
    this.#weightOf = weightOf
    this.#opened = new Set([...opened, runs.id])
    this.#inTree = new Set([keyOf(repo, runs)])
    this.#minWork = MIN_WORK * workOf(repo, root)
  }

  grow(): Body {
    const steps = this.#stepsIn(this.#root, { caller: this.#root, depth: 0, chance: 1, share: 1 }, MAX_CALLS_PER_BODY)
    const tree = this.#bodyWith(this.#root, steps)
    let left = MAX_GROWN - steps.length
    while (steps.length > 0 && left > 0) {
      const [next] = steps.splice(heaviest(steps), 1)
      const runs = next === undefined ? null : runsFor(next.call)
      if (next === undefined || runs === null || next.depth >= MAX_DEPTH || !this.#open(runs)) continue
      const share = isExample(next.call) ? next.share / OPEN : next.share
      const inside = this.#stepsIn(runs, { ...next, share }, Math.min(MAX_CALLS_PER_BODY, left))
      next.call.body = this.#bodyWith(runs, inside)
      left -= inside.length
      append(steps, inside)
    }
    return tree
  }

  /** @returns Whether the calls of a function are not shown yet. */
  #open(component: Component): boolean {
    const { id } = bodyOf(this.#repo, component)
    if (this.#opened.has(id)) return false
    this.#opened.add(id)
    return true
  }

  #bodyWith(component: Component, steps: readonly Step[]): Body {
    const given = givenCalls(this.#repo, bodyOf(this.#repo, component).id)
    return { component, calls: steps.map(({ call }) => call), given }
  }

  /** The heaviest calls in a function, in their original order. */
  #stepsIn(caller: Component, above: Start, max: number): Step[] {
    const isOwn = callersOf(this.#repo, caller).length <= 1
    const steps = this.#callsIn(caller, above).map((call) => this.#stepOf(call, caller, above, isOwn))
    const sorted = steps
      .filter((step) => this.#isWorthShowing(step, above, isOwn))
      .sort((a, b) => b.call.weight - a.call.weight)
    const least = MIN_SHARE * (sorted[0]?.call.weight ?? 0)
    const kept = new Set(sorted.filter(({ call }) => call.weight >= least).slice(0, max))
    for (const { call } of kept) this.#inTree.add(keyOf(this.#repo, call.callee))
    return steps.filter((step) => kept.has(step))
  }

  #callsIn(caller: Component, above: Start): Call[] {
    const given = above.call === undefined ? new Map() : givenTo(this.#repo, above.caller, above.call, caller)
    const all = callsIn(this.#repo, caller, given, (callee, dispatch) =>
      isStep(this.#repo, this.#root, callee, dispatch),
    )
    return withoutCallsBeside(this.#repo, caller, all).filter(
      ({ callee }) => !this.#inTree.has(keyOf(this.#repo, callee)),
    )
  }

  /** @param isOwn - Whether the caller is called in one place only. */
  #stepOf(call: Call, caller: Component, above: Start, isOwn: boolean): Step {
    const chance = above.chance * chanceOf(call, isOwn)
    const share = (above.share * factorOf(this.#repo, this.#root, call) * chance) / above.chance
    const weight = Math.min(above.call?.weight ?? Number.POSITIVE_INFINITY, share * this.#weightOf(call.callee))
    return { call: { ...call, weight }, caller, depth: above.depth + 1, chance, share }
  }

  #isWorthShowing({ call, caller, chance, share }: Step, above: Start, isOwn: boolean): boolean {
    // Another caller of the function may pass the arguments that lead to this call.
    if (above.call !== undefined && !isOwn && isDecidedByArguments(this.#repo, caller, call)) return false
    const isUtility =
      (isConditional(call) || above.depth > 1) && callersOf(this.#repo, call.callee).length > MAX_CALLERS
    return !isUtility && chance >= MIN_CHANCE && share * workOf(this.#repo, call.callee) >= this.#minWork
  }
}

/** The same key for all constructors of a type. */
const keyOf = (repo: RepoIndex, callee: Component): string =>
  isConstructor(repo, callee) ? (callee.parent ?? callee.id) : callee.id

const SETS_UP = /^_*(?:[Nn]ew|[Ii]nit|[Ss]etup|[Ss]et_up)(?![a-z])/
const OF_COMMAND_LINE = /(?:[Aa]rgs|[Aa]rguments|[Cc]onfig|[Oo]ptions|[Pp]arser)$/

/** Higher for what others implement, whose code is elsewhere; lower for what only prepares the work. */
function factorOf(repo: RepoIndex, root: Component, { callee, dispatch }: Call): number {
  if (makes(repo, callee) || [SETS_UP, GETS].some((one) => one.test(callee.name))) return MADE
  // A program reads its arguments before it does its work; in a library, reading arguments may be the work.
  if (root.parent === null && OF_COMMAND_LINE.test(callee.name)) return MADE
  return isOpen(repo, callee, dispatch) ? OPEN : 1
}

/** Whether the code that runs depends on the implementation. */
const isOpen = (repo: RepoIndex, { id }: Component, dispatch: Dispatch): boolean =>
  dispatch.isOpen || (dispatch.overriders.length > 1 && !repo.callees.has(id))

/** Whether only one of several implementations is shown. */
export const isExample = ({ dispatch: { example, overriders } }: Pick<Call, 'dispatch'>): boolean =>
  example !== null && overriders.length > 1

/** The function that a call runs, or an example of it; `null` if there is none. */
const runsFor = ({ callee, dispatch: { isOpen, example } }: Call): Component | null => (isOpen ? example : callee)

/** The index of the heaviest call. */
function heaviest(steps: readonly Step[]): number {
  const most = greatest(steps.map(({ call }) => call.weight))
  return steps.findIndex(({ call }) => call.weight === most)
}

/**
 * The chance that a call happens, perhaps repeatedly, if nothing goes wrong.
 *
 * @param isOwn - Whether the caller is called in one place only, so that its behaviour hardly depends on who calls it.
 */
function chanceOf(call: Call, isOwn: boolean): number {
  if (call.site.isGuarded) return isOwn ? 0.9 : 0.75
  if (!isConditional(call)) return 1
  return isOwn ? 0.72 : call.groups.some(isVague) ? 0.4 : 1 / 2
}
