/**
 * Evaluates queries about a program so that each answer is the same in whatever order queries are made.
 *
 * A query leads to others. Shared answers are memoized in **cells**. A cell that is queried while it is being computed
 * returns what is known of it so far. An answer that builds on such a provisional one, or on one cut off at a limit, is
 * valid for the current query only and is not kept. So a kept answer never depends on who asked first. For the same
 * reason a kept answer has a height: where computing it would have exceeded the depth limit, it is computed anew.
 */

/** Depth of nested queries: chains of re-exports, calls, types. Deeper answers count as unknown. */
const MAX_DEPTH = 150

/** Discarded answers that one query may cost; a hostile file could cause exponentially many. */
const MAX_LOST = 5_000

/**
 * The budget of a reader's queries together, for each of its uses and in addition; once spent, each query may cost
 * `LITTLE`.
 */
const LOST_A_USE = 20
const LOST_AT_ALL = 20_000
const LITTLE = 20

/** Something computed at most once, unless it is part of a cycle. */
export class Cell<T> {
  answer: T | undefined
  /** How deep its computation led; 0 while there is no answer. */
  height = 0
  isOpen = false
}

/** The file whose facts are evaluated, and what was read for it: paths of files, and folders with a trailing slash. */
export interface Reader {
  readonly path: string
  readonly reads: Set<string>
}

export interface WorkLimits {
  readonly depth?: number
  /** Discarded answers that one query may cost, and a reader's queries together beside those for each use. */
  readonly lost?: number
  readonly lostAtAll?: number
}

export class Work {
  readonly #maxDepth: number
  readonly #maxLost: number
  readonly #lostAtAll: number
  #depth = 0
  /** The greatest depth since the innermost open cell was begun. */
  #peak = 0
  /** Counts what makes answers valid for one query only. */
  #flaws = 0
  /** Answers discarded by the current query, its limit, and the limit of this reader's queries together. */
  #lost = 0
  #limit = MAX_LOST
  #left = 0
  #reader: Reader | null = null
  /** Cells that got their answer since `remember`. */
  #answered: Cell<unknown>[] | undefined

  constructor({ depth = MAX_DEPTH, lost = MAX_LOST, lostAtAll = LOST_AT_ALL }: WorkLimits = {}) {
    this.#maxDepth = depth
    this.#maxLost = lost
    this.#lostAtAll = lostAtAll
  }

  /** Starts the queries of one reader. */
  startFor(reader: Reader, uses: number): void {
    this.#reader = reader
    // A query that threw did not reset it.
    this.#depth = 0
    this.#left = this.#lostAtAll + LOST_A_USE * uses
  }

  /** Records which cells get an answer, until `forget`. */
  remember(): void {
    this.#answered = []
  }

  /** Discards the answers since `remember`: their inputs have changed. From then on nobody reads. */
  forget(): void {
    this.#reader = null
    for (const cell of this.#answered ?? []) {
      cell.answer = undefined
      cell.height = 0
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

  /** The answer of a cell, if it is known and valid here. Saves the caller a closure for `ask`. */
  recall<T>(cell: Cell<T>, owner: Reader): T | undefined {
    if (cell.height === 0) return undefined
    if (this.#reader !== owner) this.#reader?.reads.add(owner.path)
    return this.#admits(cell.height) ? cell.answer : undefined
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
    if (cell.height > 0 && this.#admits(cell.height)) return cell.answer as T
    if (cell.isOpen) {
      this.#flaws++
      this.#lost++
      return meanwhile
    }
    if (!this.#enter()) return meanwhile
    const flaws = this.#flaws
    const peak = this.#peak
    this.#peak = this.#depth
    cell.isOpen = true
    this.#reader = owner
    const answer = run()
    this.#reader = reader
    cell.isOpen = false
    if (this.#flaws !== flaws) this.#lost++
    else if (cell.height === 0) {
      cell.answer = answer
      cell.height = this.#peak - this.#depth + 1
      this.#answered?.push(cell)
    }
    if (peak > this.#peak) this.#peak = peak
    this.#leave()
    return answer
  }

  /** Whether recomputing an answer of this height would stay within the limits. */
  #admits(height: number): boolean {
    const top = this.#depth + height
    if (top > this.#maxDepth || (this.#depth > 0 && this.#lost >= this.#limit)) return false
    if (top > this.#peak) this.#peak = top
    return true
  }

  #enter(): boolean {
    if (this.#depth === 0) {
      this.#lost = 0
      this.#limit = Math.max(LITTLE, Math.min(this.#maxLost, this.#left))
    } else if (this.#depth >= this.#maxDepth || this.#lost >= this.#limit) {
      this.#flaws++
      return false
    }
    this.#depth++
    if (this.#depth > this.#peak) this.#peak = this.#depth
    return true
  }

  #leave(): void {
    this.#depth--
    if (this.#depth === 0) this.#left -= this.#lost
  }
}
