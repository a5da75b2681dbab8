/** Chooses which branches and tags of a followed repository are documented. Pure. */

import { isFullCommitId, parseCommitId } from '#base/commit-id.ts'
import type { RefSelection } from '#base/followed-refs.ts'
import { createRefMatcher, newestFirst } from '#base/ref-patterns.ts'
import type { RepositoryRefs } from '#generate/clone/clone.ts'

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
