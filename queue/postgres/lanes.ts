/** Slots of lanes, shared by all supervisors of the database. The slots of a worker are removed when it is unregistered. */

import type { Database } from '#database/database.ts'
import type { LaneSlots } from '#queue/backend.ts'
import type { Hints } from './hints.ts'

/** Takes the first free slot unless the job already has one. If two workers choose the same slot, one of them tries again. */
const TAKE = `
  INSERT INTO docspool.lanes (lane, slot, job_id, worker)
  SELECT $1, slots.slot, $3, worker FROM generate_series(1, $2::int) AS slots (slot), docspool.workers
  WHERE worker = $4
    AND NOT EXISTS (SELECT FROM docspool.lanes WHERE lane = $1 AND lanes.slot = slots.slot)
    AND NOT EXISTS (SELECT FROM docspool.lanes WHERE worker = $4 AND job_id = $3)
  ORDER BY slots.slot LIMIT 1
  ON CONFLICT DO NOTHING`

export function createLaneSlots({ run }: Database, hints: Hints): LaneSlots {
  return {
    async take({ worker, jobId, lane, width }) {
      for (let tries = 0; tries <= width; tries++) {
        await run(TAKE, [lane, width, jobId, worker])
        const { rows } = await run<{ taken: number; mine: boolean | null }>(
          `SELECT count(*) AS taken, bool_or(worker = $2 AND job_id = $3) AS mine FROM docspool.lanes WHERE lane = $1`,
          [lane, worker, jobId],
        )
        const [{ taken, mine } = { taken: 0, mine: false }] = rows
        if (mine === true) return true
        if (taken >= width) return false
      }
      return false
    },

    async leave(worker, jobId) {
      await run('DELETE FROM docspool.lanes WHERE worker = $1 AND job_id = $2', [worker, jobId])
      // Another supervisor may be waiting for the lane.
      hints.send('queue')
    },

    async listFull(width) {
      const { rows } = await run<{ lane: string }>(
        'SELECT lane FROM docspool.lanes GROUP BY lane HAVING count(*) >= $1',
        [width],
      )
      return new Set(rows.map(({ lane }) => lane))
    },
  }
}
