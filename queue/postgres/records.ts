/**
 * Records with compare-and-swap on the revision. Each write leaves a token in its row. If the connection is lost after a statement
 * was sent, the statement is run again with the same token; if the revision exists by then, the token shows whether this write
 * created it. A statement that is still running on the lost connection then finds that the revision exists, too.
 */

import { randomUUID } from 'node:crypto'
import { isListed } from '#base/private-jobs.ts'
import type { Database } from '#database/database.ts'
import type { JobStore } from '#queue/backend.ts'
import { RecordUnreadable } from '#queue/errors.ts'
import { type Job, type JobIn, submittedMs } from '#queue/job.ts'
import { parse, toText } from '#queue/spool/record-file.ts'
import type { Hints } from './hints.ts'

/**
 * The number of tokens kept in a row. A writer that is this many revisions late does not find its token and assumes that its write
 * was refused.
 */
const KEPT_WRITES = 16

export interface RecordStore extends JobStore {
  /** Run a compare-and-swap. @param token - The one that it leaves in the row. @returns Whether this call has written. */
  swap(jobId: string, token: string, text: string, values: unknown[]): Promise<boolean>
  /** Whether a writer has left this token. */
  wasWritten(jobId: string, token: string): Promise<boolean>
  /** Delete rows of jobs that were removed at least a day ago. @returns How many. */
  sweep(): Promise<number>
}

export interface RecordRow {
  rev: number
  epoch: number
  record: string
}

/** The end of an INSERT of a job. A job that was removed is replaced. */
export const RETURN_CREATED = `
  ON CONFLICT (job_id) DO UPDATE
  SET rev = old.rev + 1, status = 'queued', submitted_ms = $2, repo_url = $3, is_listed = $4, record = $5,
      is_indexed = false, removed_at = NULL, writes = ARRAY[$6::uuid]
  WHERE old.status = 'removed'
  RETURNING job_id`

const CREATE = `
  INSERT INTO docspool.jobs AS old (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, record, writes)
  VALUES ($1, 1, 0, 'queued', $2, $3, $4, $5, ARRAY[$6::uuid])
  ${RETURN_CREATED}`

/** A finished job stays indexed if the update does not change its state, for example when a webhook is recorded. */
const IS_STILL_INDEXED = 'is_indexed AND status = $4 AND submitted_ms = $5'

/** The statement that writes the next revision. */
export const updateRevision = ({ from = '', isIndexed = IS_STILL_INDEXED } = {}): string => `
  UPDATE docspool.jobs
  SET rev = rev + 1, epoch = $3, status = $4, submitted_ms = $5, repo_url = $6, record = $7,
      is_indexed = ${isIndexed},
      writes = (array_append(writes, $8::uuid))[greatest(1, cardinality(writes) + 2 - ${KEPT_WRITES}):]
  ${from}
  WHERE job_id = $1 AND rev = $2 AND status <> 'removed'
  RETURNING rev`

const UPDATE = updateRevision()

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

/** The values of `CREATE`. */
export const toCreation = (job: JobIn<'queued'>, token: string): unknown[] => [
  job.job_id,
  submittedMs(job),
  job.repo_url,
  isListed(job.job_id),
  toText(job),
  token,
]

/** The next revision, and the values of `updateRevision`. */
export function toUpdate<J extends Job>(current: Job, next: J): { written: J; token: string; values: unknown[] } {
  const token = randomUUID()
  const written = { ...next, rev: current.rev + 1 }
  const { job_id: jobId, epoch, status, repo_url: repoUrl } = written
  const values = [jobId, current.rev, epoch, status, submittedMs(written), repoUrl, toText(written), token]
  return { written, token, values }
}

const WAS_WRITTEN = 'SELECT FROM docspool.jobs WHERE job_id = $1 AND $2::uuid = ANY (writes)'

export function createRecordStore(database: Database, hints: Hints): RecordStore {
  const { run } = database

  async function swap(jobId: string, token: string, text: string, values: unknown[]): Promise<boolean> {
    const { rows, isRepeated } = await run(text, values, { isPrepared: true })
    const isWritten = rows.length > 0 || (isRepeated && (await wasWritten(jobId, token)))
    if (isWritten) hints.send(jobId)
    return isWritten
  }

  async function wasWritten(jobId: string, token: string): Promise<boolean> {
    return (await run(WAS_WRITTEN, [jobId, token])).rows.length > 0
  }

  async function read(jobId: string): Promise<Job | undefined> {
    const { rows } = await run<RecordRow>(
      `SELECT rev, epoch, record FROM docspool.jobs WHERE job_id = $1 AND status <> 'removed'`,
      [jobId],
      { isPrepared: true },
    )
    const [row] = rows
    return row === undefined ? undefined : parseRecord(jobId, row)
  }

  return {
    read,
    swap,
    wasWritten,

    create(job) {
      const token = randomUUID()
      return swap(job.job_id, token, CREATE, toCreation(job, token))
    },

    async update(current, next) {
      const { written, token, values } = toUpdate(current, next)
      return (await swap(written.job_id, token, UPDATE, values)) ? written : undefined
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
