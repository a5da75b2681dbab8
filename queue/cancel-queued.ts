/** Cancels a job that no worker has claimed. */

import { failpoint } from '#base/failpoint.ts'
import type { Backend } from './backend.ts'
import { Cancelled } from './errors.ts'
import { indexEndedJob } from './index-ended-job.ts'
import type { JobIn } from './job.ts'
import { cancelQueued } from './job-transitions.ts'

export const cancelled = () => new Cancelled('The job was cancelled.').toJSON()

/**
 * Cancel a queued job.
 *
 * @returns The new record; `undefined` when another process wrote one first.
 */
export async function cancelQueuedJob(
  backend: Backend,
  job: JobIn<'queued'>,
  now: number,
): Promise<JobIn<'failed'> | undefined> {
  const written = await backend.jobs.update(job, cancelQueued(job, cancelled(), now))
  if (written === undefined) return undefined
  failpoint('cancel:recorded')
  await indexEndedJob(backend, written)
  await backend.cancels.clear(job.job_id)
  return written
}
