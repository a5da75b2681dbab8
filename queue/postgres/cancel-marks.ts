/** Requests to cancel running jobs. */

import type { Database } from '#database/database.ts'
import type { CancelMarks } from '#queue/backend.ts'
import type { Hints } from './hints.ts'

export function createCancelMarks({ run }: Database, hints: Hints): CancelMarks {
  return {
    async mark(job) {
      await run(
        `INSERT INTO docspool.cancels (job_id, submitted_at) VALUES ($1, $2)
         ON CONFLICT (job_id) DO UPDATE SET submitted_at = excluded.submitted_at`,
        [job.job_id, job.submitted_at],
      )
      hints.send(job.job_id)
    },
    async isMarked(job) {
      const { rows } = await run('SELECT FROM docspool.cancels WHERE job_id = $1 AND submitted_at = $2', [
        job.job_id,
        job.submitted_at,
      ])
      return rows.length > 0
    },
    async clear(jobId) {
      await run('DELETE FROM docspool.cancels WHERE job_id = $1', [jobId])
    },
  }
}
