/**
 * Compares entries with records: with scope `all`, those of every job; otherwise, only those of jobs that have entries or are not
 * indexed, which are few.
 */

import { push } from '#base/multimap.ts'
import type { Database } from '#database/database.ts'
import type { Audit, FoundPlace, Suspect } from '#queue/backend.ts'

interface SuspectRow {
  job_id: string
  is_indexed: boolean
  submitted_ms: number
  status: string | null
  entries: number
  /** 1 if there are entries of an earlier submission. */
  outdated: number
}

interface PlaceRow {
  job_id: string
  submitted_ms: number
  priority: number
  kind: 'ready' | 'delayed' | 'held'
  worker: string
  not_before_ms: number
}

/** A query for jobs with the number of their entries, and for entries without a job. */
const suspectsQuery = (where: string): string => `
  SELECT coalesce(jobs.job_id, found.job_id) AS job_id, coalesce(jobs.is_indexed, false) AS is_indexed,
         coalesce(jobs.submitted_ms, 0) AS submitted_ms, jobs.status, coalesce(found.entries, 0) AS entries,
         CASE WHEN found.first <> jobs.submitted_ms OR found.last <> jobs.submitted_ms THEN 1 ELSE 0 END AS outdated
  FROM (SELECT job_id, is_indexed, submitted_ms, status FROM docspool.jobs
        WHERE status <> 'removed' AND (${where})) AS jobs
  FULL JOIN (SELECT job_id, count(*) AS entries, min(submitted_ms) AS first, max(submitted_ms) AS last
             FROM docspool.entries GROUP BY job_id) AS found USING (job_id)`

/** Selects jobs that are not indexed and jobs with entries. An array, so that PostgreSQL looks them up one by one. */
const FEW = `job_id = ANY (ARRAY(
  SELECT job_id FROM docspool.jobs WHERE NOT is_indexed UNION SELECT job_id FROM docspool.entries))`

export async function auditDatabase({ run }: Database, scope: 'suspects' | 'all'): Promise<Omit<Audit, 'swept'>> {
  // Counted with two indexes, so that the table, which contains all records, is not read.
  const { rows: counted } = await run<{ jobs: number }>(
    `SELECT (SELECT count(*) FROM docspool.jobs WHERE is_indexed)
          + (SELECT count(*) FROM docspool.jobs WHERE NOT is_indexed AND status <> 'removed') AS jobs`,
  )
  const { rows } = await run<SuspectRow>(suspectsQuery(scope === 'all' ? 'true' : FEW))
  const wanted = rows.filter((row) => scope === 'all' || row.status === null || row.outdated > 0 || placesIn(row) !== 1)
  const places = await listPlaces(wanted)
  const suspects = wanted.map(
    (row): Suspect => ({
      jobId: row.job_id,
      places: [...(places.get(row.job_id) ?? []), ...(row.is_indexed ? [endedPlace(row)] : [])],
    }),
  )
  return { jobs: counted[0]?.jobs ?? 0, suspects }

  async function listPlaces(of: readonly SuspectRow[]): Promise<Map<string, FoundPlace[]>> {
    const ids = of.filter(({ entries }) => entries > 0).map(({ job_id }) => job_id)
    const found = new Map<string, FoundPlace[]>()
    if (ids.length === 0) return found
    const { rows } = await run<PlaceRow>(
      `SELECT job_id, submitted_ms, priority, kind, worker, not_before_ms FROM docspool.entries WHERE job_id = ANY ($1)`,
      [ids],
    )
    for (const row of rows) push(found, row.job_id, entryPlace(row))
    return found
  }

  function entryPlace({ job_id, submitted_ms, priority, kind, worker, not_before_ms }: PlaceRow): FoundPlace {
    return {
      kind: kind === 'held' ? 'held' : 'waiting',
      submittedMs: submitted_ms,
      async remove() {
        await run(
          `DELETE FROM docspool.entries WHERE job_id = $1 AND submitted_ms = $2 AND priority = $3 AND kind = $4
           AND worker = $5 AND not_before_ms = $6`,
          [job_id, submitted_ms, priority, kind, worker, not_before_ms],
        )
      },
    }
  }

  function endedPlace({ job_id, submitted_ms }: SuspectRow): FoundPlace {
    return {
      kind: 'ended',
      submittedMs: submitted_ms,
      async remove() {
        await run(
          `UPDATE docspool.jobs SET is_indexed = false
           WHERE job_id = $1 AND submitted_ms = $2 AND is_indexed AND status NOT IN ('completed', 'failed')`,
          [job_id, submitted_ms],
        )
      },
    }
  }
}

const placesIn = ({ is_indexed, entries }: SuspectRow): number => (is_indexed ? 1 : 0) + entries
