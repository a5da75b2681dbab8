/** `docspool fsck`: a full check of a spool that reads every record. At startup, programs run a quicker check (`reconcileAtStart`). */

import type { Log } from '#base/log.ts'
import { toSpoolError } from './errors.ts'
import { LEASE_MS } from './lease.ts'
import { type FsckReport, reconcile } from './reconcile.ts'
import { openSpool } from './spool/open-spool.ts'
import { SpoolPaths } from './spool/paths.ts'
import { bringBack } from './spool/restore-quarantined.ts'

export interface SpoolReport extends FsckReport {
  /** Number of files that were restored from `corrupt/`. */
  broughtBack: number
  /** Files that were moved to `corrupt/`, by their former paths relative to the spool's root. */
  quarantined: { file: string; reason: string }[]
}

/**
 * Check and repair a spool, and restore files from `corrupt/` that this version can read. Safe while others use the spool.
 *
 * @param spoolDir - Absolute.
 * @throws What `openRoot` throws.
 */
export async function fsck(spoolDir: string, deps: { log: Log; clock(): number }): Promise<SpoolReport> {
  const quarantined: SpoolReport['quarantined'] = []
  const onQuarantined = (item: SpoolReport['quarantined'][number]): unknown => quarantined.push(item)
  const backend = await openSpool(spoolDir, { ...deps, leaseMs: LEASE_MS, expect: true, onQuarantined })
  try {
    const broughtBack = await bringBack(new SpoolPaths(spoolDir), deps.log)
    const report = await reconcile(backend, 'all', deps.log, deps.clock)
    return { ...report, broughtBack, quarantined }
  } catch (error) {
    throw toSpoolError(error)
  } finally {
    await backend.close()
  }
}
