/**
 * Runs jobs of a queue in a database: the worker publishes into the folder of this machine as usual, and the set is copied
 * into the database before the job ends, with the results of single steps. So the worker, which reads what strangers wrote,
 * never has the database's password.
 */

import { toSpoolError } from '#queue/errors.ts'
import type { ClaimedJob, Run } from '#queue/runner.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'
import type { CachedSteps } from '#store/postgres/cached-steps.ts'

/** Neighbours that are asked for: the first one may have been removed. */
const MAX_ASKED = 3

/** Have one of them here, so that the new set can be stored beside it. */
async function holdNeighbour({ neighbours = [] }: ClaimedJob, sets: Pick<CachedSets, 'hold'>): Promise<void> {
  for (const key of neighbours.slice(0, MAX_ASKED)) if (await sets.hold(key)) return
}

export function withSharedSets(run: Run, sets: Pick<CachedSets, 'hold' | 'share'>, steps: CachedSteps): Run {
  return async (job, context) => {
    try {
      // Lets the worker find that nothing has changed.
      if (job.previous !== null && !job.force) await sets.hold(job.previous.docsKey)
      await holdNeighbour(job, sets)
      // A forced run uses no results of earlier ones.
      if (!job.force) await steps.hold(job.repoUrl)
      const result = await run(job, context)
      await Promise.all([sets.share(result.docsKey), job.force ? undefined : steps.share(job.repoUrl)])
      return result
    } catch (error) {
      throw toSpoolError(error)
    }
  }
}
