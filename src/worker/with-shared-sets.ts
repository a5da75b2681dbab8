/**
 * Runs jobs of a queue in a database: the worker publishes into the folder of this machine, as ever, and the set is copied
 * into the database before the job ends. So the worker, which reads what strangers wrote, never has the database's password.
 */

import type { Run } from '#queue/contract.ts'
import { toSpoolError } from '#queue/errors.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'

export function withSharedSets(run: Run, sets: Pick<CachedSets, 'hold' | 'share'>): Run {
  return async (job, context) => {
    try {
      // Lets the worker find that nothing has changed.
      if (job.previous !== null && !job.force) await sets.hold(job.previous.docsKey)
      const result = await run(job, context)
      await sets.share(result.docsKey)
      return result
    } catch (error) {
      throw toSpoolError(error)
    }
  }
}
