/** Tells whether calls are most of what a function does. */

import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { workOf } from './call-chances.ts'
import { isError } from './call-sites.ts'
import { calleesOf } from './calls.ts'
import { isWork } from './telling-calls.ts'
import { longestNamed, unfollowedCalls } from './unfollowed.ts'

/** Minimum share of what a function calls, by lines of code that it leads to, in the calls that are shown. */
const MIN_COVERED = 0.5

/** Calls whose targets are unknown may lead to the work; those that are shown elsewhere do not count. */
export function isCovered(
  repo: RepoIndex,
  caller: Component,
  calls: readonly Component[],
  isElsewhere: (one: Component) => boolean,
): boolean {
  const weigh = (ones: readonly Component[]): number => ones.reduce((sum, one) => sum + workOf(repo, one), 0)
  const shown = weigh(calls)
  const near = [caller, ...calls]
  const unknown = new Set(near.flatMap((one) => unfollowedCalls(repo, one).map(({ name }) => longestNamed(repo, name))))
  const work = calleesOf(repo, caller).filter(
    (one) => !isElsewhere(one) && !isError(repo, one) && isWork(repo, caller, one),
  )
  return shown >= MIN_COVERED * (Math.max(shown, weigh(work)) + weigh([...unknown].flatMap((one) => one ?? [])))
}
