/** Small tables with one row per job or key: cancellation requests, idempotency keys, marks of expired jobs, and the pause. */

import { createHash, randomUUID } from 'node:crypto'
import type { Database } from '#database/database.ts'
import { type CancelMarks, type Control, type Expiry, KeyRecord, type KeyStore } from '#queue/backend.ts'
import type { Pause } from '#queue/contract.ts'
import { RecordUnreadable } from '#queue/errors.ts'
import type { Hints } from './hints.ts'

/** The maximum number of marks deleted by one statement. */
const SWEEP_SIZE = 5_000

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

export interface SweptKeys extends KeyStore {
  /** Delete keys that are older than a day. @returns How many. */
  sweep(): Promise<number>
}

export function createKeyStore({ run }: Database): SweptKeys {
  /** Keys are hashed because they may have any length and contain any characters. */
  const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest()

  async function read(key: string): Promise<{ record: KeyRecord; token: string } | undefined> {
    const { rows } = await run<{ record: string; token: string }>(
      'SELECT record, token FROM docspool.keys WHERE key = $1',
      [hashOf(key)],
    )
    const [row] = rows
    return row && { record: parseKey(row.record), token: row.token }
  }

  return {
    async take(key, record) {
      const token = randomUUID()
      for (;;) {
        const { rows } = await run(
          `INSERT INTO docspool.keys (key, record, token) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING token`,
          [hashOf(key), toText(record), token],
        )
        if (rows.length > 0) return record
        const held = await read(key)
        // If the key was released in the meantime, try again.
        if (held !== undefined) return held.token === token ? record : held.record
      }
    },
    async settle(key, record) {
      await run(
        `INSERT INTO docspool.keys (key, record, token) VALUES ($1, $2, $3)
         ON CONFLICT (key) DO UPDATE SET record = excluded.record`,
        [hashOf(key), toText(record), randomUUID()],
      )
    },
    async release(key, { request }) {
      const held = await read(key)
      if (held?.record.request !== request || held.record.outcome !== null) return
      await run('DELETE FROM docspool.keys WHERE key = $1 AND record = $2', [hashOf(key), toText(held.record)])
    },
    async sweep() {
      const { rows } = await run(
        `DELETE FROM docspool.keys WHERE taken_at < now() - interval '1 day' RETURNING taken_at`,
      )
      return rows.length
    },
  }
}

export const toText = ({ request, jobId, outcome }: KeyRecord): string => JSON.stringify({ request, jobId, outcome })

/** @throws {RecordUnreadable} */
export function parseKey(text: string): KeyRecord {
  try {
    return KeyRecord.parse(JSON.parse(text))
  } catch (cause) {
    throw new RecordUnreadable('An idempotency key in the database is damaged.', { cause })
  }
}

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

export function createControl({ run }: Database, clock: () => number, hints: Hints): Control {
  async function read(): Promise<Pause | undefined> {
    const { rows } = await run<{ since: string; by: string | null }>('SELECT since, by FROM docspool.pause')
    const [row] = rows
    return row && { since: row.since, by: row.by }
  }

  return {
    read,

    async pause(by) {
      const mark = { since: new Date(clock()).toISOString(), by: by.slice(0, 500) }
      await run('INSERT INTO docspool.pause (since, by) VALUES ($1, $2) ON CONFLICT DO NOTHING', [mark.since, mark.by])
      hints.send('queue')
      return (await read()) ?? mark
    },

    async resume() {
      const { rows } = await run('DELETE FROM docspool.pause RETURNING since')
      hints.send('queue')
      return rows.length > 0
    },
  }
}
