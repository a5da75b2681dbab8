/** Counts the unfinished jobs of each client across all servers. A job counts from the start of its submission. */

import { createHash } from 'node:crypto'
import type { Query } from '#database/client-pool.ts'
import type { Database } from '#database/database.ts'
import type { ClientJobs } from '#http/limits/job-quota.ts'

/** A submission takes less time; one that takes longer is assumed to have failed. */
const SUBMITTING = `interval '1 minute'`

/** Whether the job of a row has not finished. `NOT is_indexed` allows the partial index of open jobs to be used. */
const IS_OPEN = `EXISTS (SELECT FROM docspool.jobs
  WHERE jobs.job_id = client_jobs.job_id AND NOT is_indexed AND status IN ('queued', 'processing'))`
/** Whether the job of a row is being submitted. */
const IS_NEW = `taken_at > now() - ${SUBMITTING}
  AND NOT EXISTS (SELECT FROM docspool.jobs WHERE jobs.job_id = client_jobs.job_id AND status <> 'removed')`

export interface SharedJobQuota extends ClientJobs {
  /** Remove rows that no longer count. @returns How many. */
  sweep(): Promise<number>
}

export function createSharedJobQuota({ run, transaction }: Database, maxPerClient: number): SharedJobQuota {
  async function take(query: Query, client: Buffer, jobId: string): Promise<'counted' | 'known' | 'too many'> {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`jobs of ${client.toString('hex')}`])
    await query(`DELETE FROM docspool.client_jobs WHERE client = $1 AND NOT (${IS_NEW}) AND NOT ${IS_OPEN}`, [client])
    const [row] = await query<{ jobs: number; known: boolean | null }>(
      'SELECT count(*) AS jobs, bool_or(job_id = $2) AS known FROM docspool.client_jobs WHERE client = $1',
      [client, jobId],
    )
    const { jobs, known } = row ?? { jobs: 0, known: false }
    if (known === true) return 'known'
    if (jobs < maxPerClient) {
      await query('INSERT INTO docspool.client_jobs (client, job_id) VALUES ($1, $2)', [client, jobId])
      return 'counted'
    }
    // Joining an unfinished job does not count.
    const open = await query(`SELECT FROM docspool.jobs WHERE job_id = $1 AND status IN ('queued', 'processing')`, [
      jobId,
    ])
    return open.length > 0 ? 'known' : 'too many'
  }

  return {
    async take(client, jobId) {
      const hash = createHash('sha256').update(client).digest()
      const taken = await transaction((query) => take(query, hash, jobId))
      if (taken === 'too many') return undefined
      if (taken === 'known') return () => undefined
      return () => {
        // If this fails, the row counts for a minute.
        run('DELETE FROM docspool.client_jobs WHERE client = $1 AND job_id = $2', [hash, jobId]).catch(() => undefined)
      }
    },

    async sweep() {
      const { rows } = await run(
        `DELETE FROM docspool.client_jobs WHERE taken_at < now() - ${SUBMITTING} AND NOT ${IS_OPEN} RETURNING job_id`,
      )
      return rows.length
    },
  }
}
