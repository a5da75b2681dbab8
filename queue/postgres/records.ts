/**
 * Records with compare-and-swap on the revision. Each write leaves a token in its row. If the connection is lost after a statement
 * was sent, the statement is run again with the same token; if the revision exists by then, the token shows whether this write
 * created it. A statement that is still running on the lost connection then finds that the revision exists, too.
 */

import { randomUUID } from 'node:crypto'
import { isListed } from '#base/private-jobs.ts'
import type { Database } from '#database/database.ts'
import { entryOf, type JobStore } from '#queue/backend.ts'
import { RecordUnreadable } from '#queue/errors.ts'
import type { Job, JobIn } from '#queue/job.ts'
import { submittedMs } from '#queue/job.ts'
import { parse, toText } from '#queue/spool/record-file.ts'
import type { Hints } from './hints.ts'
import { toEntryRow } from './work-queue.ts'

/**
 * The number of tokens kept in a row. A writer that is this many revisions late does not find its token and assumes that its write
 * was refused.
 */
const KEPT_WRITES = 16

export interface RecordStore extends JobStore {
  accept(job: JobIn<'queued'>): Promise<boolean>
  /** Delete rows of jobs that were removed at least a day ago. @returns How many. */
  sweep(): Promise<number>
}

export interface RecordRow {
  rev: number
  epoch: number
  record: string
}

const CREATE = `
  INSERT INTO docspool.jobs AS old (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, record, writes)
  VALUES ($1, 1, 0, 'queued', $2, $3, $4, $5, ARRAY[$6::uuid])
  ON CONFLICT (job_id) DO UPDATE
  SET rev = old.rev + 1, status = 'queued', submitted_ms = $2, repo_url = $3, is_listed = $4, record = $5,
      is_indexed = false, removed_at = NULL, writes = ARRAY[$6::uuid]
  WHERE old.status = 'removed'
  RETURNING job_id`

const ACCEPT = `
  WITH made AS (${CREATE}),
  entered AS (
    INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, rank, is_listed)
    SELECT $1, $2, $7, 'ready', $8, $4 FROM made
    ON CONFLICT DO NOTHING
  )
  SELECT job_id FROM made`

/** A finished job stays indexed if the update does not change its state, for example when a webhook is recorded. */
const UPDATE = `
  UPDATE docspool.jobs
  SET rev = rev + 1, epoch = $3, status = $4, submitted_ms = $5, repo_url = $6, record = $7,
      is_indexed = is_indexed AND status = $4 AND submitted_ms = $5,
      writes = (array_append(writes, $8::uuid))[greatest(1, cardinality(writes) + 2 - ${KEPT_WRITES}):]
  WHERE job_id = $1 AND rev = $2 AND status <> 'removed'
  RETURNING rev`

const REMOVE = `
  WITH gone AS (
    UPDATE docspool.jobs
    SET rev = rev + 1, status = 'removed', is_indexed = false, record = NULL, removed_at = now(),
        writes = array_append(writes, $3::uuid)
    WHERE job_id = $1 AND rev = $2 AND status <> 'removed'
    RETURNING job_id
  ),
  unmarked AS (DELETE FROM docspool.cancels WHERE job_id IN (SELECT job_id FROM gone)),
  unlogged AS (DELETE FROM docspool.events WHERE job_id IN (SELECT job_id FROM gone))
  SELECT job_id FROM gone`

const WAS_WRITTEN = 'SELECT FROM docspool.jobs WHERE job_id = $1 AND $2::uuid = ANY (writes)'

export function createRecordStore(database: Database, hints: Hints): RecordStore {
  const { run } = database

  /** Run a compare-and-swap. @returns Whether this call has written. */
  async function swap(jobId: string, token: string, text: string, values: unknown[]): Promise<boolean> {
    const { rows, isRepeated } = await run(text, values)
    const isWritten = rows.length > 0 || (isRepeated && (await run(WAS_WRITTEN, [jobId, token])).rows.length > 0)
    if (isWritten) hints.send(jobId)
    return isWritten
  }

  function creation(job: JobIn<'queued'>, token: string): unknown[] {
    return [job.job_id, submittedMs(job), job.repo_url, isListed(job.job_id), toText(job), token]
  }

  async function read(jobId: string): Promise<Job | undefined> {
    const { rows } = await run<RecordRow>(
      `SELECT rev, epoch, record FROM docspool.jobs WHERE job_id = $1 AND status <> 'removed'`,
      [jobId],
    )
    const [row] = rows
    return row === undefined ? undefined : parseRecord(jobId, row)
  }

  return {
    read,

    create(job) {
      const token = randomUUID()
      return swap(job.job_id, token, CREATE, creation(job, token))
    },

    async accept(job) {
      const token = randomUUID()
      const { priority, rank } = toEntryRow(entryOf(job))
      const isNew = await swap(job.job_id, token, ACCEPT, [...creation(job, token), priority, rank])
      if (isNew) hints.send('queue')
      return isNew
    },

    async update(current, next) {
      const token = randomUUID()
      const written = { ...next, rev: current.rev + 1 }
      const { job_id: jobId, epoch, status, repo_url: repoUrl } = written
      const values = [jobId, current.rev, epoch, status, submittedMs(written), repoUrl, toText(written), token]
      return (await swap(jobId, token, UPDATE, values)) ? written : undefined
    },

    // Not needed: only committed rows can be read.
    async confirm() {},

    remove({ job_id: jobId, rev }) {
      const token = randomUUID()
      return swap(jobId, token, REMOVE, [jobId, rev, token])
    },

    async sweep() {
      const { rows } = await run(
        `DELETE FROM docspool.jobs
         WHERE NOT is_indexed AND status = 'removed' AND removed_at < now() - interval '1 day'
         RETURNING job_id`,
      )
      return rows.length
    },
  }
}

/** @throws {RecordTooNew} @throws {RecordUnreadable} */
export function parseRecord(jobId: string, { rev, epoch, record }: RecordRow): Job {
  const job = parse(record)
  if (job === undefined || job.status === 'removed' || job.job_id !== jobId) {
    throw new RecordUnreadable('The record of a job in the database is damaged.')
  }
  return { ...job, rev, epoch }
}
