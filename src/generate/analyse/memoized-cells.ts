/**
 * Cells of the memoized evaluator, and the cycles that they form by querying each other (`memoized-evaluator.ts` explains both).
 */

/** An answer that is computed at most once, unless it is part of a cycle. */
export class Cell<T> {
  answer: T | undefined
  /** The depth that its computation reached; 0 while there is no answer. */
  height = 0
  /** The number of answers that its computation discarded, itself included. */
  cost = 0
  /** The cycles that its computation met. */
  met: MetCycles = NONE
  cycle: Cycle | undefined
  /** Its index among the cells that are being computed; -1 if it is not one of them. */
  place = -1
}

/** Cells that query each other. */
export class Cycle {
  /** The number of its cells that are being computed. */
  open = 0
  /** The larger cycle that it turned out to be a part of. */
  #whole: Cycle | undefined

  /** The cycle that this one is now a part of, or itself. */
  get now(): Cycle {
    let cycle: Cycle = this
    while (cycle.#whole !== undefined) cycle = cycle.#whole
    return cycle
  }

  static of(cell: Cell<unknown>): Cycle | undefined {
    if (cell.cycle !== undefined) cell.cycle = cell.cycle.now
    return cell.cycle
  }

  /** Adds a cell that is being computed. @returns Whether the cell was in no cycle before. */
  add(cell: Cell<unknown>): boolean {
    const other = Cycle.of(cell)
    if (other === this) return false
    this.open += other?.open ?? 1
    if (other !== undefined) other.#whole = this
    cell.cycle = this
    return other === undefined
  }
}

/** Cycles that a computation met; `undefined` if there are too many to track. */
export type MetCycles = readonly Cycle[] | undefined

/** No cycle was met. */
export const NONE: readonly Cycle[] = []
const MAX_MET = 16

/** All cycles of both; the same value if nothing is added. */
export function joined(some: MetCycles, others: MetCycles): MetCycles {
  if (some === others || others?.length === 0) return some
  if (some?.length === 0) return others
  if (some === undefined || others === undefined) return undefined
  const all = new Set([...some, ...others].map((cycle) => cycle.now))
  return all.size > MAX_MET ? undefined : [...all]
}
