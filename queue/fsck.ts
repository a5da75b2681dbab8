/** `docspool fsck`: a full check of the queue that reads every record. At startup, programs run a quicker check (`reconcileAtStart`). */

import type { Log } from '#base/log.ts'
import type { Job, JobIn } from './job.ts'
import { type StoragePlace, withStorage } from './open-storage.ts'
import { type FsckReport, reconcile } from './reconcile.ts'
import { SpoolPaths } from './spool/paths.ts'
import { restoreQuarantined } from './spool/restore-quarantined.ts'

export interface SpoolReport extends FsckReport {
  /** Number of files that were restored from `corrupt/`. */
  restored: number
  /** Number of dead workers that still hold jobs. */
  deadWorkers: number
  /** Number of completed jobs without documents: these have expired, or are missing from a backup. */
  withoutDocs: number
  /** Files that were moved to `corrupt/`, with their original paths relative to the spool's root. */
  quarantined: { file: string; reason: string }[]
}

export interface FsckDeps {
  log: Log
  clock(): number
  hasDocs?(docsKey: string): Promise<boolean>
  onCompleted?(job: JobIn<'completed'>): void
}

/**
 * Check and repair a queue, and in a spool restore files from `corrupt/` that this version can read. Safe while others use it.
 *
 * @param deps.hasDocs - Whether a set of documents exists; without it, the documents are not checked.
 * @param deps.onCompleted - Called with each completed job.
 * @throws The errors of `openStorage`.
 */
export async function fsck(place: StoragePlace, { hasDocs, onCompleted, ...deps }: FsckDeps): Promise<SpoolReport> {
  let withoutDocs = 0
  async function onJob(job: Job): Promise<void> {
    if (job.status !== 'completed') return
    onCompleted?.(job)
    if (hasDocs !== undefined && !(await hasDocs(job.docs_key))) withoutDocs += 1
  }
  const quarantined: SpoolReport['quarantined'] = []
  const onQuarantined = (item: SpoolReport['quarantined'][number]): unknown => quarantined.push(item)
  return await withStorage(place, { ...deps, onQuarantined }, async (backend) => {
    const restored = typeof place === 'string' ? await restoreQuarantined(new SpoolPaths(place), deps.log) : 0
    const report = await reconcile(backend, 'all', deps.log, deps.clock, { onJob })
    const deadWorkers = (await backend.workers.listDead()).length
    return { ...report, restored, deadWorkers, withoutDocs, quarantined }
  })
}
