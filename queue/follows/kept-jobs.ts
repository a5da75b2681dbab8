/** Determines which jobs and commits retention must keep, because they belong to followed refs. */

import type { Backend } from '#queue/backend.ts'
import { isOfOneRecord } from '#queue/unreadable-records.ts'
import { followIdOf } from './follow-record.ts'

/** @returns Whether a job belongs to a followed ref of the repository; always true if the record cannot be read. */
export async function readKept(
  { follows }: Pick<Backend, 'follows'>,
  repoUrl: string,
): Promise<(jobId: string) => boolean> {
  try {
    const follow = await follows.read(followIdOf(repoUrl))
    const ids = new Set(follow?.refs.map((ref) => ref.job_id))
    return (jobId) => ids.has(jobId)
  } catch (error) {
    if (!isOfOneRecord(error)) throw error
    return () => true
  }
}

/**
 * The commits of all refs of a follow.
 *
 * @param id - The id of the follow.
 * @returns Full commit ids; `undefined` if the repository is not followed.
 */
export async function readWantedCommits(
  { follows }: Pick<Backend, 'follows'>,
  id: string,
): Promise<ReadonlySet<string> | undefined> {
  const follow = await follows.read(id)
  return follow && new Set(follow.refs.map(({ commit }) => commit))
}
