/** The step with which every claim ends: its entry is moved to where the job's record says it belongs. */

import { failpoint } from '#base/failpoint.ts'
import { type Backend, type Entry, entryOf, notBeforeOf } from './backend.ts'
import { indexEndedJob } from './index-ended-job.ts'
import { isIn, type Job } from './job.ts'

/** Puts the entry back if the job is queued; otherwise indexes a finished job and drops the entry. */
export async function placeEntry(backend: Backend, worker: string, entry: Entry, job: Job | undefined): Promise<void> {
  if (job !== undefined && isIn(job, 'queued')) {
    if (isSame(entryOf(job), entry)) {
      await backend.work.putBack(worker, entry, notBeforeOf(job))
      failpoint('back:entered')
    } else {
      // It was submitted again while it ran, and the new submission has its own entry.
      await backend.work.push(entryOf(job), notBeforeOf(job))
      failpoint('back:entered')
      await backend.work.drop(worker, entry)
    }
    return
  }
  if (job !== undefined && isIn(job, 'completed', 'failed')) {
    await indexEndedJob(backend, job)
    failpoint('commit:listed')
    await backend.cancels.clear(entry.jobId)
  }
  await backend.work.drop(worker, entry)
  failpoint('commit:dropped')
}

const isSame = (one: Entry, other: Entry): boolean =>
  one.submittedMs === other.submittedMs && one.priority === other.priority
