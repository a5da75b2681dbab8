/** Counts the unfinished jobs of each client over all servers. A job whose submission is under way counts for a while. */

import { createHash } from 'node:crypto'
import type { Database, Query } from '#database/database.ts'
import type { ClientJobs } from '#http/limits/job-quota.ts'

/** A submission takes less. */
const SUBMITTING = `interval '1 minute'`

/** The job of a row has not finished. The index of open jobs has those that are not indexed as finished. */
const IS_OPEN = `EXISTS (SELECT FROM docspool.jobs
  WHERE jobs.job_id = client_jobs.job_id AND NOT is_indexed AND status IN ('queued', 'processing'))`
/** The job of a row is being submitted. */
const IS_NEW = `taken_at > now() - ${SUBMITTING}
  AND NOT EXISTS (SELECT FROM docspool.jobs WHERE jobs.job_id = client_jobs.job_id AND status <> 'removed')`

export interface SharedJobQuota extends ClientJobs {
  /** Remove rows that do not count any more. @returns How many. */
  sweep(): Promise<number>
}

export function createSharedJobQuota({ run, transaction }: Database, mostPerClient: number): SharedJobQuota {
  async function take(query: Query, client: Buffer, jobId: string): Promise<'counted' | 'known' | 'too many'> {
    await query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`jobs of ${client.toString('hex')}`])
    await query(`DELETE FROM docspool.client_jobs WHERE client = $1 AND NOT (${IS_NEW}) AND NOT ${IS_OPEN}`, [client])
    const [row] = await query<{ jobs: number; known: boolean | null }>(
      'SELECT count(*) AS jobs, bool_or(job_id = $2) AS known FROM docspool.client_jobs WHERE client = $1',
      [client, jobId],
    )
    const { jobs, known } = row ?? { jobs: 0, known: false }
    if (known === true) return 'known'
    if (jobs < mostPerClient) {
      await query('INSERT INTO docspool.client_jobs (client, job_id) VALUES ($1, $2)', [client, jobId])
      return 'counted'
    }
    // To join a job costs nothing.
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
        // If it fails, the row counts for a minute.
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
