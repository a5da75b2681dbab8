/** Statistics about the queue. */

import type { Database } from '#database/database.ts'
import type { QueueStats, Workers } from '#queue/backend.ts'

export function createQueueStats({ run }: Database, workers: Pick<Workers, 'listLive'>): QueueStats {
  return {
    async oldestWaiting() {
      const { rows } = await run<{ oldest: number | null }>(
        `SELECT min(submitted_ms) AS oldest FROM docspool.entries WHERE kind IN ('ready', 'delayed')`,
      )
      return rows[0]?.oldest ?? undefined
    },

    async countWorkers() {
      return (await workers.listLive()).filter(({ role }) => role === undefined).length
    },

    /** Converts the age of the last heartbeat, measured by the database's clock, to a time by this machine's clock. */
    async lastBeat() {
      const { rows } = await run<{ age_ms: number | null }>(
        `SELECT (extract(epoch FROM clock_timestamp() - max(beat)) * 1000)::bigint AS age_ms FROM docspool.workers
         WHERE strpos(info, '"role":') = 0`,
      )
      const age = rows[0]?.age_ms
      return age == null ? undefined : Date.now() - Math.max(0, age)
    },
  }
}
