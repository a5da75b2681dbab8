/**
 * Chooses which branches and tags of a followed repository are documented, and for which pairs of commits a check counts how
 * far the documentation is behind. Pure.
 */

import { isFullCommitId, parseCommitId } from '#base/commit-id.ts'
import type { RefSelection } from '#base/followed-refs.ts'
import { createRefMatcher, newestFirst } from '#base/ref-patterns.ts'
import type { RepositoryRefs } from '#generate/clone/clone.ts'
import type { CommitRange } from '#generate/clone/count-commits.ts'

const BRANCH = 'refs/heads/'
const TAG = 'refs/tags/'

/**
 * The default branch, as `HEAD`, and the newest `keep` branches and `keep` tags that match a pattern. Excludes names that cannot
 * be submitted as a branch or tag, and tags that a branch of the same name hides.
 */
export function chooseRefs(
  { head, refs }: RepositoryRefs,
  { branches, tags, keep }: RefSelection,
): { ref: string; commit: string }[] {
  const commits = new Map(refs.map(({ name, commit }) => [name, commit]))
  const namesBelow = (prefix: string): string[] =>
    refs.filter(({ name }) => name.startsWith(prefix)).map(({ name }) => name.slice(prefix.length))
  const choose = (prefix: string, patterns: readonly string[], isWanted: (name: string) => boolean) => {
    const isMatch = createRefMatcher(patterns)
    const names = namesBelow(prefix).filter((name) => isMatch(name) && isWanted(name) && isSubmittable(name))
    return newestFirst(names)
      .slice(0, keep)
      .map((name) => ({ ref: prefix + name, commit: commits.get(prefix + name) ?? '' }))
  }
  return [
    ...(head === null ? [] : [{ ref: 'HEAD', commit: head.commit }]),
    ...choose(BRANCH, branches, (name) => name !== head?.branch),
    ...choose(TAG, tags, (name) => !commits.has(BRANCH + name)),
  ]
}

/** Whether a submission whose `commit_id` is this name would refer to this branch or tag. */
function isSubmittable(name: string): boolean {
  if (name === 'HEAD' || isFullCommitId(name.toLowerCase())) return false
  try {
    return parseCommitId(name) === name
  } catch {
    return false
  }
}

/** Limit per check, because each range costs a request. */
const MAX_RANGES = 4

/** A documented branch or tag. */
interface DocumentedRef {
  /** `HEAD`, `refs/heads/…` or `refs/tags/…`. */
  ref: string
  commit: string
}

/**
 * A range begins at the documented commit of a ref. For a branch it ends at its newest commit, for a tag at the newest commit of
 * the default branch. Ranges that an earlier check has counted are omitted, so that later checks count the rest.
 *
 * @param documented - The most important ref first.
 * @param newest - The refs that the host has listed.
 * @param counted - The ranges that earlier checks have counted.
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
