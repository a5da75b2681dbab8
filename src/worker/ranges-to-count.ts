/** Chooses which commits are counted during a look at a followed repository. Pure. */

import type { CommitRange } from '#generate/clone/count-commits.ts'

/** Limit of ranges per look. Each costs a request. */
const MAX_RANGES = 4
const TAG = 'refs/tags/'

/** A documented branch or tag. */
export interface DocumentedRef {
  /** `HEAD`, `refs/heads/…` or `refs/tags/…`. */
  ref: string
  commit: string
}

/**
 * From the documented commit of a branch to its newest commit, and from that of a tag to the newest commit of the default
 * branch. What an earlier look has counted is left out, so that later looks count the rest.
 *
 * @param documented - The most important ref first.
 * @param newest - The refs that the host has listed.
 */
export function rangesToCount(
  documented: readonly DocumentedRef[],
  newest: readonly DocumentedRef[],
  counted: readonly CommitRange[],
): CommitRange[] {
  const tips = new Map(newest.map(({ ref, commit }) => [ref, commit]))
  const keyOf = ({ from, to }: CommitRange): string => `${from} ${to}`
  const known = new Set(counted.map(keyOf))
  const ranges = new Map<string, CommitRange>()
  for (const { ref, commit: from } of documented) {
    const to = tips.get(ref.startsWith(TAG) ? 'HEAD' : ref)
    if (to === undefined || to === from) continue
    const range = { from, to }
    if (!known.has(keyOf(range))) ranges.set(keyOf(range), range)
  }
  return [...ranges.values()].slice(0, MAX_RANGES)
}
