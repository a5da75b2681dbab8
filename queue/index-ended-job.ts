/** What happens when a job has finished: its callbacks (webhooks), its follow and the index. */

import { failpoint } from '#base/failpoint.ts'
import type { Backend } from './backend.ts'
import { dueOf, laneOf, openCallbacks } from './callbacks.ts'
import { noteEndedJob } from './follows/failed-refs.ts'
import type { JobIn } from './job.ts'
import { skipUnreadable } from './unreadable-records.ts'

/**
 * Schedule the callbacks of a finished job and record its result in the follow of its repository, then index it. In this order,
 * because a finished job that is not in the index is processed again.
 */
export async function indexEndedJob(backend: Backend, job: JobIn<'completed' | 'failed'>): Promise<void> {
  await scheduleCallbacks(backend, job)
  // Follow records written by a newer version are left unchanged.
  await noteEndedJob(backend, job).catch(skipUnreadable)
  await backend.catalog.addEnded(job)
}

/** Durably schedule the webhooks of a finished job. Idempotent. */
export async function scheduleCallbacks(backend: Backend, job: JobIn<'completed' | 'failed'>): Promise<void> {
  for (const callback of openCallbacks(job)) {
    const item = { jobId: job.job_id, callbackId: callback.id, lane: laneOf(callback) }
    await backend.outbox.add(item, dueOf(callback))
    failpoint('end:posted')
  }
}
