/** Records the end of a run in the storage where it was claimed, and retries until that storage is available. */

import { isDeepStrictEqual } from 'node:util'
import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import type { Backend, Entry } from './backend.ts'
import { openCallbacks } from './callbacks.ts'
import type { Claim } from './claim.ts'
import type { Conclusion, Outcome } from './conclude-run.ts'
import { isIn, type Job, type JobIn } from './job.ts'
import { handBack } from './job-transitions.ts'
import type { MetricEvent } from './metric-events.ts'
import { sleep } from './wakeup.ts'

const COMMIT_RETRY_MS = 500

/**
 * Record the end of the run in the storage where the claim was made. If a copy has replaced the storage, the job is handed
 * back instead, because the copy does not have the documents of the run.
 *
 * @returns `settled`: the written record, or `undefined` when this worker no longer has the claim. `isIndexed`: whether the queue
 *   and its indexes were updated in the same step.
 */
export async function commitRun(
  backend: Backend,
  { entry, job: claimed, place }: Claim,
  conclusion: Conclusion,
  deps: { log: Log; hardSignal: AbortSignal },
): Promise<{ settled: Job | undefined; isIndexed?: boolean; event: MetricEvent }> {
  let job = claimed
  for (let attempts = 0; ; attempts++) {
    let { event } = conclusion
    try {
      const isHere = backend.locate() === place
      if (!isHere) event = { type: 'handed back' }
      const next = isHere ? conclusion.ending(job) : handBack(job)
      const ended = await record(backend, job, next, entry)
      if (ended !== undefined) return { settled: ended.written, isIndexed: ended.isIndexed, event }
      const now = await backend.jobs.read(job.job_id)
      const isClaimed = now !== undefined && isIn(now, 'processing') && now.epoch === job.epoch
      // Another worker has taken over, or an earlier attempt of this worker wrote the record and failed only afterwards.
      if (!isClaimed) return { settled: isDeepStrictEqual(now, { ...next, rev: job.rev + 1 }) ? now : undefined, event }
      job = now
    } catch (error) {
      if (attempts === 0) {
        // A full disk is not a fault of docspool, and the operator can free space.
        const level = isErrno(error, 'ENOSPC', 'EDQUOT') ? 'warn' : 'error'
        deps.log[level]({ ...forLog(error), job_id: job.job_id }, 'the result of a job cannot be recorded; retrying')
      }
      if (deps.hardSignal.aborted) return { settled: undefined, event }
      await sleep(COMMIT_RETRY_MS, deps.hardSignal)
    }
  }
}

async function record(
  { jobs, combined }: Backend,
  job: JobIn<'processing'>,
  next: Outcome,
  entry: Entry,
): Promise<{ written: Job; isIndexed: boolean } | undefined> {
  if (combined !== undefined && !isIn(next, 'queued') && openCallbacks(next).length === 0)
    return await combined.finish(job, next, entry)
  const written = await jobs.update<Job>(job, next)
  return written && { written, isIndexed: false }
}
