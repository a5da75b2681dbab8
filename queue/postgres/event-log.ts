/**
 * The event logs of claims, as numbered rows. Events added while a statement runs are batched into the next one.
 * Commits are asynchronous, so a crash of the database may lose the last events.
 */

import { forLog, type Log } from '#base/log.ts'
import type { Database } from '#database/database.ts'
import type { EventLog, EventSink } from '#queue/backend.ts'
import type { LogPiece } from '#queue/contract.ts'
import {
  eventToText,
  fullNotice,
  type JobEvent,
  KEPT_LOGS,
  logLimit,
  parseEvent,
  toProgress,
} from '#queue/job-event.ts'
import type { Hints } from './hints.ts'
import { NO_SYNC } from './no-sync.ts'

/** The maximum number of events per statement and per read. */
const PIECE_SIZE = 100
/** Limit on retries when another process writes to the same log, such as one that was wrongly declared dead. */
const MAX_CONFLICTS = 20

interface EventRow {
  n: number
  body: string
}

interface NewEvent {
  type: JobEvent['type']
  body: string
}

/** The size of an event including a line break, so that the limit is the same as for log files. */
const sizeOf = (body: string): number => Buffer.byteLength(body) + 1

/** Appends events, numbered from `$3` + 1; writes nothing if another writer was faster. */
const APPEND = `
  WITH quick AS MATERIALIZED (SELECT ${NO_SYNC})
  INSERT INTO docspool.events (job_id, epoch, n, type, body, total)
  SELECT $1, $2, $3 + line.n, line.type, line.body, line.total
  FROM quick, unnest($4::text[], $5::text[], $6::int[]) WITH ORDINALITY AS line (type, body, total, n)
  WHERE NOT EXISTS (SELECT FROM docspool.events WHERE job_id = $1 AND epoch = $2 AND n > $3)
  ON CONFLICT DO NOTHING
  RETURNING n`

export function createEventLog(database: Database, hints: Hints, log: Log): EventLog {
  const { run } = database

  async function list(jobId: string, epoch: number, after: number, limit: number | null): Promise<EventRow[]> {
    const { rows } = await run<EventRow>(
      `SELECT n, body FROM docspool.events WHERE job_id = $1 AND epoch = $2 AND n > $3 ORDER BY n LIMIT $4`,
      [jobId, epoch, after, limit],
    )
    return rows
  }

  return {
    open: (jobId, epoch) => createSink(jobId, epoch),

    async read(jobId, epoch) {
      return (await list(jobId, epoch, 0, null)).flatMap(({ body }) => parseEvent(body) ?? [])
    },

    async readFrom(jobId, epoch, offset): Promise<LogPiece<JobEvent> | undefined> {
      const rows = await list(jobId, epoch, offset, PIECE_SIZE + 1)
      if (rows.length === 0) {
        const last = await readLast(jobId, epoch)
        // The next read finds events that were added in the meantime.
        return last === undefined || offset > last.n ? undefined : { events: [], next: offset, isMore: false }
      }
      const isMore = rows.length > PIECE_SIZE
      const piece = rows.slice(0, PIECE_SIZE)
      const events = piece.flatMap(({ n, body }) => {
        const event = parseEvent(body)
        return event === undefined ? [] : [{ event, next: n }]
      })
      return { events, next: piece.at(-1)?.n ?? offset, isMore }
    },

    async lastProgress(jobId, epoch) {
      const { rows } = await run<{ body: string }>(
        `SELECT body FROM docspool.events WHERE job_id = $1 AND epoch = $2 AND type = 'progress' ORDER BY n DESC LIMIT 1`,
        [jobId, epoch],
      )
      const event = rows[0] && parseEvent(rows[0].body)
      return event?.type === 'progress' ? toProgress(event) : null
    },
  }

  async function readLast(jobId: string, epoch: number): Promise<{ n: number; total: number } | undefined> {
    const { rows } = await run<{ n: number; total: number }>(
      'SELECT n, total FROM docspool.events WHERE job_id = $1 AND epoch = $2 ORDER BY n DESC LIMIT 1',
      [jobId, epoch],
    )
    return rows[0]
  }

  function createSink(jobId: string, epoch: number): EventSink {
    /** The end of the log as known to this writer. A new log is assumed to be empty; if it is not, the first write is refused. */
    let end: { n: number; total: number } | undefined = epoch > KEPT_LOGS ? undefined : { n: 0, total: 0 }
    let isFull = false
    let isClosed = false
    let waiting: JobEvent[] = []
    let writing: Promise<void> | undefined

    async function write(events: JobEvent[]): Promise<void> {
      for (let conflicts = 0; conflicts < MAX_CONFLICTS; conflicts++) {
        if (end === undefined) {
          end = (await readLast(jobId, epoch)) ?? { n: 0, total: 0 }
          if (end.n === 0 && epoch > KEPT_LOGS) await removeOutdated()
        }
        const { lines, totals, isNowFull } = fit(events, end.total)
        if (lines.length === 0) return
        const columns = [lines.map(({ type }) => type), lines.map(({ body }) => body), totals]
        const { rows, isRepeated } = await run(APPEND, [jobId, epoch, end.n, ...columns], { isPrepared: true })
        if (rows.length > 0 || (isRepeated && (await isWritten(end.n, lines)))) {
          end = { n: end.n + lines.length, total: totals.at(-1) ?? end.total }
          isFull = isNowFull
          hints.send(jobId)
          return
        }
        end = undefined
      }
      throw new Error('The log is being written by other processes.')
    }

    /** The events that fit into the log, with the size of the log after each. */
    function fit(events: readonly JobEvent[], size: number) {
      const lines: NewEvent[] = []
      const totals: number[] = []
      let [total, isNowFull] = [size, isFull]
      for (const event of events) {
        let body = eventToText(event)
        let { type } = event
        if (total + sizeOf(body) > logLimit(type)) {
          if (isNowFull || type === 'end') continue
          isNowFull = true
          const notice = fullNotice(event.at)
          body = eventToText(notice)
          type = notice.type
        }
        total += sizeOf(body)
        lines.push({ type, body })
        totals.push(total)
      }
      return { lines, totals, isNowFull }
    }

    async function isWritten(after: number, lines: readonly NewEvent[]): Promise<boolean> {
      const rows = await list(jobId, epoch, after, lines.length)
      return rows.length === lines.length && rows.every(({ body }, index) => body === lines[index]?.body)
    }

    async function removeOutdated(): Promise<void> {
      await run('DELETE FROM docspool.events WHERE job_id = $1 AND epoch <= $2', [jobId, epoch - KEPT_LOGS])
    }

    /** Write all waiting events. Errors are only logged, because a lost event must not fail the job. */
    async function flush(): Promise<void> {
      while (waiting.length > 0) {
        const events = waiting.slice(0, PIECE_SIZE)
        waiting = waiting.slice(PIECE_SIZE)
        await write(events).catch((error) =>
          log.warn({ ...forLog(error), job_id: jobId }, 'an event of a job could not be written'),
        )
      }
      writing = undefined
    }

    return {
      append(event) {
        if (isClosed) return writing ?? Promise.resolve()
        waiting.push(event)
        writing ??= flush()
        return writing
      },
      async close() {
        isClosed = true
        await writing
      },
    }
  }
}
