/** Finds jobs to delete because of their age, and records those that were deleted. */

import type { Database } from '#database/database.ts'
import type { Expiry } from '#queue/backend.ts'

/** The maximum number of marks deleted by one statement. */
const SWEEP_SIZE = 5_000

interface PlaceRow {
  job_id: string
  submitted_ms: number
}

export function createExpiry({ run }: Database, clock: () => number): Expiry {
  return {
    async oldestEnded({ beforeMs, after, limit }) {
      const part = (status: string): string =>
        `(SELECT job_id, submitted_ms FROM docspool.jobs
          WHERE is_indexed AND status = '${status}' AND submitted_ms < $1 AND (submitted_ms, job_id) > ($2, $3)
          ORDER BY submitted_ms, job_id LIMIT $4)`
      const { rows } = await run<PlaceRow>(
        `SELECT job_id, submitted_ms FROM (${part('completed')} UNION ALL ${part('failed')}) AS places
         ORDER BY submitted_ms, job_id LIMIT $4`,
        [Math.trunc(beforeMs), after?.submittedMs ?? -1, after?.jobId ?? '', limit],
      )
      return rows.map(({ job_id, submitted_ms }) => ({ jobId: job_id, submittedMs: submitted_ms }))
    },

    async removeEmptyDays() {},

    async mark(jobId) {
      await run(
        `INSERT INTO docspool.expired (job_id, at_ms) VALUES ($1, $2)
         ON CONFLICT (job_id) DO UPDATE SET at_ms = excluded.at_ms`,
        [jobId, Math.trunc(clock())],
      )
    },

    async isMarked(jobId) {
      return (await run('SELECT FROM docspool.expired WHERE job_id = $1', [jobId])).rows.length > 0
    },

    async unmark(jobId) {
      await run('DELETE FROM docspool.expired WHERE job_id = $1', [jobId])
    },

    async sweepMarks({ beforeMs, isDry }) {
      const old = `SELECT job_id FROM docspool.expired WHERE at_ms < $1`
      const { rows } = isDry
        ? await run(old, [Math.trunc(beforeMs)])
        : await run(
            `DELETE FROM docspool.expired WHERE job_id = ANY (ARRAY(${old} LIMIT ${SWEEP_SIZE})) RETURNING job_id`,
            [Math.trunc(beforeMs)],
          )
      return { swept: rows.length, isEnd: isDry || rows.length < SWEEP_SIZE }
    },

    async jobsOf(repoUrl) {
      const { rows } = await run<{ job_id: string }>(
        `SELECT job_id FROM docspool.jobs WHERE repo_url = $1 AND status <> 'removed'`,
        [repoUrl],
      )
      return rows.map(({ job_id }) => job_id)
    },
  }
}
