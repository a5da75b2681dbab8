/**
 * Repairs the indexes of a storage from its records: every unfinished job must have an entry in the queue, every finished job one
 * in the index. Cheap when nothing is wrong, and safe to run concurrently and to interrupt.
 */

import { forLog, type Log } from '#base/log.ts'
import { type Backend, entryOf, notBeforeOf, type Suspect } from './backend.ts'
import { isOfOneRecord } from './errors.ts'
import { indexEndedJob } from './index-ended-job.ts'
import type { Job } from './job.ts'
import type { OnMetricEvent } from './metric-events.ts'
import { type ReapDeps, reapDead, recoverJob } from './reap.ts'
import { pause } from './wakeup.ts'

export interface FsckReport {
  /** Jobs there are. */
  jobs: number
  /** Records that were read. */
  checked: number
  /** Jobs whose entry or place was missing. */
  repaired: number
  /** Records that this program cannot read: of a newer version, or not its to read. */
  unreadable: number
  /** Jobs taken over from dead workers. */
  reaped: number
  /** From the spool's root, with the reason; the files lie in `corrupt/`. */
  quarantined: { file: string; reason: string }[]
  /** Leftovers that were removed. */
  swept: number
}

/** A start waits this long for its check; with very many jobs the rest of it goes on beside the work. */
const START_MS = 1_500

/**
 * The check of a program that starts.
 *
 * @throws What `reconcile` throws, if it does so in time; later it is told in the log, and the next check tries again.
 */
export async function reconcileAtStart(
  backend: Backend,
  log: Log,
  clock: () => number,
  onMetricEvent?: OnMetricEvent,
): Promise<void> {
  const rest = new AbortController()
  const check = reconcile(backend, 'suspects', log, clock, onMetricEvent).finally(() => rest.abort())
  await Promise.race([check, pause(START_MS, rest.signal)])
  check.catch((error) => log.warn(forLog(error), 'the spool could not be checked'))
}

/**
 * @param scope - `suspects` reads only records whose names do not fit; `all` reads every one.
 */
export async function reconcile(
  backend: Backend,
  scope: 'suspects' | 'all',
  log: Log,
  clock: () => number,
  onMetricEvent?: OnMetricEvent,
): Promise<FsckReport> {
  await backend.prepare()
  const deps = { log, clock, onMetricEvent }
  const reaped = await reapDead(backend, deps)
  const { jobs, suspects, quarantined, swept } = await backend.audit(scope)
  const report: FsckReport = { jobs, checked: suspects.length, repaired: 0, unreadable: 0, reaped, quarantined, swept }
  for (const suspect of suspects) {
    try {
      await check(suspect)
    } catch (error) {
      if (!isOfOneRecord(error)) throw error
      log.warn({ ...forLog(error), job_id: suspect.jobId }, 'a record cannot be read; it is left as it is')
      report.unreadable += 1
    }
  }
  return report

  async function check(suspect: Suspect): Promise<void> {
    const job = await backend.jobs.read(suspect.jobId)
    if (job === undefined) {
      for (const place of suspect.places) await place.remove()
      if (await backend.clear(suspect.jobId)) report.swept += 1
    } else if (await repairJob(backend, job, suspect, deps)) report.repaired += 1
  }
}

/** @returns Whether something was wrong. */
async function repairJob(backend: Backend, job: Job, { places }: Suspect, deps: ReapDeps): Promise<boolean> {
  await backend.catalog.note(job)
  const entry = entryOf(job)
  const isCurrent = (place: { submittedMs: number }): boolean => place.submittedMs === entry.submittedMs
  const outdated = places.filter((place) => !isCurrent(place))
  for (const place of outdated) await place.remove()
  const kinds = new Set(places.filter(isCurrent).map((place) => place.kind))

  if (job.status === 'completed' || job.status === 'failed') {
    // A waiting entry of this submission is dropped by whoever claims it; removing it is only tidier.
    for (const place of places) if (isCurrent(place) && place.kind === 'waiting') await place.remove()
    await indexEndedJob(backend, job)
    return outdated.length > 0 || kinds.size !== 1 || !kinds.has('ended')
  }
  // Of a record that was put aside.
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
