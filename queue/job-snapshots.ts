/** Snapshots of jobs for users: the view (`job-view.ts`) with the position in the queue or the progress. */

import { createHash } from 'node:crypto'
import { type Backend, entryOf } from './backend.ts'
import type { QueuePlace } from './combined-steps.ts'
import type { JobSnapshot } from './contract.ts'
import { isIn, type Job } from './job.ts'
import { toView } from './job-view.ts'

/** @param place - The place of a queued job, if it is known. */
export type TakeSnapshot = (job: Job, place?: QueuePlace) => Promise<JobSnapshot>

export function createSnapshots(backend: Backend): TakeSnapshot {
  /** Snapshots of finished jobs, which depend only on the record. */
  const finished = new WeakMap<Job, JobSnapshot>()

  return async (job, place) => {
    const known = finished.get(job)
    if (known !== undefined) return known
    const isQueued = isIn(job, 'queued')
    const [position, isPaused, progress] = await Promise.all([
      isQueued ? (place?.position ?? backend.work.position(entryOf(job))) : null,
      isQueued && (place?.isPaused ?? backend.work.isPaused()),
      isIn(job, 'processing') ? backend.events.lastProgress(job.job_id, job.epoch) : null,
    ])
    const view = toView(job, { position, progress, isPaused })
    const version = createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)
    const made = { view, docsKey: job.docs_key, version }
    if (isIn(job, 'completed', 'failed')) finished.set(job, made)
    return made
  }
}
