/** Finds the sets of a followed repository that are likely to be most similar to the set of a job that is about to run. */

import { secretOfJob } from '#base/private-jobs.ts'
import { newestFirst } from '#base/ref-patterns.ts'
import type { Backend } from '#queue/backend.ts'
import type { Job } from '#queue/job.ts'
import { skipUnreadable } from '#queue/unreadable-records.ts'
import { type Follow, type FollowedRef, HEAD, refNameOf } from './follow-record.ts'

/** Limit on the other versions whose jobs are read. */
const MAX_READ = 8

/**
 * The set of the job itself, then those of the nearest versions. Private jobs share no sets with others.
 *
 * @returns Keys of sets, the most similar first.
 * @throws Errors of the storage; a single unreadable job is left out.
 */
export async function readNeighbours({ jobs }: Pick<Backend, 'jobs'>, follow: Follow, job: Job): Promise<string[]> {
  if (secretOfJob(job.job_id) !== undefined) return job.docs_key === null ? [] : [job.docs_key]
  const others = inOrderOfDistance(follow.refs, job.job_id).slice(0, MAX_READ)
  const records = await Promise.all(others.map(({ job_id }) => jobs.read(job_id).catch(skipUnreadable)))
  const keys = [job, ...records].flatMap((one) => one?.docs_key ?? [])
  return [...new Set(keys)]
}

/**
 * Other refs, ordered by the number of versions between them and the job's ref. The default branch is placed next to the newest
 * version.
 */
function inOrderOfDistance(refs: readonly FollowedRef[], jobId: string): FollowedRef[] {
  const nameOf = ({ ref }: FollowedRef): string => refNameOf(ref)
  const positions = new Map(newestFirst(refs.map(nameOf).filter((name) => name !== HEAD)).map((name, at) => [name, at]))
  const positionOf = (ref: FollowedRef): number => positions.get(nameOf(ref)) ?? -1
  const own = refs.find(({ job_id }) => job_id === jobId)
  const from = own === undefined ? -1 : positionOf(own)
  const distance = (ref: FollowedRef): number => Math.abs(positionOf(ref) - from)
  return refs.filter(({ job_id }) => job_id !== jobId).sort((a, b) => distance(a) - distance(b))
}
