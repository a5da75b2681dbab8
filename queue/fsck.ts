/** `docspool fsck`: a full check of the queue that reads every record. At startup, programs run a quicker check (`reconcileAtStart`). */

import type { Log } from '#base/log.ts'
import { toSpoolError } from './errors.ts'
import { LEASE_MS } from './lease.ts'
import { openStorage, type StoragePlace } from './open-storage.ts'
import { type FsckReport, reconcile } from './reconcile.ts'
import { SpoolPaths } from './spool/paths.ts'
import { bringBack } from './spool/restore-quarantined.ts'

export interface SpoolReport extends FsckReport {
  /** Number of files that were restored from `corrupt/`. */
  broughtBack: number
  /** Number of dead workers that still hold jobs. */
  notTakenOver: number
  /** Files that were moved to `corrupt/`, by their former paths relative to the spool's root. */
  quarantined: { file: string; reason: string }[]
}

/**
 * Check and repair a queue, and in a spool restore files from `corrupt/` that this version can read. Safe while others use it.
 *
 * @throws The errors of `openStorage`.
 */
export async function fsck(place: StoragePlace, deps: { log: Log; clock(): number }): Promise<SpoolReport> {
  const quarantined: SpoolReport['quarantined'] = []
  const onQuarantined = (item: SpoolReport['quarantined'][number]): unknown => quarantined.push(item)
  const backend = await openStorage(place, { ...deps, leaseMs: LEASE_MS, expect: true, onQuarantined })
  try {
    const broughtBack = typeof place === 'string' ? await bringBack(new SpoolPaths(place), deps.log) : 0
    const report = await reconcile(backend, 'all', deps.log, deps.clock)
    const notTakenOver = (await backend.workers.listDead()).length
    return { ...report, broughtBack, notTakenOver, quarantined }
  } catch (error) {
    throw toSpoolError(error)
  } finally {
    await backend.close()
  }
}
