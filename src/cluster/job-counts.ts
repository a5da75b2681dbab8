/**
 * Stores the counts of supervisors for metrics, one row per supervisor. A new supervisor takes over the row of one that has
 * exited.
 */

import type { Database } from '#database/database.ts'
import type { CountStore } from '#metrics/shared-counts.ts'

/** The row of a supervisor that has not written for this long can be taken over. */
const STALE = `interval '5 minutes'`
/** Maximum number of rows that are read; more supervisors are not expected. */
const MAX_ROWS = 1_000

export function createCountStore({ run }: Database): CountStore {
  return {
    async adopt(owner) {
      await run(
        `UPDATE docspool.job_counts SET owner = $1, beat = clock_timestamp()
         WHERE owner = (SELECT owner FROM docspool.job_counts WHERE beat < now() - ${STALE}
                        ORDER BY beat LIMIT 1 FOR UPDATE SKIP LOCKED)
           AND NOT EXISTS (SELECT FROM docspool.job_counts WHERE owner = $1)`,
        [owner],
      )
      // Selected separately, because an earlier attempt whose connection was lost may already have updated the row.
      const { rows } = await run<{ body: string }>('SELECT body FROM docspool.job_counts WHERE owner = $1', [owner])
      return rows[0]?.body
    },

    async create(owner, body) {
      await run(
        `INSERT INTO docspool.job_counts (owner, body, beat) VALUES ($1, $2, clock_timestamp()) ON CONFLICT DO NOTHING`,
        [owner, body],
      )
    },

    async write(owner, body, { isLast }) {
      const { rows } = await run(
        `UPDATE docspool.job_counts SET body = $2, beat = CASE WHEN $3 THEN '-infinity' ELSE clock_timestamp() END
         WHERE owner = $1 RETURNING owner`,
        [owner, body, isLast],
      )
      return rows.length > 0
    },

    async list() {
      const { rows } = await run<{ body: string }>(`SELECT body FROM docspool.job_counts LIMIT ${MAX_ROWS}`)
      return rows.map(({ body }) => body)
    },
  }
}
