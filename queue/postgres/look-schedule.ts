/** The schedule of the checks of followed repositories. */

import { randomUUID } from 'node:crypto'
import type { Database } from '#database/database.ts'
import type { FollowDue, FollowSchedule } from '#queue/follows/follow-store.ts'

export function createLookSchedule({ run }: Database): FollowSchedule {
  return {
    async hasten(id, dueMs) {
      await run(
        `INSERT INTO docspool.looks AS known (id, due_ms) VALUES ($1, $2)
         ON CONFLICT (id) DO UPDATE SET due_ms = excluded.due_ms, token = NULL WHERE excluded.due_ms < known.due_ms`,
        [id, Math.trunc(dueMs)],
      )
    },
    async list() {
      const { rows } = await run<{ id: string; due_ms: number }>(
        'SELECT id, due_ms FROM docspool.looks ORDER BY due_ms, id',
      )
      return rows.map(({ id, due_ms }): FollowDue => ({ id, dueMs: due_ms }))
    },
    async move(item, dueMs) {
      const token = randomUUID()
      const moved = { ...item, dueMs: Math.trunc(dueMs) }
      const { rows, isRepeated } = await run(
        'UPDATE docspool.looks SET due_ms = $3, token = $4 WHERE id = $1 AND due_ms = $2 RETURNING id',
        [item.id, Math.trunc(item.dueMs), moved.dueMs, token],
      )
      if (rows.length > 0) return moved
      if (!isRepeated) return undefined
      const mine = await run('SELECT FROM docspool.looks WHERE id = $1 AND token = $2', [item.id, token])
      return mine.rows.length > 0 ? moved : undefined
    },
    async drop({ id, dueMs }) {
      await run('DELETE FROM docspool.looks WHERE id = $1 AND due_ms = $2', [id, Math.trunc(dueMs)])
    },
  }
}
