/** `docspool gc`: runs retention completely, instead of in small steps. */

import { readWantedCommits } from './follows/kept-jobs.ts'
import { type StoragePlace, withStorage } from './open-storage.ts'
import { type FsckReport, reconcile } from './reconcile.ts'
import { createJobRetention, type RetentionDeps, type TidyCaches, type TidySets } from './retention.ts'
import { readReferences } from './set-references.ts'

export interface GcReport {
  /** Ids of the removed jobs. */
  removed: string[]
  /** Number of outdated marks of expired jobs that were removed. */
  marks: number
  /** The result of the check of the spool; `undefined` in a dry run. */
  check: FsckReport | undefined
}

/**
 * Remove everything that has expired. Safe while others use the spool.
 *
 * @param tidyCaches - Called once.
 * @param tidySets - Called before jobs are removed, and again if some were; in a dry run, only once, at the end.
 * @throws The errors of `openStorage`.
 */
export async function collectGarbage(
  place: StoragePlace,
  deps: RetentionDeps,
  { tidySets, tidyCaches }: { tidySets: TidySets; tidyCaches: TidyCaches },
): Promise<GcReport> {
  const { log, clock, isDry = false } = deps
  return await withStorage(place, { log, clock, isReading: isDry }, async (backend) => {
    // Missing index entries are restored first, because the references of all jobs must be known.
    const check = isDry ? undefined : await reconcile(backend, 'suspects', log, clock)
    // Called first because, on a full disk, it frees the space that removing jobs needs.
    if (!isDry) await tidySets((repoUrl) => readReferences(backend, repoUrl))
    await tidyCaches((followId) => readWantedCommits(backend, followId))
    const retention = createJobRetention(backend, deps)
    const removed = new Set<string>()
    let isEnd = false
    while (!isEnd) {
      const some = await retention.removeSome()
      for (const jobId of some.removed) removed.add(jobId)
      isEnd = some.isEnd
    }
    let marks = 0
    for (let isSwept = false; !isSwept; ) {
      const some = await retention.sweepMarks()
      marks += some.swept
      isSwept = some.isEnd
    }
    if (isDry || removed.size > 0) {
      await tidySets((repoUrl) => readReferences(backend, repoUrl, isDry ? removed : undefined))
    }
    return { removed: [...removed], marks, check }
  })
}
