/**
 * Evaluates queries about a program so that each answer is independent of the order of queries.
 *
 * A query makes other queries. Shared answers are memoized in **cells**. A cell that is queried while it is being computed
 * returns a provisional answer. An answer that builds on the provisional answer of an outer cell is valid only
 * there and is not kept; neither is an answer that was cut off at a limit. So a kept answer never depends on the order
 * of queries. For the same reason a kept answer has a height and a cost: where computing it would have exceeded a
 * limit, it is computed again.
 *
 * Cells that query each other form a **cycle**. The answer of the cell that is queried first is kept, and so are
 * answers that build on it. They are valid as long as no cell of those cycles is being computed, because the
 * same computation would then take place. Cycles are found as in Tarjan's algorithm for strongly connected components.
 */

import { type Cell, Cycle, joined, type MetCycles, NONE } from './memoized-cells.ts'

/** Limit on nested queries: chains of re-exports, calls, types. Deeper answers count as unknown. */
const MAX_DEPTH = 150

/** Limit on the answers that one query may discard; a hostile file could cause exponentially many. */
const MAX_DISCARDED = 5_000

/**
 * The budget of discarded answers for all queries of a reader: a constant plus an amount per use. Once it is spent, each
 * query may still discard `MIN_DISCARDED`.
 */
const DISCARDED_PER_USE = 20
const DISCARDED_PER_READER = 20_000
const MIN_DISCARDED = 20

/**
 * The file whose facts are evaluated, and everything read for it: paths of files, and folders with a trailing slash.
 */
export interface Reader {
  readonly path: string
  readonly reads: Set<string>
}

export interface EvaluatorLimits {
  /** Limit on nested queries. */
  readonly depth?: number
  /** Limit on the answers that one query may discard. */
  readonly discarded?: number
  /** The constant part of a reader's budget of discarded answers. */
  readonly discardedPerReader?: number
}

export class MemoizedEvaluator {
  readonly #maxDepth: number
  readonly #maxDiscarded: number
  readonly #discardedPerReader: number
  #depth = 0
  /** The greatest depth since the innermost open cell was begun. */
  #peak = 0
  /** Number of provisional answers and cuts at a limit. */
  #flaws = 0
  /** Number of cuts at a limit. */
  #cuts = 0
  /** The cells that are being computed. */
  readonly #open: Cell<unknown>[] = []
  /** The number of open cells that are in a cycle. */
  #openInCycles = 0
  /** The cycles met by the innermost open cell so far. */
  #met: MetCycles = NONE
  /** The index of the first cell whose provisional answer was used by the innermost open cell or its subqueries. */
  #lowest = Number.POSITIVE_INFINITY
  /** Answers discarded by the current query, its limit, and what is left of the reader's budget. */
  #discarded = 0
  #limit = MAX_DISCARDED
  #left = 0
  #reader: Reader | null = null
  /** Cells that received their answer since `recordAnswers`. */
  #answered: Cell<unknown>[] | undefined

  constructor({
    depth = MAX_DEPTH,
    discarded = MAX_DISCARDED,
    discardedPerReader = DISCARDED_PER_READER,
  }: EvaluatorLimits = {}) {
    this.#maxDepth = depth
    this.#maxDiscarded = discarded
    this.#discardedPerReader = discardedPerReader
  }

  /** Starts the queries of one reader. @param uses - The number of its uses, which its budget depends on. */
  startFor(reader: Reader, uses: number): void {
    this.#reader = reader
    // A query that threw has not reset these.
    this.#depth = 0
    this.#lowest = Number.POSITIVE_INFINITY
    for (const cell of this.#open) this.#close(cell)
    this.#open.length = 0
    this.#met = NONE
    this.#left = this.#discardedPerReader + DISCARDED_PER_USE * uses
  }

  /** Records which cells receive an answer, until `discardRecorded`. */
  recordAnswers(): void {
    this.#answered = []
  }

  /** Discards the answers since `recordAnswers`: their inputs have changed. After this, reads are not recorded. */
  discardRecorded(): void {
    this.#reader = null
    for (const cell of this.#answered ?? []) {
      cell.answer = undefined
      cell.height = 0
      cell.cost = 0
      cell.met = NONE
    }
    this.#answered = undefined
  }

  /** Records that the current reader reads something. */
  touch(name: string): void {
    const reader = this.#reader
    if (reader !== null && reader.path !== name) reader.reads.add(name)
  }

  /** Runs a step; returns `otherwise` if the query has become too deep or too long. */
  step<T>(otherwise: T, run: () => T): T {
    if (!this.#enter()) return otherwise
    const answer = run()
    this.#leave()
    return answer
  }

  /** The answer of a cell if it is known and valid here. Avoids the closure that `ask` needs. */
  recall<T>(cell: Cell<T>, owner: Reader): T | undefined {
    if (cell.height === 0) return undefined
    if (this.#reader !== owner) this.#reader?.reads.add(owner.path)
    return this.#admits(cell) ? cell.answer : undefined
  }

  /**
   * The answer of a cell.
   *
   * @param owner - The file whose facts it is computed from.
   * @param meanwhile - The answer while it is being computed.
   */
  ask<T>(cell: Cell<T>, owner: Reader, meanwhile: T, run: () => T): T {
    const reader = this.#reader
    if (reader !== owner) reader?.reads.add(owner.path)
    if (cell.height > 0 && this.#admits(cell)) return cell.answer as T
    if (cell.place >= 0) {
      this.#flaws++
      this.#discarded++
      this.#join(cell)
      return meanwhile
    }
    if (!this.#enter()) return meanwhile
    const [flaws, cuts, discarded] = [this.#flaws, this.#cuts, this.#discarded]
    const [peak, lowest, met] = [this.#peak, this.#lowest, this.#met]
    const place = this.#open.push(cell) - 1
    cell.place = place
    const known = Cycle.of(cell)
    if (known !== undefined) {
      known.open++
      this.#openInCycles++
    }
    this.#met = NONE
    this.#peak = this.#depth
    this.#lowest = Number.POSITIVE_INFINITY
    this.#reader = owner
    const answer = run()
    this.#reader = reader
    this.#open.pop()
    this.#close(cell)
    const isFlawed = this.#flaws !== flaws
    if (isFlawed) this.#discarded++
    if (cell.height === 0 && this.#cuts === cuts && this.#lowest >= place) {
      cell.answer = answer
      cell.height = this.#peak - this.#depth + 1
      cell.cost = isFlawed ? this.#discarded - discarded : 0
      cell.met = this.#met
      this.#answered?.push(cell)
    }
    this.#lowest = this.#lowest < place && this.#lowest < lowest ? this.#lowest : lowest
    this.#met = joined(met, this.#met)
    if (peak > this.#peak) this.#peak = peak
    this.#leave()
    return answer
  }

  /** Joins cells to a cycle: this cell queries itself, and so do all cells opened since. */
  #join(cell: Cell<unknown>): void {
    if (cell.place < this.#lowest) this.#lowest = cell.place
    const cycle = Cycle.of(cell) ?? new Cycle()
    for (let place = cell.place; place < this.#open.length; place++) {
      if (cycle.add(this.#open[place] as Cell<unknown>)) this.#openInCycles++
    }
  }

  #close(cell: Cell<unknown>): void {
    cell.place = -1
    const cycle = Cycle.of(cell)
    if (cycle === undefined) return
    cycle.open--
    this.#openInCycles--
    this.#met = joined(this.#met, [cycle])
  }

  /**
   * Whether computing the answer again would give the same result within the limits. Adds the cost of doing so, so that
   * the limits are reached at the same point.
   */
  #admits(cell: Cell<unknown>): boolean {
    const top = this.#depth + cell.height
    if (top > this.#maxDepth || (this.#depth > 0 && this.#discarded >= this.#limit)) return false
    if (cell.cost > 0) {
      if (this.#isMetOpen(cell.met) || !this.#pays(cell.cost)) return false
      this.#flaws++
      this.#met = joined(this.#met, cell.met)
    }
    if (top > this.#peak) this.#peak = top
    return true
  }

  #isMetOpen(met: MetCycles): boolean {
    if (this.#openInCycles === 0) return false
    return met === undefined || met.some((cycle) => cycle.now.open > 0)
  }

  #pays(cost: number): boolean {
    if (this.#depth > 0) {
      if (this.#discarded + cost >= this.#limit) return false
      this.#discarded += cost
      return true
    }
    if (cost >= this.#limitNow()) return false
    this.#left -= cost
    return true
  }

  #limitNow(): number {
    return Math.max(MIN_DISCARDED, Math.min(this.#maxDiscarded, this.#left))
  }

  #enter(): boolean {
    if (this.#depth === 0) {
      this.#discarded = 0
      this.#limit = this.#limitNow()
    } else if (this.#depth >= this.#maxDepth || this.#discarded >= this.#limit) {
      this.#flaws++
      this.#cuts++
      return false
    }
    this.#depth++
    if (this.#depth > this.#peak) this.#peak = this.#depth
    return true
  }

  #leave(): void {
    this.#depth--
    if (this.#depth === 0) this.#left -= this.#discarded
  }
}
