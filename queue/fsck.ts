/** `docspool fsck`: a full check of a spool that reads every record. At startup, programs run a quicker check (`reconcileAtStart`). */

import type { Log } from '#base/log.ts'
import { toSpoolError } from './errors.ts'
import { LEASE_MS } from './lease.ts'
import { type FsckReport, reconcile } from './reconcile.ts'
import { openSpool } from './spool/open-spool.ts'
import { SpoolPaths } from './spool/paths.ts'
import { bringBack } from './spool/restore-quarantined.ts'

/**
 * Check and repair a spool, and restore files from `corrupt/` that this version can read. Safe while others use the spool.
 *
 * @param spoolDir - Absolute.
 * @throws What `openRoot` throws.
 */
export async function fsck(
  spoolDir: string,
  deps: { log: Log; clock(): number },
): Promise<FsckReport & { broughtBack: number; notTakenOver: number }> {
  const unreadable: FsckReport['quarantined'] = []
  const onQuarantined = (item: FsckReport['quarantined'][number]): unknown => unreadable.push(item)
  const backend = await openSpool(spoolDir, { ...deps, leaseMs: LEASE_MS, expect: true, onQuarantined })
  try {
    const broughtBack = await bringBack(new SpoolPaths(spoolDir), deps.log)
    const report = await reconcile(backend, 'all', deps.log, deps.clock)
    const notTakenOver = (await backend.workers.listDead()).length
    return { ...report, broughtBack, notTakenOver, quarantined: [...report.quarantined, ...unreadable] }
  } catch (error) {
    throw toSpoolError(error)
  } finally {
    await backend.close()
  }
}
