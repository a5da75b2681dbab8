/** Compares the indexes of the spool and removes stale files. `reconcile` then reads the records. */

import { rm } from 'node:fs/promises'
import path from 'node:path'
import { AppError } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import type { Audit, Suspect, Workers } from '#queue/backend.ts'
import { isOfOneRecord, orUnreadable } from '#queue/unreadable-records.ts'
import { findPlaces, listEntries, readNames } from './check-names.ts'
import { isJobFileName, parseWorkName } from './file-names.ts'
import type { FollowRecords } from './follow-records.ts'
import { sweepKeys } from './idempotency-keys.ts'
import type { SpoolPaths } from './paths.ts'
import { createQuarantine, type Quarantined } from './quarantine.ts'
import type { SpoolStore } from './record-store.ts'
import { sweepTemporary } from './temporary-files.ts'

export interface AuditDeps {
  jobs: SpoolStore
  follows: FollowRecords
  workers: Workers
  log: Log
  clock(): number
  /** Called with files in `work/` and `tmp/` that docspool did not create. They are not removed. */
  reportSkipped(file: string): void
  /** Jobs that are suspects even if their index entries look right. */
  unchecked: readonly string[]
  onQuarantined?: ((item: Quarantined) => void) | undefined
}

export async function audit(paths: SpoolPaths, scope: 'suspects' | 'all', deps: AuditDeps): Promise<Audit> {
  const quarantine = createQuarantine(paths, deps.log, (item) => deps.onQuarantined?.(item))
  const names = await readNames(paths, quarantine)
  const wanted = scope === 'all' ? names.ids() : names.suspects()
  const withoutFolder = new Set(names.withoutFolder())
  const ids = new Set([...wanted, ...deps.unchecked])
  const places = await findPlaces(paths, new Set([...ids, ...withoutFolder]))

  const suspects: Suspect[] = []
  /** Folders without a record, such as those of submissions that were being accepted when a backup was made. */
  let empty = 0
  for (const jobId of ids) {
    suspects.push({ jobId, places: places.get(jobId) ?? [] })
    if (scope === 'all') await inspectFolder(jobId)
  }
  for (const jobId of withoutFolder) {
    for (const { file } of places.get(jobId) ?? []) await quarantine(file, 'the entry of a job that does not exist')
  }

  /**
   * Quarantine unknown files in a job's folder. If its record cannot be read, nothing is moved, because a newer version may use
   * other files.
   */
  async function inspectFolder(jobId: string): Promise<void> {
    const job = await deps.jobs.read(jobId).catch(orUnreadable)
    if (job === 'unreadable') return
    if (job === undefined) empty += 1
    for (const { name } of await listEntries(paths.job(jobId))) {
      if (!isJobFileName(name)) await quarantine(path.join(paths.job(jobId), name), 'not a file of a job')
    }
  }

  /** Remove the work folders of claims that have ended. Other files were not created by docspool and are left. */
  async function sweepWork(): Promise<number> {
    let swept = 0
    for (const entry of await listEntries(paths.work)) {
      const file = path.join(paths.work, entry.name)
      const claim = entry.isDirectory() ? parseWorkName(entry.name) : undefined
      if (claim === undefined) deps.reportSkipped(file)
      else if (!(await mayRun(claim)))
        swept += await rm(file, { recursive: true, force: true }).then(() => 1, noneSwept)
    }
    return swept
  }

  async function sweepFollows(): Promise<number> {
    let swept = 0
    for (const id of await deps.follows.list()) {
      const isGone = await deps.follows.sweep(id, deps.clock()).catch((error) => {
        if (!isOfOneRecord(error)) throw error
        return false
      })
      swept += isGone ? 1 : 0
    }
    return swept
  }

  /** Whether a claim may still be running; true also when its record cannot be read. */
  async function mayRun({ jobId, epoch }: { jobId: string; epoch: number }): Promise<boolean> {
    const job = await deps.jobs.read(jobId).catch(orUnreadable)
    if (job === 'unreadable') return true
    return job?.status === 'processing' && job.epoch === epoch && (await deps.workers.isRegistered(job.worker))
  }

  /** Logs an error of a sweep and continues, because stale files that cannot be removed must not stop the repair. @throws {AppError} */
  function noneSwept(error: unknown): number {
    if (error instanceof AppError) throw error
    deps.log.warn(forLog(error), 'stale files could not be removed; the next check tries again')
    return 0
  }

  const now = deps.clock()
  let swept = 0
  for (const sweep of [
    sweepWork,
    sweepFollows,
    () => sweepKeys(paths, now, quarantine),
    () => sweepTemporary(paths, now, deps.reportSkipped),
  ])
    swept += await sweep().catch(noneSwept)
  return { jobs: names.jobs - empty, suspects, swept }
}
