/** Deletes a job by compare-and-swap, so that a job that was queued again is kept. */

import { failpoint } from '#base/failpoint.ts'
import type { Backend } from './backend.ts'
import type { JobIn } from './job.ts'

/** @returns false when the job has changed since it was read. */
export async function removeEnded(backend: Backend, job: JobIn<'completed' | 'failed'>): Promise<boolean> {
  // In this order, a crash leaves a job that is not indexed, which the next check finds.
  await backend.catalog.removeEnded(job)
  failpoint('remove:unlisted')
  if (!(await backend.jobs.remove(job))) return false
  failpoint('remove:recorded')
  // Again, because a check may have restored the entry before the record was removed.
  await backend.catalog.removeEnded(job)
  await backend.catalog.forget(job)
  // A job with the same id may have been accepted in the meantime and then removed from the index by `forget`.
  const successor = await backend.jobs.read(job.job_id)
  if (successor !== undefined) await backend.catalog.note(successor)
  return true
}
