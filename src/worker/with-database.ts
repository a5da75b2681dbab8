/**
 * Runs jobs when sets and spending are in a database. The worker, which processes untrusted input, never has the database's
 * password: its supervisor reads and writes there.
 */

import { answerFromSpend, type SharedSpend } from '#generate/prose/budget/shared-spend.ts'
import type { ClaimedJob, Run } from '#queue/runner.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'
import type { CachedSteps } from '#store/postgres/cached-steps.ts'
import { unlessDamaged } from '#store/set-damaged.ts'

/** How many neighbours are tried: the first one may have been removed. */
const MAX_NEIGHBOURS_TRIED = 3

/** Fetch the first neighbour that still exists, so that the new set can be stored as a delta to it. */
async function holdNeighbour({ neighbours = [] }: ClaimedJob, sets: Pick<CachedSets, 'hold'>): Promise<void> {
  for (const key of neighbours.slice(0, MAX_NEIGHBOURS_TRIED)) if (await holdIfWhole(sets, key)) return
}

/** A set that is damaged in the database counts as missing: the run generates it again. */
const holdIfWhole = async (sets: Pick<CachedSets, 'hold'>, key: string): Promise<boolean> =>
  (await sets.hold(key).catch(unlessDamaged)) ?? false

/**
 * The worker publishes into the folder of this machine as usual, and the supervisor copies the set and the results of individual
 * steps into the database before the job ends.
 */
export function withSharedSets(run: Run, sets: Pick<CachedSets, 'hold' | 'share'>, steps: CachedSteps): Run {
  return async (job, context) => {
    try {
      // The worker needs the previous set to find out that nothing has changed.
      if (job.previous !== null && !job.force) await holdIfWhole(sets, job.previous.docsKey)
      await holdNeighbour(job, sets)
      // A forced run does not use results of earlier runs.
      if (!job.force) await steps.hold(job.repoUrl)
      const result = await run(job, context)
      await Promise.all([sets.share(result.docsKey), job.force ? undefined : steps.share(job.repoUrl)])
      return result
    } catch (error) {
      throw toSpoolError(error)
    }
  }
}

/** Runs jobs whose worker records the cost of models in the database; the supervisor does that on request. */
export function withSharedSpend(run: Run, spend: SharedSpend): Run {
  return (job, context) =>
    run({ ...job, isSpendShared: true }, { ...context, answer: (question) => answerFromSpend(spend, question) })
}
