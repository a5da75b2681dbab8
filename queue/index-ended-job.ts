/** What follows when the record of a job says that it has ended: it gets its places. */

import { failpoint } from '#base/failpoint.ts'
import type { Backend } from './backend.ts'
import { dueOf, laneOf, openCallbacks } from './callbacks.ts'
import type { JobIn } from './job.ts'

/**
 * Note that those who asked are to be told, then that the job has ended. In this order: who finds a job without its place in
 * the index does all of this again.
 */
export async function indexEndedJob(backend: Backend, job: JobIn<'completed' | 'failed'>): Promise<void> {
  await postCallbacks(backend, job)
  await backend.catalog.addEnded(job)
}

/** Durably note that callbacks of a job that ended are to be told. May be repeated. */
export async function postCallbacks(backend: Backend, job: JobIn<'completed' | 'failed'>): Promise<void> {
  for (const callback of openCallbacks(job)) {
    const item = { jobId: job.job_id, callbackId: callback.id, lane: laneOf(callback) }
    await backend.outbox.add(item, dueOf(callback))
    failpoint('end:posted')
  }
}
