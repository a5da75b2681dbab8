/** Pending webhook deliveries. A delivery is claimed by moving it to a later time, which only one process can do. */

import { randomUUID } from 'node:crypto'
import type { Database } from '#database/database.ts'
import type { Outbox, OutboxItem } from '#queue/backend.ts'

/** Limit on due deliveries that are listed; it exceeds the number of simultaneous attempts. */
const MAX_DUE = 500

interface OutboxRow {
  job_id: string
  callback_id: string
  lane: string
  due_ms: number
}

const IS_THIS_ITEM = 'callback_id = $1 AND job_id = $2 AND due_ms = $3'

export function createOutbox({ run }: Database): Outbox {
  return {
    async add({ jobId, callbackId, lane }, dueMs) {
      await run(
        `INSERT INTO docspool.outbox (callback_id, job_id, lane, due_ms) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
        [callbackId, jobId, lane, Math.trunc(dueMs)],
      )
    },

    async listDue(now) {
      const { rows } = await run<OutboxRow>(
        `SELECT job_id, callback_id, lane, due_ms FROM docspool.outbox WHERE due_ms <= $1
         ORDER BY due_ms, callback_id LIMIT ${MAX_DUE}`,
        [Math.trunc(now)],
      )
      return rows.map(
        ({ job_id, callback_id, lane, due_ms }): OutboxItem => ({
          jobId: job_id,
          callbackId: callback_id,
          lane,
          dueMs: due_ms,
        }),
      )
    },

    async move(item, dueMs) {
      const token = randomUUID()
      const moved = { ...item, dueMs: Math.trunc(dueMs) }
      const { rows, isRepeated } = await run(
        `UPDATE docspool.outbox SET due_ms = $4, token = $5 WHERE ${IS_THIS_ITEM} RETURNING callback_id`,
        [item.callbackId, item.jobId, item.dueMs, moved.dueMs, token],
      )
      if (rows.length > 0) return moved
      if (!isRepeated) return undefined
      const mine = await run('SELECT FROM docspool.outbox WHERE callback_id = $1 AND job_id = $2 AND token = $3', [
        item.callbackId,
        item.jobId,
        token,
      ])
      return mine.rows.length > 0 ? moved : undefined
    },

    async drop({ callbackId, jobId, dueMs }) {
      await run(`DELETE FROM docspool.outbox WHERE ${IS_THIS_ITEM}`, [callbackId, jobId, dueMs])
    },
  }
}
