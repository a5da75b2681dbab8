/** Shortens a tree of calls to the lines that say something, and among those to the heaviest. */

import type { PhrasingContent } from 'mdast'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { workOf } from './call-chances.ts'
import { bodyOf, callersOf, linesOf, makes } from './calls.ts'
import { type Body, type Call, isConditional } from './find-steps.ts'
import { GETS, purposeOf } from './telling-calls.ts'

/** Limit on the levels of lines; a path of calls is one line. */
const MAX_LEVELS = 5
/** Limit on the lines of a tree. */
const MAX_LINES = 12
/** Minimum share of the work of a function without words that its only step must do to represent it. */
const MIN_PASSED = 0.4
/** Limits on the lines of a function without words, and on its callers. */
const MIN_MUTE_LINES = 6
const MAX_MUTE_CALLERS = 6
/** Minimum shares of the root's work, for a getter or a conversion, and for a leaf without words next to steps that have some. */
const MIN_GOT = 0.25
const MIN_POINT = 0.12

/** The tree without the calls that get no line. */
export function shorten(repo: RepoIndex, tree: Body): Body {
  const whole = workOf(repo, tree.component)
  const isMuteStep = ({ callee }: Call): boolean =>
    !makes(repo, callee) &&
    linesOf(repo, bodyOf(repo, callee)) >= MIN_MUTE_LINES &&
    callersOf(repo, callee).length <= MAX_MUTE_CALLERS
  /** Whether a leaf is what its caller is for: a getter, a conversion or a function without words seldom is. */
  const isPoint = ({ callee, sentence, isReturned }: Call): boolean => {
    const isGetter = GETS.test(callee.name)
    if (isGetter && sentence === null) return isReturned
    return isReturned || workOf(repo, callee) >= (isGetter ? MIN_GOT : sentence === null ? MIN_POINT : 0) * whole
  }
  return trimmed(pruned(repo, tree, new Set([plainOf(purposeOf(repo, tree.component))]), { isMuteStep, isPoint }))
}

/** Removes the lightest leaves until few enough lines are left. */
function trimmed(tree: Body): Body {
  let kept = tree
  for (let lines = linesIn(kept); lines.length > MAX_LINES; lines = linesIn(kept)) {
    const leaves = lines.filter(({ body }) => (body?.calls.length ?? 0) === 0)
    const light = leaves.reduce((a, b) => (b.weight < a.weight ? b : a))
    kept = without(kept, light)
  }
  return kept
}

/** Whether nothing is shown below a call. */
export const isLeaf = ({ body }: Pick<Call, 'body'>): boolean =>
  body === null || body.calls.length + body.given.length === 0

/** All lines of a tree. */
export const linesIn = ({ calls }: Body): Call[] =>
  calls.flatMap((call) => [call, ...(call.body === null ? [] : linesIn(call.body))])

const without = (body: Body, left: Call): Body => ({
  ...body,
  calls: body.calls.flatMap((call) =>
    call === left ? [] : [{ ...call, body: call.body === null ? null : without(call.body, left) }],
  ),
})

interface Rules {
  /** Whether a call is a step without a sentence. */
  isMuteStep(call: Call): boolean
  /** Whether a leaf next to other steps is one. */
  isPoint(call: Call): boolean
}

/**
 * Adds the sentences, each once. A call without one shares a row with the step below it if there is only one. Leaves out
 * calls that only create a value.
 *
 * @param told - The sentences of the tree so far; new ones are added.
 */
function pruned(repo: RepoIndex, { component, calls, given }: Body, told: Set<string>, rules: Rules, level = 1): Body {
  const { isMuteStep, isPoint } = rules
  const kept = calls.flatMap((call): Call[] => {
    const purpose = purposeOf(repo, call.callee)
    const sentence = told.has(plainOf(purpose)) ? null : purpose
    told.add(plainOf(sentence))
    const body = call.body === null ? null : pruned(repo, call.body, told, rules, level + (sentence === null ? 0 : 1))
    const below = level > MAX_LEVELS ? [] : (body?.calls ?? [])
    const isGiven = level <= MAX_LEVELS && (body?.given.length ?? 0) > 0
    const [only, ...others] = below
    const isPath =
      sentence === null &&
      !isGiven &&
      only !== undefined &&
      others.length === 0 &&
      call.dispatch.overriders.length === 0
    if (
      isPath &&
      isMuteStep(call) &&
      (isConditional(only) ||
        (only.sentence === null && workOf(repo, only.callee) < MIN_PASSED * workOf(repo, call.callee)))
    )
      return [{ ...call, body: null }]
    if (isPath) return [{ ...only, weight: Math.max(call.weight, only.weight), via: [call, ...only.via] }]
    const isMaker = makes(repo, call.callee) && !call.isReturned
    const leads = isGiven || below.some(({ callee }) => !isMaker || !makes(repo, callee))
    if (!leads && ((sentence === null && !isMuteStep(call)) || (isMaker && level > 1))) return []
    return [{ ...call, sentence, body: body === null ? null : { ...body, calls: below } }]
  })
  const points = kept.filter((call) => !isLeaf(call) || isPoint(call))
  return { component, calls: points.length > 0 ? points : kept, given }
}

const plainOf = (sentence: PhrasingContent[] | null): string => plainText(paragraph(...(sentence ?? [])))
