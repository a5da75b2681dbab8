/** Collects the short statements of a file that contain no others, as offsets, and finds the one around an offset. */

import { lowerBound } from '#base/binary-search.ts'

/** Limit on the characters of a statement; longer ones are not shown in a line. */
const MAX_CHARS = 160
/** Columns of a row: start, end, and 1 for a call whose result is not used. */
const WIDTH = 3

/** A row for each statement, sorted and disjoint; offsets are in UTF-16 code units. */
export class InnermostStatements {
  readonly rows: number[] = []

  /**
   * Call with increasing starts, outer statements before inner ones.
   *
   * @param isCall - Whether it is nothing but a call.
   */
  add(start: number, end: number, isCall: boolean): void {
    // Statements that contain this one are not innermost.
    while ((this.rows.at(-2) ?? 0) > start) this.rows.length -= WIDTH
    if (end - start <= MAX_CHARS) this.rows.push(start, end, isCall ? 1 : 0)
  }
}

export interface Statement {
  readonly start: number
  readonly end: number
  /** Whether it is nothing but a call, whose result is not used. */
  readonly isCall: boolean
}

/** @param rows - As collected above. */
export function statementAt(rows: ArrayLike<number>, offset: number): Statement | undefined {
  const after = lowerBound(rows.length / WIDTH, (index) => (rows[index * WIDTH] ?? 0) <= offset) * WIDTH
  const [start = 0, end = 0, isCall = 0] = [rows[after - WIDTH], rows[after - 2], rows[after - 1]]
  return after > 0 && offset < end ? { start, end, isCall: isCall === 1 } : undefined
}
