/**
 * The journal of the spending of all workers of a machine on one day: a file that each appends to (`O_APPEND`, one write per
 * line) and reads, without a lock.
 *
 * The order of the lines decides. A reservation is valid if it and all valid ones before it fit the limit in its own line; so all
 * readers agree, in whatever order they read, and the sum of valid reservations never exceeds the limit. Invalid ones do not
 * count. A reservation that was never settled, because its writer died, counts in full until the end of the day.
 */

import { closeSync, constants, fstatSync, openSync, readSync, writeSync } from 'node:fs'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { makeFolders } from '#base/files.ts'
import { formatLine, type Line, parseLine, type Reserve } from './journal-line.ts'
import { add, exceededLimit, type Totals, zeroTotals } from './totals.ts'

const CHUNK_BYTES = 65_536
/** Limit on text without a line break; longer text was not written by this program. */
const MAX_TAIL_BYTES = 1_048_576

export interface Settled {
  line: Reserve
  inputTokens: number
  outputTokens: number
  microUsd: number
}

export class DayJournal {
  readonly #file: string
  readonly #onSettled: (settled: Settled) => void
  #offset = 0
  #inode = 0
  #tail: Buffer = Buffer.alloc(0)
  #open = new Map<string, Reserve>()
  #totals = zeroTotals()
  #jobs = new Map<string, Totals>()

  /** @param onSettled - Called for each settlement that is read, including those of other processes. */
  constructor(file: string, onSettled: (settled: Settled) => void = () => {}) {
    this.#file = file
    this.#onSettled = onSettled
  }

  /** The spent and reserved amounts, up to the position read so far. */
  get totals(): Readonly<Totals> {
    return this.#totals
  }

  /** The totals of one job. */
  totalsOf(job: string): Readonly<Totals> {
    return this.#jobs.get(job) ?? zeroTotals()
  }

  /** Valid reservations that are not settled. */
  get open(): Iterable<Reserve> {
    return this.#open.values()
  }

  /** Whether the reservation is valid and not settled, up to the position read so far. */
  holds(id: string): boolean {
    return this.#open.has(id)
  }

  /** Bytes read so far. */
  get bytes(): number {
    return this.#offset
  }

  /**
   * Append a line.
   *
   * @throws A system error; then the line is missing or torn, and readers ignore it.
   */
  append(line: Line): void {
    makeFolders(path.dirname(this.#file))
    const bytes = formatLine(line)
    const handle = openSync(this.#file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600)
    try {
      const written = writeSync(handle, bytes)
      if (written !== bytes.byteLength) throw Object.assign(new Error(`${this.#file} is full`), { code: 'ENOSPC' })
    } finally {
      closeSync(handle)
    }
  }

  /**
   * Read the lines that were appended since the last call.
   *
   * @throws A system error; a missing file counts as empty.
   */
  catchUp(): void {
    let handle: number
    try {
      handle = openSync(this.#file, constants.O_RDONLY)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return
      throw error
    }
    try {
      const { ino, size } = fstatSync(handle)
      if (ino !== this.#inode || size < this.#offset) this.#startAnew(ino)
      const chunk = Buffer.allocUnsafe(CHUNK_BYTES)
      for (;;) {
        const count = readSync(handle, chunk, 0, CHUNK_BYTES, this.#offset)
        if (count === 0) break
        this.#offset += count
        this.#take(chunk.subarray(0, count))
      }
    } finally {
      closeSync(handle)
    }
  }

  #startAnew(inode: number): void {
    this.#inode = inode
    this.#offset = 0
    this.#tail = Buffer.alloc(0)
    this.#open = new Map()
    this.#totals = zeroTotals()
    this.#jobs = new Map()
  }

  #take(chunk: Buffer): void {
    const bytes = this.#tail.byteLength === 0 ? chunk : Buffer.concat([this.#tail, chunk])
    const end = bytes.lastIndexOf('\n') + 1
    for (const text of bytes.toString('utf8', 0, end).split('\n')) {
      const line = parseLine(text)
      if (line !== undefined) this.#apply(line)
    }
    const rest = bytes.subarray(end)
    this.#tail = rest.byteLength > MAX_TAIL_BYTES ? Buffer.alloc(0) : Buffer.from(rest)
  }

  #apply(line: Line): void {
    if (line.t === 'reserve') {
      if (exceededLimit(boundOf(line), this.#totals, line.limit) !== undefined) return
      this.#open.set(line.id, line)
      this.#count(line.job, boundOf(line), 1)
      return
    }
    const reserve = this.#open.get(line.id)
    if (reserve === undefined) return
    this.#open.delete(line.id)
    this.#count(reserve.job, boundOf(reserve), -1)
    if (line.t === 'release') return
    this.#count(reserve.job, { calls: 1, tokens: line.in + line.out, microUsd: line.microUsd }, 1)
    this.#onSettled({ line: reserve, inputTokens: line.in, outputTokens: line.out, microUsd: line.microUsd })
  }

  #count(job: string, part: Totals, sign: 1 | -1): void {
    add(this.#totals, part, sign)
    const sum = this.#jobs.get(job) ?? zeroTotals()
    add(sum, part, sign)
    this.#jobs.set(job, sum)
  }
}

const boundOf = (line: Reserve): Totals => ({ calls: 1, tokens: line.in + line.out, microUsd: line.microUsd })

/** The UTC date of a time: `2026-11-25`. */
export const dayOf = (nowMs: number): string => new Date(nowMs).toISOString().slice(0, 10)

/** The journal of a day: `<spool>/spend/2026-11-25.ndjson`. */
export const journalOf = (folder: string, day: string): string => path.join(folder, `${day}.ndjson`)
