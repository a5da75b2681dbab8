/**
 * How questions about a program are answered, so that the answer to each is the same in whatever order they are asked.
 *
 * A question leads to others. Answers that many ask for are kept in **cells**. A cell that is asked for while it is being
 * worked out answers with what is known of it until then; what was built on such an answer, or on one that was cut at a
 * limit, holds for the question at hand alone and is not kept. So a kept answer never depends on who asked first. For the
 * same reason a kept answer has a height: where working it out would have met the limit of depth, it is worked out anew.
 */

/** How deep a question may lead, if nothing else is said: chains of re-exports, of calls, of types. Deeper is "not known". */
const MAX_DEPTH = 150

/** Answers not to be kept that one question may cost; a hostile file could ask for exponentially many. */
const MAX_LOST = 5_000

/** The same of all questions of one reader, for each of its uses and beside that; when it is spent, each may cost `LITTLE`. */
const LOST_A_USE = 20
const LOST_AT_ALL = 20_000
const LITTLE = 20

/** Something worked out at most once, unless it is a part of a circle. */
export class Cell<T> {
  answer: T | undefined
  /** How deep working it out led; 0 when there is no answer yet. */
  height = 0
  isOpen = false
}

/** Whose facts are looked at, and what was looked at on the way: paths of files, and folders with a slash at the end. */
export interface Reader {
  readonly path: string
  readonly reads: Set<string>
}

export interface WorkLimits {
  readonly depth?: number
  /** Answers not to be kept that one question may cost, and all questions of one reader beside those for each use. */
  readonly lost?: number
  readonly lostAtAll?: number
}

export class Work {
  readonly #maxDepth: number
  readonly #maxLost: number
  readonly #lostAtAll: number
  #depth = 0
  /** The greatest depth since the innermost cell at hand was begun. */
  #peak = 0
  /** Counts what makes answers good for one question only. */
  #flaws = 0
  /** Answers lost by the question at hand, how many it may lose, and how many all of this reader may. */
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

  /** The questions of one reader follow. */
  startFor(reader: Reader, uses: number): void {
    this.#reader = reader
    // A question that failed has not left.
    this.#depth = 0
    this.#left = this.#lostAtAll + LOST_A_USE * uses
  }

  /** Note which cells get an answer from now on, until `forget`. */
  remember(): void {
    this.#answered = []
  }

  /** Take the answers since `remember` back: what they were worked out from has changed. Nobody reads from then on. */
  forget(): void {
    this.#reader = null
    for (const cell of this.#answered ?? []) {
      cell.answer = undefined
      cell.height = 0
    }
    this.#answered = undefined
  }

  /** The reader at hand looks at something. */
  touch(name: string): void {
    const reader = this.#reader
    if (reader !== null && reader.path !== name) reader.reads.add(name)
  }

  /** Run a step; `otherwise` when the question has become too deep or too long. */
  step<T>(otherwise: T, run: () => T): T {
    if (!this.#enter()) return otherwise
    const answer = run()
    this.#leave()
    return answer
  }

  /** The answer of a cell, if it is known and may be used here. Spares `ask` a function to work it out. */
  recall<T>(cell: Cell<T>, owner: Reader): T | undefined {
    if (cell.height === 0) return undefined
    if (this.#reader !== owner) this.#reader?.reads.add(owner.path)
    return this.#admits(cell.height) ? cell.answer : undefined
  }

  /**
   * The answer of a cell.
   *
   * @param owner - Whose facts it is worked out from.
   * @param meanwhile - The answer while it is being worked out.
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

  /** True when working out an answer of this height again would meet no limit. */
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
