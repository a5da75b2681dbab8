/** What users can do with existing jobs: cancel, retry, remove. Submissions are in `submit.ts`. */

import { failpoint } from '#base/failpoint.ts'
import { type Backend, entryOf } from './backend.ts'
import { cancelQueuedJob } from './cancel-queued.ts'
import type { JobQueue, JobSnapshot } from './contract.ts'
import { WrongState } from './errors.ts'
import { isIn } from './job.ts'
import type { TakeSnapshot } from './job-snapshots.ts'
import { removeEnded } from './remove.ts'
import type { Submitter } from './submit.ts'

export function createJobChanges(
  backend: Backend,
  submitter: Submitter,
  snapshot: TakeSnapshot,
  clock: () => number,
): Pick<JobQueue, 'cancel' | 'retry' | 'remove'> {
  async function cancel(jobId: string): Promise<JobSnapshot | undefined> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return undefined
      if (isIn(job, 'queued')) {
        const ended = await cancelQueuedJob(backend, job, clock())
        if (ended === undefined) continue
        await backend.work.discard(entryOf(job))
        return await snapshot(ended)
      }
      if (isIn(job, 'completed', 'failed')) return await snapshot(job)
      await backend.cancels.mark(job)
      failpoint('cancel:marked')
      // If the job was handed back or finished in the meantime, its worker no longer polls the mark, so try again.
      const now = await backend.jobs.read(jobId)
      if (now?.rev === job.rev) return await snapshot(now)
    }
  }

  async function retry(jobId: string, defaultModel?: string): Promise<JobSnapshot | undefined> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return undefined
      if (!isIn(job, 'completed', 'failed')) throw new WrongState(`The job is ${job.status}.`)
      const force = job.status === 'completed' || job.force
      const mainModel = job.options.model ?? defaultModel ?? job.main_model
      const queued = await submitter.requeue(job, { priority: job.priority, mainModel, force, isRedelivered: true })
      if (queued !== undefined) return await snapshot(queued)
    }
  }

  async function remove(jobId: string): Promise<boolean> {
    for (;;) {
      const job = await backend.jobs.read(jobId)
      if (job === undefined) return false
      if (!isIn(job, 'completed', 'failed')) throw new WrongState(`The job is ${job.status}.`)
      // An earlier job with this id may have expired; this one is removed on request.
      await backend.expiry.unmark(jobId)
      if (await removeEnded(backend, job)) return true
    }
  }

  return { cancel, retry, remove }
}
