/**
 * Handles branches and tags whose documentation failed. The follow records the failure when the job ends, and the ref is submitted
 * again with backoff, because a tag that does not move would otherwise never be tried again.
 */

import { least } from '#base/long-arrays.ts'
import type { Backend } from '#queue/backend.ts'
import { isIn, type JobIn } from '#queue/job.ts'
import { type Follow, type FollowedRef, followIdOf, type RefFailure } from './follow-record.ts'

const FIRST_RETRY_MS = 15 * 60_000
const MAX_RETRY_MS = 24 * 3_600_000
const MAX_ROUNDS = 100
/** A cancelled job is not submitted again for the same commit. */
const CANCELLED = 'CANCELLED'

/**
 * Record in the follow how a job of one of its refs has ended, and schedule the check that submits it again. Idempotent.
 *
 * @throws The errors of the storage; the caller repeats the step.
 */
export async function noteEndedJob(
  { follows, looks }: Pick<Backend, 'follows' | 'looks'>,
  job: JobIn<'completed' | 'failed'>,
): Promise<void> {
  const id = followIdOf(job.repo_url)
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const follow = await follows.read(id)
    const refs = follow?.refs.map((ref) => (ref.job_id === job.job_id ? withEnd(ref, job) : ref))
    if (follow === undefined || refs === undefined) return
    const isChanged = refs.some((ref, at) => ref !== follow.refs[at])
    if (isChanged && (await follows.update(follow, { ...follow, refs })) === undefined) continue
    const retryMs = refs.flatMap(({ job_id, failure }) => (job_id === job.job_id ? (retryMsOf(failure) ?? []) : []))
    if (retryMs.length > 0) await looks.hasten(id, least(retryMs))
    return
  }
}

function withEnd(ref: FollowedRef, job: JobIn<'completed' | 'failed'>): FollowedRef {
  const { failure, ...rest } = ref
  if (isIn(job, 'completed')) return failure === undefined ? ref : rest
  if (failure?.failed_at === job.completed_at) return ref
  const tries = (failure?.tries ?? 0) + 1
  const delayMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(tries - 1, 20))
  const retryAt = new Date(Date.parse(job.completed_at) + delayMs).toISOString()
  return {
    ...rest,
    failure: {
      code: job.error_code,
      message: job.error_message.slice(0, 2_000),
      failed_at: job.completed_at,
      tries,
      retry_at: job.error_code === CANCELLED ? null : retryAt,
    },
  }
}

const retryMsOf = (failure: RefFailure | undefined): number | undefined =>
  failure === undefined || failure.retry_at === null ? undefined : Date.parse(failure.retry_at)

/**
 * The refs whose retry is due. Also records failures that are not in the follow yet, such as those of earlier versions of
 * docspool and of jobs that ended before their ref was recorded.
 *
 * @returns Names of refs.
 */
export async function readDueRetries(backend: Backend, follow: Follow, now: number): Promise<ReadonlySet<string>> {
  const due = new Set<string>()
  for (const { ref, job_id, failure } of follow.refs) {
    const job = await backend.jobs.read(job_id)
    if (job === undefined || !isIn(job, 'completed', 'failed')) continue
    const isKnown = isIn(job, 'completed') ? failure === undefined : failure?.failed_at === job.completed_at
    if (!isKnown) await noteEndedJob(backend, job)
    else if ((retryMsOf(failure) ?? Infinity) <= now) due.add(ref)
  }
  return due
}

/** When the next retry is due after `now`, in milliseconds since the epoch; infinite when none is. */
export const nextRetryMs = ({ refs }: Follow, now: number): number =>
  least(refs.flatMap(({ failure }) => retryMsOf(failure) ?? []).filter((ms) => ms > now))
