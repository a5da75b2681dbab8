/** Waiting and held entries, as rows. A claim replaces a ready row with a held one; rows that others are claiming are skipped. */

import { isListed } from '#base/private-jobs.ts'
import type { Database } from '#database/database.ts'
import type { Entry, WorkQueue } from '#queue/backend.ts'
import { LeaseLost } from '#queue/errors.ts'
import { createEntryCounts, type EntryCounts } from './count-entries.ts'
import { type EntryRow, toEntry, toEntryRow } from './entry-rows.ts'
import type { Hints } from './hints.ts'
import { NO_SYNC } from './no-sync.ts'

/** Longer than any delay: an entry that is due later was created while a clock was ahead, and is promoted at once. */
const MAX_DELAY_MS = 2 * 3_600_000
/** The number of entries read first to find an admitted one, which the first entry usually is. */
const FIRST_PAGE = 8
/** The number of entries in each further page. */
const PAGE_SIZE = 256

/** A condition that selects one entry. */
const IS_THIS_ENTRY = 'job_id = $1 AND submitted_ms = $2 AND priority = $3'

const PUSH = `
  INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, not_before_ms, rank, is_listed)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT DO NOTHING`

/**
 * Locks the worker's row, so that the worker cannot be unregistered in the meantime. It need not be durable: the record of the
 * claim is, and is written later.
 */
const TAKE = `
  WITH me AS MATERIALIZED (SELECT worker, ${NO_SYNC} FROM docspool.workers WHERE worker = $1 FOR KEY SHARE),
  first AS MATERIALIZED (
    SELECT entries.ctid AS place FROM docspool.entries, me
    WHERE kind = 'ready' AND ($2::text[] IS NULL OR job_id = ANY ($2::text[]))
    ORDER BY rank, priority, job_id, submitted_ms
    FOR UPDATE OF entries SKIP LOCKED
    LIMIT $3
  ),
  taken AS (
    DELETE FROM docspool.entries WHERE ctid = ANY (ARRAY(SELECT place FROM first)) AND kind = 'ready'
    RETURNING job_id, submitted_ms, priority, rank, is_listed
  ),
  held AS (
    INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, worker, rank, is_listed)
    SELECT job_id, submitted_ms, priority, 'held', $1, rank, is_listed FROM taken
    ON CONFLICT DO NOTHING
  )
  SELECT (SELECT count(*) FROM me) AS workers, taken.job_id, taken.submitted_ms, taken.priority,
         job.rev, job.epoch, job.record,
         (SELECT submitted_at FROM docspool.cancels WHERE job_id = taken.job_id) AS cancels
  FROM (SELECT) one LEFT JOIN taken ON true
  LEFT JOIN LATERAL (
    SELECT rev, epoch, record FROM docspool.jobs WHERE job_id = taken.job_id AND status <> 'removed' LIMIT 1
  ) AS job ON true`

/** An entry that was taken, with its record (`rev` is null if there is none) and the submission that was cancelled. */
export interface TakenRow {
  entry: Entry
  rev: number | null
  epoch: number
  record: string
  cancels: string | null
}

/** A page of ready entries in order, after the given one. If `$6` is true, none while the queue is paused. */
const LIST_READY = `
  SELECT job_id, submitted_ms, priority, rank FROM docspool.entries
  WHERE kind = 'ready' AND (rank, priority, job_id, submitted_ms) > ($1, $2, $3, $4)
    AND NOT ($6 AND EXISTS (SELECT FROM docspool.pause))
  ORDER BY rank, priority, job_id, submitted_ms LIMIT $5`

const PUT_BACK = `
  WITH freed AS (
    DELETE FROM docspool.entries WHERE ${IS_THIS_ENTRY} AND kind = 'held' AND worker = $4 RETURNING rank, is_listed
  )
  INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, not_before_ms, rank, is_listed)
  SELECT $1, $2, $3, $5, $6, rank, is_listed FROM freed
  ON CONFLICT DO NOTHING`

const PROMOTE = `
  WITH due AS (
    DELETE FROM docspool.entries WHERE kind = 'delayed' AND (not_before_ms <= $1 OR not_before_ms > $2)
    RETURNING job_id, submitted_ms, priority, rank, is_listed
  )
  INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, rank, is_listed)
  SELECT DISTINCT job_id, submitted_ms, priority, 'ready', rank, is_listed FROM due
  ON CONFLICT DO NOTHING`

export interface WorkRows extends WorkQueue, Pick<EntryCounts, 'countIfMany' | 'noteCount'> {
  /** Take up to `max` of the first admitted entries, none while the queue is paused. @throws {LeaseLost} */
  takeFirst(worker: string, max: number, isAdmitted: (entry: Entry) => boolean): Promise<TakenRow[]>
}

export function createWorkQueue({ run }: Database, hints: Hints): WorkRows {
  const counts = createEntryCounts(run)
  const thisEntry = (entry: Entry): unknown[] => {
    const { job_id, submitted_ms, priority } = toEntryRow(entry)
    return [job_id, submitted_ms, priority]
  }
  const placeOf = (notBefore: number | null): [string, number] =>
    notBefore === null ? ['ready', 0] : ['delayed', Math.trunc(notBefore)]

  /** Take the first admitted entries, up to `max` of them. @param honoursPause - Take none while the queue is paused. */
  async function takeAdmitted(
    worker: string,
    max: number,
    isAdmitted: (entry: Entry) => boolean,
    honoursPause: boolean,
  ): Promise<TakenRow[]> {
    let last: EntryRow = { rank: -1, priority: -1, job_id: '', submitted_ms: -1 }
    for (let size = Math.max(FIRST_PAGE, max); ; size = PAGE_SIZE) {
      const { rank, priority, job_id, submitted_ms } = last
      const values = [rank, priority, job_id, submitted_ms, size, honoursPause]
      const { rows } = await run<EntryRow>(LIST_READY, values, { isPrepared: true })
      const admitted = rows.filter((row) => isAdmitted(toEntry(row))).map(({ job_id }) => job_id)
      const taken = admitted.length === 0 ? [] : await take(worker, max, admitted)
      if (taken.length > 0 || rows.length < size) return taken
      last = rows.at(-1) ?? last
    }
  }

  /**
   * Claim the first entries that nobody else is claiming. Not retried if it may have been committed; the worker then holds entries
   * that it does not know of, and releases them in a later round.
   */
  async function take(worker: string, max: number, jobIds: string[] | null): Promise<TakenRow[]> {
    const { rows } = await run<
      Omit<TakenRow, 'entry'> & Omit<EntryRow, 'job_id'> & { workers: number; job_id: string | null }
    >(TAKE, [worker, jobIds, max], { isOnce: true, isPrepared: true })
    if (rows[0] === undefined || rows[0].workers === 0) throw new LeaseLost('This worker was declared dead.')
    return rows.flatMap(({ job_id, submitted_ms, priority, rev, epoch, record, cancels }) =>
      job_id === null ? [] : [{ entry: toEntry({ job_id, submitted_ms, priority }), rev, epoch, record, cancels }],
    )
  }

  return {
    async claim(worker, isAdmitted) {
      const taken = isAdmitted === undefined ? take(worker, 1, null) : takeAdmitted(worker, 1, isAdmitted, false)
      return (await taken)[0]?.entry
    },

    takeFirst: (worker, max, isAdmitted) => takeAdmitted(worker, max, isAdmitted, true),
    countWaiting: counts.countWaiting,
    countIfMany: counts.countIfMany,
    noteCount: counts.noteCount,

    async push(entry, notBefore) {
      const { rank } = toEntryRow(entry)
      await run(PUSH, [...thisEntry(entry), ...placeOf(notBefore), rank, isListed(entry.jobId)])
      hints.send('queue')
    },

    async isReady(entry) {
      const { rows } = await run(
        `SELECT FROM docspool.entries WHERE ${IS_THIS_ENTRY} AND kind = 'ready' LIMIT 1`,
        thisEntry(entry),
      )
      return rows.length > 0
    },

    async holds(worker, entry) {
      const { rows } = await run(
        `SELECT FROM docspool.entries WHERE ${IS_THIS_ENTRY} AND kind = 'held' AND worker = $4 LIMIT 1`,
        [...thisEntry(entry), worker],
      )
      return rows.length > 0
    },

    async putBack(worker, entry, notBefore) {
      await run(PUT_BACK, [...thisEntry(entry), worker, ...placeOf(notBefore)])
      hints.send('queue')
    },

    async hold(worker, entry) {
      const { rank } = toEntryRow(entry)
      await run(
        `INSERT INTO docspool.entries (job_id, submitted_ms, priority, kind, worker, rank, is_listed)
         SELECT $1, $2, $3, 'held', worker, $5, $6 FROM docspool.workers WHERE worker = $4
         ON CONFLICT DO NOTHING`,
        [...thisEntry(entry), worker, rank, isListed(entry.jobId)],
      )
    },

    async drop(worker, entry) {
      await run(`DELETE FROM docspool.entries WHERE ${IS_THIS_ENTRY} AND kind = 'held' AND worker = $4`, [
        ...thisEntry(entry),
        worker,
      ])
    },

    async discard(entry) {
      await run(
        `DELETE FROM docspool.entries WHERE ${IS_THIS_ENTRY} AND kind IN ('ready', 'delayed')`,
        thisEntry(entry),
      )
    },

    async promoteDue(now) {
      const first = async (): Promise<number | undefined> => {
        const { rows } = await run<{ due: number | null; last: number | null }>(
          `SELECT min(not_before_ms) AS due, max(not_before_ms) AS last FROM docspool.entries WHERE kind = 'delayed'`,
        )
        const { due = null, last = null } = rows[0] ?? {}
        if (due === null || last === null) return undefined
        return last > now + MAX_DELAY_MS ? Math.min(due, now) : due
      }
      const due = await first()
      if (due === undefined || due > now) return due
      await run(PROMOTE, [Math.trunc(now), Math.trunc(now) + MAX_DELAY_MS])
      hints.send('queue')
      return await first()
    },

    async position(entry) {
      return (await counts.countBefore(toEntryRow(entry))) + 1
    },

    async claimedBy(worker) {
      const { rows } = await run<EntryRow>(
        `SELECT job_id, submitted_ms, priority FROM docspool.entries WHERE kind = 'held' AND worker = $1`,
        [worker],
      )
      return rows.map(toEntry)
    },

    async isPaused() {
      return (await run('SELECT FROM docspool.pause')).rows.length > 0
    },
  }
}
