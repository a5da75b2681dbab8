/** Which documents of a followed repository are the most similar to those of a job that is about to run. */

import { secretOfJob } from '#base/private-jobs.ts'
import { newestFirst } from '#base/ref-patterns.ts'
import type { Backend } from '#queue/backend.ts'
import type { Job } from '#queue/job.ts'
import { type Follow, type FollowedRef, HEAD } from './follow-record.ts'

/** Jobs that are read. */
const MAX_READ = 8

/**
 * Those of the job itself, then of the nearest versions. Jobs with a secret of their own share nothing.
 *
 * @returns Keys of sets.
 */
export async function readNeighbours({ jobs }: Pick<Backend, 'jobs'>, follow: Follow, job: Job): Promise<string[]> {
  if (secretOfJob(job.job_id) !== undefined) return job.docs_key === null ? [] : [job.docs_key]
  const others = inOrderOfDistance(follow.refs, job.job_id).slice(0, MAX_READ)
  const records = await Promise.all(others.map(({ job_id }) => jobs.read(job_id).catch(() => undefined)))
  const keys = [job, ...records].flatMap((one) => one?.docs_key ?? [])
  return [...new Set(keys)]
}

/** By how many versions are between; the default branch is beside the newest one. */
function inOrderOfDistance(refs: readonly FollowedRef[], jobId: string): FollowedRef[] {
  const nameOf = ({ ref }: FollowedRef): string => ref.replace(/^refs\/(?:heads|tags)\//, '')
  const places = new Map(newestFirst(refs.map(nameOf).filter((name) => name !== HEAD)).map((name, at) => [name, at]))
  const placeOf = (ref: FollowedRef): number => places.get(nameOf(ref)) ?? -1
  const own = refs.find(({ job_id }) => job_id === jobId)
  const from = own === undefined ? -1 : placeOf(own)
  const distance = (ref: FollowedRef): number => Math.abs(placeOf(ref) - from)
  return refs.filter(({ job_id }) => job_id !== jobId).sort((a, b) => distance(a) - distance(b))
}
