/** The names of versions for readers, in addresses and on pages. Pure. */

import type { JobView } from '#queue/contract.ts'

/** Names of versions that follow the repository. */
export const ALIASES = ['latest', 'stable'] as const
export type Alias = (typeof ALIASES)[number]

/**
 * The branch, tag or commit that was submitted; `latest` for the default branch. No ref begins with `@`, so `@latest` is a ref
 * that is called `latest`.
 */
export function versionName({ commit_id: commitId }: Pick<JobView, 'commit_id'>): string {
  if (commitId === null) return 'latest'
  return (ALIASES as readonly string[]).includes(commitId) ? `@${commitId}` : commitId
}
