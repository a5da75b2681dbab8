/**
 * Repairs the indexes of a storage from its records: every unfinished job must have an entry in the queue, and every finished job
 * one in the index. Cheap when nothing is wrong, and safe to run concurrently and to interrupt.
 */

import { isErrno } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import { type Backend, entryOf, notBeforeOf, type Suspect } from './backend.ts'
import { repairFollows } from './follows/repair-follows.ts'
import { indexEndedJob } from './index-ended-job.ts'
import { isIn, type Job, type JobIn } from './job.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { type ReapDeps, reapDead, recoverJob } from './reap.ts'
import { DENIED } from './spool/foreign-files.ts'
import { isOfOneRecord } from './unreadable-records.ts'
import { sleep } from './wakeup.ts'

export interface FsckReport {
  /** Number of jobs in the storage. */
  jobs: number
  /** Number of followed repositories. */
  follows: number
  /** Number of records of jobs that were read. */
  checked: number
  /** Number of jobs with missing or outdated index entries, and of follows whose scheduled check was missing or superfluous. */
  repaired: number
  /** Number of records that cannot be read: written by a newer version, or permission denied. */
  unreadable: number
  /** Number of jobs taken over from dead workers. */
  reaped: number
  /** Number of stale files, folders and keys that were removed. */
  swept: number
}

/** How long startup waits for its check; with very many jobs, the check continues in the background. */
const START_MS = 1_500

/** Checks the storage at startup; resolves after at most 1.5 seconds. An error is logged, and the next check tries again. */
export async function reconcileAtStart(
  backend: Backend,
  log: Log,
  clock: () => number,
  onMetricEvent?: OnMetricEvent,
): Promise<void> {
  const rest = new AbortController()
  const check = reconcile(backend, 'suspects', log, clock, { onMetricEvent }).finally(() => rest.abort())
  await Promise.race([check, sleep(START_MS, rest.signal)])
  check.catch((error) => log.warn(forLog(error), 'the spool could not be checked'))
}

/**
 * Find and repair wrong index entries, and take over the jobs of dead workers.
 *
 * @param scope - `suspects` reads only the records of jobs whose index entries look wrong; `all` reads every record.
 * @param onJob - Called with each job that was read.
 */
export async function reconcile(
  backend: Backend,
  scope: 'suspects' | 'all',
  log: Log,
  clock: () => number,
  { onMetricEvent, onJob }: { onMetricEvent?: OnMetricEvent | undefined; onJob?(job: Job): Promise<void> } = {},
): Promise<FsckReport> {
  await backend.prepare()
  const deps = { log, clock, onMetricEvent }
  const reaped = await reapDead(backend, deps)
  const { jobs, suspects, swept } = await backend.audit(scope)
  const { follows, repaired, unreadable } = await repairFollows(backend, clock)
  const report: FsckReport = {
    jobs,
    follows,
    checked: suspects.length,
    repaired,
    unreadable,
    reaped,
    swept,
  }
  for (const suspect of suspects) {
    try {
      await check(suspect)
    } catch (error) {
      if (!isOfOneRecord(error)) throw error
      const job_id = suspect.jobId
      if (isErrno(error, 'EACCES', 'EPERM')) log.warn({ job_id, file: error.path }, DENIED)
      else log.warn({ ...forLog(error), job_id }, 'a record cannot be read; it is left as it is')
      report.unreadable += 1
      report.checked -= 1
    }
  }
  return report

  async function check(suspect: Suspect): Promise<void> {
    const job = await backend.jobs.read(suspect.jobId)
    if (job === undefined) {
      for (const place of suspect.places) await place.remove()
      if (await backend.clear(suspect.jobId)) report.swept += 1
    } else {
      if (await repairJob(backend, job, suspect, deps)) report.repaired += 1
      if (isIn(job, 'completed', 'failed')) await unindexIfGone(backend, job)
      await onJob?.(job)
    }
  }
}

/**
 * Remove the index entries that `repairJob` has just added for a job that was removed or submitted again in the meantime.
 * `removeEnded` either removed them already or will find them.
 */
async function unindexIfGone(backend: Backend, job: JobIn<'completed' | 'failed'>): Promise<void> {
  const now = await backend.jobs.read(job.job_id)
  if (now?.submitted_at === job.submitted_at) return
  await backend.catalog.removeEnded(job)
  if (now === undefined) await backend.catalog.forget(job)
}

/** Repair the index entries of a job. @returns Whether something was wrong. */
async function repairJob(backend: Backend, job: Job, { places }: Suspect, deps: ReapDeps): Promise<boolean> {
  await backend.catalog.note(job)
  const entry = entryOf(job)
  const isCurrent = (place: { submittedMs: number }): boolean => place.submittedMs === entry.submittedMs
  const outdated = places.filter((place) => !isCurrent(place))
  for (const place of outdated) await place.remove()
  const kinds = new Set(places.filter(isCurrent).map((place) => place.kind))

  if (job.status === 'completed' || job.status === 'failed') {
    // Only cleanup: a worker that claims a waiting entry of this submission would drop it.
    for (const place of places) if (isCurrent(place) && place.kind === 'waiting') await place.remove()
    await indexEndedJob(backend, job)
    return outdated.length > 0 || kinds.size !== 1 || !kinds.has('ended')
  }
  // An `ended` entry belongs to a newer revision that was quarantined.
  for (const place of places) if (isCurrent(place) && place.kind === 'ended') await place.remove()
  if (job.status === 'queued') {
    if (kinds.has('waiting') || kinds.has('held')) return outdated.length > 0
    await backend.work.push(entry, notBeforeOf(job))
    return true
  }
  if (!(await backend.workers.isRegistered(job.worker))) {
    const next = await recoverJob(backend, job, deps)
    if (next?.status === 'queued') await backend.work.push(entryOf(next), notBeforeOf(next))
    return true
  }
  if (kinds.has('held')) return outdated.length > 0
  await backend.work.hold(job.worker, entry)
  return true
}
