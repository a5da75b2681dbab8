/** Shortens a call tree to the informative steps, and among these to the heaviest. */

import type { PhrasingContent } from 'mdast'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { paragraph, plainText } from '#markdown/build.ts'
import { workOf } from './call-chances.ts'
import { makes } from './calls.ts'
import type { Body, Call } from './find-steps.ts'
import { isVague } from './merged-conditions.ts'
import { GETS, purposeOf } from './telling-calls.ts'

/** Limit on the levels of lines; a path of calls is one line. */
const MAX_LEVELS = 5
/** Limit on the lines of a tree. */
const MAX_LINES = 12
/**
 * The first two are minimum shares of the caller's work, for the only step of a function and for one that replaces a function
 * without a sentence. The third is the minimum share of the root's work, for a getter or a conversion.
 */
const MIN_ONLY = 0.25
const MIN_PASSED = 0.45
const MIN_GOT = 0.25

/** The tree without the calls that get no line. */
export function shorten(repo: RepoIndex, tree: Body): Body {
  const whole = workOf(repo, tree.component)
  /** Whether a leaf may be the purpose of its caller; getters and conversions seldom are. */
  const isPurpose = ({ callee }: Call): boolean => !GETS.test(callee.name) || workOf(repo, callee) >= MIN_GOT * whole
  return trimmed(pruned(repo, tree, new Set([plainOf(purposeOf(repo, tree.component))]), isPurpose))
}

/** Removes the lightest leaves until at most `MAX_LINES` lines are left. */
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

/**
 * Adds the sentences, each once. A call without one shares a row with the step below it if there is only one. Omits
 * calls that only create a value.
 *
 * @param used - The sentences of the tree so far; new ones are added.
 */
function pruned(
  repo: RepoIndex,
  { component, calls, given }: Body,
  used: Set<string>,
  isPurpose: (call: Call) => boolean,
  level = 1,
): Body {
  const kept = calls.flatMap((call): Call[] => {
    const purpose = purposeOf(repo, call.callee)
    const sentence = used.has(plainOf(purpose)) ? null : purpose
    used.add(plainOf(sentence))
    const below = level + (sentence === null ? 0 : 1)
    const body = call.body === null || level > MAX_LEVELS ? null : pruned(repo, call.body, used, isPurpose, below)
    const steps = body?.calls ?? []
    const isGiven = (body?.given.length ?? 0) > 0
    const [only, ...others] = steps
    if (
      sentence === null &&
      !isGiven &&
      only !== undefined &&
      others.length === 0 &&
      call.dispatch.overriders.length === 0
    )
      return workOf(repo, only.callee) < MIN_PASSED * workOf(repo, call.callee)
        ? []
        : [{ ...only, weight: Math.max(call.weight, only.weight), via: [call, ...only.via] }]
    const isMaker = makes(repo, call.callee)
    const leads = steps.some(({ callee }) => !isMaker || !makes(repo, callee))
    if (!leads && (sentence === null || call.groups.every(isVague) || (isMaker && level > 1))) return []
    return [{ ...call, sentence, body }]
  })
  const points = kept.filter((call) => !isLeaf(call) || isPurpose(call))
  const [only, ...others] = points.length > 0 ? points : kept
  const isMinor =
    only !== undefined &&
    others.length === 0 &&
    isLeaf(only) &&
    workOf(repo, only.callee) < MIN_ONLY * workOf(repo, component)
  return { component, calls: only === undefined || isMinor ? [] : [only, ...others], given }
}

const plainOf = (sentence: PhrasingContent[] | null): string => plainText(paragraph(...(sentence ?? [])))
