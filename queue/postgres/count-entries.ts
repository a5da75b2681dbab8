/** Counts entries of the queue. Counting a very long queue is slow, so a count is reused for a multiple of the time it took. */

import type { Database } from '#database/database.ts'
import { type EntryRow, isBefore } from './entry-rows.ts'

/** From this number of entries, a count is reused for `REUSE_FACTOR` times as long as it took. */
const MANY = 10_000
const REUSE_FACTOR = 20
/** For this long after that, the old count is still returned while the next one runs; then the next one is awaited. */
const STALE_MS = 1_000

/** An entry far back in the queue whose position is known, from which the positions of others are counted. */
interface Anchor {
  row: EntryRow
  /** Number of entries before it. */
  before: number
  /** When the position becomes outdated (`performance.now()`). */
  until: number
}

export interface EntryCounts {
  /** The number of ready and delayed entries; in a very long queue, as it was up to `REUSE_FACTOR` counts ago. */
  countWaiting(): Promise<number>
  /** `countWaiting` in a queue that was very long when it was last counted; otherwise `undefined`. */
  countIfMany(): Promise<number | undefined>
  /** Report a number of waiting entries that was just counted elsewhere. */
  noteCount(waiting: number): void
  /** The number of ready entries before this one. */
  countBefore(row: EntryRow): Promise<number>
}

export function createEntryCounts(run: Database['run']): EntryCounts {
  let counted: { waiting: number; until: number } | undefined
  let counting: Promise<number> | undefined
  let anchor: Anchor | undefined

  async function countAgain(): Promise<number> {
    const start = performance.now()
    const { rows } = await run<{ waiting: number }>(
      `SELECT count(*) AS waiting FROM docspool.entries WHERE kind IN ('ready', 'delayed')`,
    )
    const waiting = rows[0]?.waiting ?? 0
    const now = performance.now()
    counted = waiting < MANY ? undefined : { waiting, until: now + (now - start) * REUSE_FACTOR }
    return waiting
  }

  /** The number of ready entries from one (inclusive; by default, the first) to another (exclusive). */
  async function countBetween(from: EntryRow | undefined, to: EntryRow): Promise<number> {
    const first = from ?? { rank: -1, priority: -1, job_id: '' }
    const { rows } = await run<{ between: number }>(
      `SELECT count(*) AS between FROM docspool.entries
       WHERE kind = 'ready' AND (rank, priority, job_id) >= ($1, $2, $3) AND (rank, priority, job_id) < ($4, $5, $6)`,
      [first.rank, first.priority, first.job_id, to.rank, to.priority, to.job_id],
    )
    return rows[0]?.between ?? 0
  }

  /**
   * The number of entries before this one. In a very long queue, counting from a nearby entry costs less than from the first
   * one.
   */
  async function countBefore(row: EntryRow): Promise<number> {
    const start = performance.now()
    if (anchor !== undefined && start < anchor.until) {
      if (isBefore(row, anchor.row)) return Math.max(0, anchor.before - (await countBetween(row, anchor.row)))
      const { before, until } = anchor
      const position = before + (await countBetween(anchor.row, row))
      anchor = { row, before: position, until }
      return position
    }
    const before = await countBetween(undefined, row)
    const now = performance.now()
    anchor = before < MANY ? undefined : { row, before, until: now + (now - start) * REUSE_FACTOR }
    return before
  }

  async function countWaiting(): Promise<number> {
    const now = performance.now()
    const known = counted
    // In a short queue, calls do not share counts, because one that started earlier may miss an entry that the caller has
    // added.
    if (known === undefined) return await countAgain()
    if (now < known.until) return known.waiting
    counting ??= countAgain().finally(() => {
      counting = undefined
    })
    if (now > known.until + STALE_MS) return await counting
    counting.catch(() => undefined)
    return known.waiting
  }

  return {
    countWaiting,
    countIfMany: async () => (counted === undefined ? undefined : await countWaiting()),
    noteCount(waiting) {
      if (waiting >= MANY) counted = { waiting, until: performance.now() }
    },
    countBefore,
  }
}
