/** Chooses the ranges of commits that are counted during a look at a followed repository. Pure. */

import type { CommitRange } from '#generate/clone/count-commits.ts'

/** Limit per look, because each range costs a request. */
const MAX_RANGES = 4
const TAG = 'refs/tags/'

/** A documented branch or tag. */
export interface DocumentedRef {
  /** `HEAD`, `refs/heads/…` or `refs/tags/…`. */
  ref: string
  commit: string
}

/**
 * A range begins at the documented commit of a ref. For a branch it ends at its newest commit, for a tag at the newest commit of
 * the default branch. Ranges that an earlier look has counted are omitted, so that later looks count the rest.
 *
 * @param documented - The most important ref first.
 * @param newest - The refs that the host has listed.
 * @param counted - The ranges that earlier looks have counted.
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
