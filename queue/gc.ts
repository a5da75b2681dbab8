/** All that retention does bit by bit, now and to the end. */

import { MARK_PARTS } from './backend.ts'
import { toSpoolError } from './errors.ts'
import { LEASE_MS } from './lease.ts'
import { type FsckReport, reconcile } from './reconcile.ts'
import { createJobRetention, type RetentionDeps, readReferences, type TidySets } from './retention.ts'
import { openSpool } from './spool/open.ts'

export interface GcReport {
  /** Ids of the jobs that went. */
  removed: string[]
  /** Marks of such jobs that were forgotten. */
  marks: number
  /** What the check of the spool did; `undefined` when nothing was to be changed. */
  check: FsckReport | undefined
}

/**
 * Remove all that is due; others may work with the spool meanwhile.
 *
 * @param spoolDir - Absolute.
 * @param tidySets - Called before the jobs go, and again when some are gone; in a dry run only then.
 * @throws What `openRoot` throws.
 */
export async function collectGarbage(spoolDir: string, deps: RetentionDeps, tidySets: TidySets): Promise<GcReport> {
  const { log, clock, isDry = false } = deps
  const backend = await openSpool(spoolDir, { log, clock, leaseMs: LEASE_MS, expect: true, isReading: isDry })
  try {
    // Notes of jobs that are missing come back first: what jobs refer to must be known in full.
    const check = isDry ? undefined : await reconcile(backend, 'suspects', log, clock)
    // On a full disk this makes the room that the removal of jobs needs.
    if (!isDry) await tidySets((repoUrl) => readReferences(backend, repoUrl))
    const retention = createJobRetention(backend, deps)
    const removed = new Set<string>()
    let isEnd = false
    while (!isEnd) {
      const some = await retention.removeSome()
      for (const jobId of some.removed) removed.add(jobId)
      isEnd = some.isEnd
    }
    let marks = 0
    for (let part = 0; part < MARK_PARTS; part++) marks += await retention.sweepMarks()
    if (isDry || removed.size > 0) {
      await tidySets((repoUrl) => readReferences(backend, repoUrl, isDry ? removed : undefined))
    }
    return { removed: [...removed], marks, check }
  } catch (error) {
    throw toSpoolError(error)
  } finally {
    await backend.close()
  }
}
