/**
 * Takes over jobs from dead workers. Every step is idempotent and safe if other processes do the same: the record is updated
 * first, by compare-and-swap, and then the entry.
 */

import { failpoint } from '#base/failpoint.ts'
import { forLog, type Log } from '#base/log.ts'
import { isOfThisMachine, killOrphans } from '#base/process.ts'
import type { Backend, Entry, WorkerInfo } from './backend.ts'
import { cancelled } from './cancel-queued.ts'
import { WorkerDiedRepeatedly } from './errors.ts'
import { indexEndedJob } from './index-ended-job.ts'
import { isIn, type Job, type JobIn } from './job.ts'
import { cancelProcessing, failDead, orRerun, requeueDead } from './job-transitions.ts'
import { lastEventsOf } from './last-log-events.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { placeEntry } from './place-entry.ts'
import { isOfOneRecord } from './unreadable-records.ts'
import type { WorkFolders } from './work-folders.ts'

/** A job whose worker died this many times is not tried again. */
const MAX_STALLS = 3
const ORPHAN_KILL_MS = 2_000

export interface ReapDeps {
  log: Log
  clock(): number
  onMetricEvent?: OnMetricEvent | undefined
  /** The work folders of claims on this machine. Without it, they are left to the next check. */
  workFolders?: WorkFolders | undefined
}

/** Take over the jobs of all dead workers. @returns How many. */
export async function reapDead(backend: Backend, deps: ReapDeps): Promise<number> {
  let taken = 0
  for (const { worker, info } of await backend.workers.listDead()) {
    try {
      taken += await reapWorker(backend, worker, info, deps)
    } catch (error) {
      deps.log.warn(
        { ...forLog(error), worker },
        'the jobs of a dead worker could not be taken over; the next check tries again',
      )
    }
  }
  return taken
}

/**
 * Takes over a dead worker's jobs. Claims whose records cannot be read are left where they are.
 *
 * @returns How many were taken over.
 */
export async function reapWorker(
  backend: Backend,
  worker: string,
  info: WorkerInfo | undefined,
  deps: ReapDeps,
): Promise<number> {
  const entries = await backend.work.claimedBy(worker)
  let taken = 0
  for (const entry of entries) {
    try {
      await releaseEntry(backend, worker, entry, info, deps)
      taken += 1
    } catch (error) {
      if (!isOfOneRecord(error)) throw error
      // A newer version can take it over; `reconcile` reports the record.
      deps.log.debug({ ...forLog(error), worker, job_id: entry.jobId }, 'the record of a claim cannot be read')
    }
  }
  failpoint('reap:emptied')
  await backend.workers.retire(worker)
  if (taken > 0) deps.log.warn({ worker, jobs: taken }, 'took over from a worker that died')
  return taken
}

async function releaseEntry(
  backend: Backend,
  worker: string,
  entry: Entry,
  info: WorkerInfo | undefined,
  deps: ReapDeps,
): Promise<void> {
  let job = await backend.jobs.read(entry.jobId)
  while (job !== undefined && isIn(job, 'processing') && job.worker === worker) {
    if (info !== undefined && isOfThisMachine(info)) await killOrphanedProcesses(backend, job, deps.log)
    failpoint('reap:killed')
    job = (await recoverJob(backend, job, deps)) ?? (await backend.jobs.read(entry.jobId))
  }
  await placeEntry(backend, worker, entry, job)
  failpoint('reap:settled')
}

/** Kills the processes that the dead worker started for this claim. */
async function killOrphanedProcesses(backend: Backend, job: JobIn<'processing'>, log: Log): Promise<void> {
  for (const event of await backend.events.read(job.job_id, job.epoch)) {
    if (event.type !== 'spawn') continue
    const hasExited = await killOrphans(event.pid, event.pidStart, ORPHAN_KILL_MS)
    if (!hasExited) log.warn({ job_id: job.job_id, pid: event.pid }, 'a leftover process does not exit')
  }
}

/**
 * Record that a job's worker died: the job is queued again, has failed after `MAX_STALLS`, or is cancelled if that was requested.
 *
 * @returns The new record; `undefined` when another process wrote one first.
 */
export async function recoverJob(
  backend: Backend,
  job: JobIn<'processing'>,
  { clock, log, onMetricEvent = () => undefined, workFolders }: ReapDeps,
): Promise<JobIn<'queued' | 'failed'> | undefined> {
  const next = (await backend.cancels.isMarked(job))
    ? cancelProcessing(job, cancelled(), clock())
    : afterDeath(job, clock())
  const written = await backend.jobs.update(job, next)
  if (written === undefined) return undefined
  failpoint('reap:recorded')
  if (written.stalls > job.stalls) onMetricEvent({ type: 'stalled' })
  if (isIn(written, 'failed')) {
    const ms = Math.max(0, clock() - Date.parse(job.started_at))
    onMetricEvent({ type: 'ended', status: 'failed', code: written.error_code, ms })
  }
  log.warn(
    { job_id: job.job_id, epoch: job.epoch, stalls: written.stalls, status: written.status },
    "the job's worker died",
  )
  await appendEnd(backend, job.job_id, job.epoch, written, clock())
  if (isIn(written, 'failed')) await indexEndedJob(backend, written)
  await workFolders?.remove(job.job_id, job.epoch)
  return written
}

/** Append the last events of a claim's log. */
async function appendEnd(backend: Backend, jobId: string, epoch: number, job: Job, now: number): Promise<void> {
  const events = backend.events.open(jobId, epoch)
  for (const last of lastEventsOf(job, now, true)) await events.append(last)
  await events.close()
}

/** The next state of a job whose worker died. */
export function afterDeath(job: JobIn<'processing'>, now: number): JobIn<'queued' | 'failed'> {
  if (job.stalls + 1 < MAX_STALLS) return requeueDead(job)
  const error = new WorkerDiedRepeatedly(`The worker of this job died ${MAX_STALLS} times.`)
  return orRerun(job, failDead(job, error.toJSON(), now))
}
