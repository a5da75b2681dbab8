/** What a follow keeps from retention: the jobs and commits of the branches and tags that it wants. */

import type { Backend } from '#queue/backend.ts'
import { isOfOneRecord } from '#queue/errors.ts'
import { followIdOf } from './follow-record.ts'

/** @returns Whether the follow of this repository keeps a job; true for all when its record cannot be read. */
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
 * @param id - Of the follow.
 * @returns Full ids; `undefined` when there is no such follow.
 */
export async function readWantedCommits(
  { follows }: Pick<Backend, 'follows'>,
  id: string,
): Promise<ReadonlySet<string> | undefined> {
  const follow = await follows.read(id)
  return follow && new Set(follow.refs.map(({ commit }) => commit))
}
