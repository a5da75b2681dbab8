/** How much a call tells of what a program does: where tests and users pass through, and how much work lies behind it. */

import type { Component } from '#generate/model.ts'
import { bodyOf, type Calls, linesOf } from './calls.ts'
import { isFailure, type Target, targetsIn } from './dispatch.ts'
import { CALLABLE } from './kept-functions.ts'
import type { Survey } from './survey.ts'

/** Of what passes a caller so much passes what it calls. */
const PASSED_ON = 0.8
const ROUNDS = 8
/** What goes on to a function that somebody gave tells so much more. */
const HANDS_ON = 2
/** Of what a call tells so much is told by the way to it. */
const AHEAD = 0.75
/** Called from more places than this it is a tool, which tells little of a flow. */
const MAX_CALLERS = 60
const GETTER = /^_*(?:get|has|is|set|should|can)(?:[A-Z_]|$)/
/** Speaks of the work and does none of it. */
const TALK = word('assert|check_?deprec|debug|deprecat|echo|log|panic|print|trace|warn')
/** Works on words and not on what they say. */
const WORDING = word(
  'camel|capitalize|colou?r|dedent|escape|format|humanize|indent|pad|pluralize|pretty|quote|repr|slug|snake|stringify|strip|style|title|to_?[Ss]tr(?:ing)?|trim|truncate|unquote|wrap_?text',
)
const MAX_WORDING_CALLEES = 2

export interface Weights {
  /** About how many tests and users come by on their way from something else, by the component's id. */
  readonly passed: ReadonlyMap<string, number>
  /** How much each component tells alone; nothing for what is never a step. */
  readonly own: ReadonlyMap<string, number>
  /** The same with the best way that leads on from it. */
  readonly ahead: ReadonlyMap<string, number>
}

const known = new WeakMap<Calls, Weights>()

/** @param offered - Ids of what packages offer their users. */
export function weightsOf(survey: Survey, calls: Calls, offered: Iterable<string>): Weights {
  const found = known.get(calls)
  if (found !== undefined) return found
  const next = stepsOf(survey, calls)
  const passed = passedThrough(calls, next, offered)
  const handsOn = handingOn(survey)
  const own = new Map<string, number>()
  for (const id of next.keys()) {
    const component = survey.components.get(id)
    if (component === undefined || !isTelling(survey, calls, component)) continue
    const callers = calls.callers.get(id)?.length ?? 0
    const behind = Math.sqrt(Math.log2(2 + (calls.work.get(id) ?? 0)))
    const weight = (Math.log2(2 + (passed.get(id) ?? 0)) * behind) / Math.sqrt(1 + callers)
    own.set(id, weight * (component.doc === null ? 1 : 1.15) * (handsOn.has(id) ? HANDS_ON : 1))
  }
  let ahead = own
  for (let round = 0; round < ROUNDS; round++) {
    const longer = new Map<string, number>()
    for (const [id, weight] of own) {
      let best = 0
      for (const [to, share] of next.get(id) ?? []) best = Math.max(best, share * (ahead.get(to) ?? 0))
      longer.set(id, weight + AHEAD * best)
    }
    ahead = longer
  }
  const weights = { passed, own, ahead }
  known.set(calls, weights)
  return weights
}

/** Ids of what looks at a function that is kept in a field: there a program goes on to what its user gave it. */
function handingOn(survey: Survey): Set<string> {
  const found = new Set<string>()
  for (const { id, kind, signature } of survey.components.values()) {
    if (kind !== 'field' || !CALLABLE.test(signature)) continue
    for (const user of survey.users.get(id)?.keys() ?? []) found.add(user)
  }
  return found
}

/** What runs when each component runs, implementations in the place of what they implement, with how much more such a seam tells. */
function stepsOf(survey: Survey, calls: Calls): Map<string, Map<string, number>> {
  const next = new Map<string, Map<string, number>>()
  for (const id of calls.callers.keys()) next.set(id, new Map())
  for (const id of new Set([...calls.callees.keys(), ...calls.kept.keys()])) {
    const targets = new Map<string, number>()
    for (const target of targetsIn(survey, calls, id)) {
      targets.set(target.component.id, seamOf(target))
      if (!next.has(target.component.id)) next.set(target.component.id, new Map())
    }
    targets.delete(id)
    next.set(id, targets)
  }
  return next
}

/** Where one of several implementations is called, or what a field keeps, parts of a program meet. */
export function seamOf({ implementations, through }: Target): number {
  return implementations > 1 || through?.kind === 'field' ? 1.6 : 1
}

/** About how many tests and users come by on their way from something else. */
function passedThrough(
  calls: Calls,
  next: ReadonlyMap<string, ReadonlyMap<string, number>>,
  offered: Iterable<string>,
): Map<string, number> {
  const seeds = new Map(calls.testers)
  for (const id of offered) seeds.set(id, 1 + (seeds.get(id) ?? 0))
  let most = 0
  for (const number of seeds.values()) most += number
  let passed = seeds
  for (let round = 0; round < ROUNDS; round++) {
    const further = new Map(seeds)
    for (const [id, row] of next) {
      const share = PASSED_ON * (passed.get(id) ?? 0)
      if (share > 0.01) for (const to of row.keys()) further.set(to, Math.min(most, (further.get(to) ?? 0) + share))
    }
    passed = further
  }
  return new Map([...passed].map(([id, number]) => [id, number - (seeds.get(id) ?? 0)]))
}

/** No getter, no tool that everything uses, no failure, nothing that only speaks or words what is said. */
function isTelling(survey: Survey, calls: Calls, callee: Component): boolean {
  const { name, id } = callee
  if (TALK.test(name) || isFailure(name)) return false
  const further = calls.callees.get(id)?.length ?? 0
  if (WORDING.test(name) && further <= MAX_WORDING_CALLEES) return false
  const body = bodyOf(survey, callee)
  const isType = callee.kind === 'class' || callee.kind === 'struct'
  if (isType && body === callee && further === 0) return false
  const lines = linesOf(body)
  const isSmall = (lines < 4 && further < 1) || (lines < 12 && further < 2 && GETTER.test(name))
  return !isSmall && (calls.callers.get(id)?.length ?? 0) <= MAX_CALLERS
}

/** Names that begin with one of some words, as a word of its own. */
function word(words: string): RegExp {
  const either = words.replaceAll(/(?<=^|\|)[a-z]/g, (letter) => `[${letter}${letter.toUpperCase()}]`)
  return new RegExp(`^_*(?:${either})(?:$|[^a-z]|e?d(?:$|[^a-z])|ing(?:$|[^a-z]))`)
}
