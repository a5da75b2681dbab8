/** Statistics about the queue. */

import type { Database } from '#database/database.ts'
import type { QueueStats, Workers } from '#queue/backend.ts'

export function createQueueStats({ run }: Database, workers: Pick<Workers, 'listDead'>, leaseMs: number): QueueStats {
  return {
    async oldestWaiting() {
      const { rows } = await run<{ oldest: number | null }>(
        `SELECT min(submitted_ms) AS oldest FROM docspool.entries WHERE kind IN ('ready', 'delayed')`,
      )
      return rows[0]?.oldest ?? undefined
    },

    async countWorkers() {
      const dead = await workers.listDead()
      const { rows } = await run<{ workers: number }>(
        `SELECT count(*) AS workers FROM docspool.workers
         WHERE worker <> ALL ($1) AND beat > clock_timestamp() - $2 * interval '1 millisecond'`,
        [dead.map(({ worker }) => worker), leaseMs],
      )
      return rows[0]?.workers ?? 0
    },

    /** Converts the age of the last heartbeat by the database's clock to a time by this machine's clock. */
    async lastBeat() {
      const { rows } = await run<{ age_ms: number | null }>(
        `SELECT (extract(epoch FROM clock_timestamp() - max(beat)) * 1000)::bigint AS age_ms FROM docspool.workers`,
      )
      const age = rows[0]?.age_ms
      return age == null ? undefined : Date.now() - Math.max(0, age)
    },
  }
}
