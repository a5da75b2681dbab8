/** Reads and writes everything in a database for `docspool move`, in pages ordered by primary key. */

import { isListed } from '#base/private-jobs.ts'
import type { Database } from '#database/database.ts'
import type { OutboxItem } from '#queue/backend.ts'
import { submittedMs } from '#queue/job.ts'
import { toText } from '#queue/spool/record-file.ts'
import type { HashedKey, Transfer } from '#queue/transfer.ts'
import { toText as followToText } from './follow-records.ts'
import { toText as keyToText, parseKey } from './key-store.ts'
import { parseRecord, type RecordRow } from './records.ts'

const PAGE_SIZE = 500
const toMs = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::bigint`
const toTime = (value: string): string => `to_timestamp(${value}::bigint / 1000.0)`

/** @param id - The id of the database. */
export function createTransfer({ run }: Database, id: string): Transfer {
  /** All rows of a query. @param text - A query with a condition `key > $1`, ordered by that key, which it selects as `at`. */
  async function* pages<Row extends { at: string }>(text: string): AsyncGenerator<Row> {
    for (let after = ''; ; ) {
      const { rows } = await run<Row>(`${text} LIMIT ${PAGE_SIZE}`, [after])
      yield* rows
      const last = rows.at(-1)
      if (last === undefined || rows.length < PAGE_SIZE) return
      after = last.at
    }
  }

  return {
    id: `database ${id}`,

    async *listJobs() {
      const text = `SELECT job_id AS at, rev, epoch, record FROM docspool.jobs
        WHERE job_id > $1 AND status <> 'removed' ORDER BY job_id`
      for await (const row of pages<RecordRow & { at: string }>(text)) yield parseRecord(row.at, row)
    },

    async restoreJob(job) {
      await run(
        `INSERT INTO docspool.jobs (job_id, rev, epoch, status, submitted_ms, repo_url, is_listed, record, writes)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '{}') ON CONFLICT DO NOTHING`,
        [job.job_id, job.rev, job.epoch, job.status, submittedMs(job), job.repo_url, isListed(job.job_id), toText(job)],
      )
    },

    async restoreFollow(follow) {
      await run(
        `INSERT INTO docspool.follows (id, rev, record, writes) VALUES ($1, $2, $3, '{}') ON CONFLICT DO NOTHING`,
        [follow.id, follow.rev, followToText(follow)],
      )
    },

    async *listKeys() {
      const text = `SELECT encode(key, 'hex') AS at, record, ${toMs('taken_at')} AS taken_ms FROM docspool.keys
        WHERE key > decode($1, 'hex') ORDER BY key`
      for await (const { at, record, taken_ms } of pages<{ at: string; record: string; taken_ms: number }>(text)) {
        const key: HashedKey = { hash: at, record: parseKey(record), takenMs: taken_ms }
        yield key
      }
    },

    async restoreKey({ hash, record, takenMs }) {
      await run(
        `INSERT INTO docspool.keys (key, record, token, taken_at)
         VALUES (decode($1, 'hex'), $2, gen_random_uuid(), ${toTime('$3')}) ON CONFLICT DO NOTHING`,
        [hash, keyToText(record), takenMs],
      )
    },

    async *listExpired() {
      const text = 'SELECT job_id AS at, at_ms FROM docspool.expired WHERE job_id > $1 ORDER BY job_id'
      for await (const { at, at_ms } of pages<{ at: string; at_ms: number }>(text)) yield { jobId: at, atMs: at_ms }
    },

    async restoreExpired({ jobId, atMs }) {
      await run('INSERT INTO docspool.expired (job_id, at_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING', [jobId, atMs])
    },

    /** Reads all pending webhooks at once, because they are few. */
    async *listOutbox() {
      const { rows } = await run<{ job_id: string; callback_id: string; lane: string; due_ms: number }>(
        'SELECT job_id, callback_id, lane, due_ms FROM docspool.outbox',
      )
      for (const { job_id, callback_id, lane, due_ms } of rows) {
        const item: OutboxItem = { jobId: job_id, callbackId: callback_id, lane, dueMs: due_ms }
        yield item
      }
    },

    async restorePause({ since, by }) {
      await run('INSERT INTO docspool.pause (since, by) VALUES ($1, $2) ON CONFLICT DO NOTHING', [since, by])
    },

    // Not needed: each statement is durable.
    async sync() {},

    async readMove() {
      const { rows } = await run<{ source: string; finished: boolean }>(
        'SELECT source, finished_at IS NOT NULL AS finished FROM docspool.move',
      )
      return rows[0] && { source: rows[0].source, isFinished: rows[0].finished }
    },

    async writeMove({ source, isFinished }) {
      await run(
        `INSERT INTO docspool.move (source, finished_at) VALUES ($1, CASE WHEN $2::boolean THEN now() END)
         ON CONFLICT (only_row) DO UPDATE SET source = excluded.source, finished_at = excluded.finished_at`,
        [source, isFinished],
      )
    },
  }
}
