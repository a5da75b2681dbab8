/** The steps of accepting, claiming and finishing a job, each in one statement. */

import { randomUUID } from 'node:crypto'
import type { Database } from '#database/database.ts'
import { entryOf } from '#queue/backend.ts'
import type { Acceptance, CombinedSteps, QueuePlace } from '#queue/combined-steps.ts'
import { followIdOf } from '#queue/follows/follow-record.ts'
import type { Job, JobIn } from '#queue/job.ts'
import { toEntryRow } from './entry-rows.ts'
import type { Hints } from './hints.ts'
import { parseRecord, RETURN_CREATED, type RecordStore, toCreation, toUpdate, updateRevision } from './records.ts'
import type { WorkRows } from './work-queue.ts'

/**
 * `$9` is the number of waiting jobs if it is already known (it is cached while many jobs wait), and `$10` the limit on it.
 * If the job exists, it is returned, and nothing is counted.
 */
const ACCEPT = `
  WITH found AS MATERIALIZED (
    SELECT rev, epoch, record FROM docspool.jobs WHERE job_id = $1 AND status <> 'removed'
  ),
  queue AS MATERIALIZED (
    SELECT count(*) AS waiting,
           count(*) FILTER (WHERE kind = 'ready' AND (rank, priority, job_id) < ($8::bigint, $7::smallint, $1)) AS before
    FROM docspool.entries
    WHERE kind IN ('ready', 'delayed') AND $9::bigint IS NULL AND NOT EXISTS (SELECT FROM found)
  ),
  made AS (
    INSERT INTO docspool.jobs AS old (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, record, writes)
    SELECT $1, 1, 0, 'queued', $2::bigint, $3, $4::boolean, $5, ARRAY[$6::uuid] FROM queue
    WHERE coalesce($9, waiting) <= $10::bigint AND NOT EXISTS (SELECT FROM found)
    ${RETURN_CREATED}
  ),
  entered AS (
    INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, rank, is_listed)
    SELECT $1, $2, $7, 'ready', $8, $4 FROM made
    ON CONFLICT DO NOTHING
  )
  SELECT made.job_id IS NOT NULL AS is_made, coalesce($9, queue.waiting) AS waiting, queue.before,
         found.rev, found.epoch, found.record, EXISTS (SELECT FROM docspool.pause) AS is_paused
  FROM queue LEFT JOIN found ON true LEFT JOIN made ON true`

interface AcceptedRow {
  is_made: boolean
  waiting: number
  before: number
  rev: number | null
  epoch: number
  record: string
  is_paused: boolean
}

/** The entry is locked first, so that no other process takes it from the worker in the meantime. */
const START = `
  WITH held AS MATERIALIZED (
    SELECT 1 FROM docspool.entries
    WHERE job_id = $1 AND submitted_ms = $9 AND priority = $10 AND kind = 'held' AND worker = $11
    FOR KEY SHARE
  )
  ${updateRevision({ from: 'FROM held' })}`

/** Only a job that no follow needs (`free`) is indexed at once: its entry and cancellation are removed in the same statement. */
const FINISH = `
  WITH free AS MATERIALIZED (
    SELECT 1 WHERE NOT EXISTS (SELECT FROM docspool.follows WHERE id = $12 AND record IS NOT NULL)
  ),
  ended AS (${updateRevision({ isIndexed: 'EXISTS (SELECT FROM free)' })}),
  cleared AS (DELETE FROM docspool.cancels USING ended, free WHERE job_id = $1),
  dropped AS (
    DELETE FROM docspool.entries USING ended, free
    WHERE job_id = $1 AND submitted_ms = $9 AND priority = $10 AND kind = 'held' AND worker = $11
  )
  SELECT EXISTS (SELECT FROM free) AS is_indexed FROM ended`

export function createCombinedSteps(
  { run }: Database,
  { hints, jobs, work }: { hints: Hints; jobs: RecordStore; work: WorkRows },
): CombinedSteps {
  async function accept(job: JobIn<'queued'>, maxWaiting: number): Promise<Acceptance> {
    const token = randomUUID()
    const { priority, rank } = toEntryRow(entryOf(job))
    const many = (await work.countIfMany()) ?? null
    const values = [...toCreation(job, token), priority, rank, many, maxWaiting]
    const { rows, isRepeated } = await run<AcceptedRow>(ACCEPT, values, { isPrepared: true })
    const [row] = rows
    if (row === undefined) return { is: 'changed' }
    if (many === null) work.noteCount(row.waiting)
    if (row.is_made || (isRepeated && (await jobs.wasWritten(job.job_id, token)))) {
      hints.send(job.job_id)
      hints.send('queue')
      // After a repeated attempt, the position is unknown: only the first attempt can count it.
      const place: QueuePlace = { position: row.before + 1, isPaused: row.is_paused }
      return { is: 'accepted', ...(many === null && row.is_made && { place }) }
    }
    const { rev, epoch, record, waiting } = row
    if (rev !== null) return { is: 'exists', job: parseRecord(job.job_id, { rev, epoch, record }) }
    return waiting > maxWaiting ? { is: 'full', waiting } : { is: 'changed' }
  }

  return {
    accept,

    async take(worker, max, isAdmitted = () => true) {
      const rows = await work.takeFirst(worker, max, isAdmitted)
      return rows.map(({ entry, rev, epoch, record, cancels }) => ({
        entry,
        read() {
          if (rev === null) return { job: undefined, isCancelled: false }
          const job = parseRecord(entry.jobId, { rev, epoch, record })
          return { job, isCancelled: cancels === job.submitted_at }
        },
      }))
    },

    async start(job, next, entry) {
      const { job_id, submitted_ms, priority } = toEntryRow(entry)
      const { written, values, token } = toUpdate(job, next)
      const all = [...values, submitted_ms, priority, next.worker]
      return (await jobs.swap(job_id, token, START, all)) ? written : undefined
    },

    async finish(job, next, entry) {
      const { job_id, submitted_ms, priority } = toEntryRow(entry)
      const { written, values, token } = toUpdate<Job>(job, next)
      const all = [...values, submitted_ms, priority, job.worker, followIdOf(job.repo_url)]
      const { rows, isRepeated } = await run<{ is_indexed: boolean }>(FINISH, all, { isPrepared: true })
      if (rows.length === 0 && !(isRepeated && (await jobs.wasWritten(job_id, token)))) return undefined
      hints.send(job_id)
      return { written, isIndexed: rows[0]?.is_indexed === true }
    },
  }
}
