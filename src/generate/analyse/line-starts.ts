/** The lines of a text by offset. */

import { lowerBound } from '#base/binary-search.ts'

/** The lines that are tried one after the other before all are searched. */
const NEAR_LINES = 8

export interface Place {
  readonly line: number
  readonly column: number
}

export class LineStarts {
  /** The offset at which each line starts. */
  readonly all: Uint32Array
  /** The line that was asked for last. */
  #line = 1

  constructor(text: string) {
    const starts = [0]
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.all = Uint32Array.from(starts)
  }

  /** The line of an offset, counted from 1. */
  lineAt(offset: number): number {
    const starts = this.all
    // Mostly, the offset is in the line of the last one, or in one of the next.
    let line = this.#line
    if ((starts[line - 1] ?? 0) > offset) line = 0
    for (const far = line + NEAR_LINES; line < far && (starts[line] ?? Number.POSITIVE_INFINITY) <= offset; ) line++
    const isFound = line > 0 && (starts[line] ?? Number.POSITIVE_INFINITY) > offset
    this.#line = isFound ? line : lowerBound(starts.length, (index) => (starts[index] ?? 0) <= offset)
    return this.#line
  }

  /** Line and column, counted from 1. */
  placeAt(offset: number): Place {
    const line = this.lineAt(offset)
    return { line, column: offset - (this.all[line - 1] ?? 0) + 1 }
  }
}

/** @returns A function from an offset to its line, counted from 1; lines are indexed on the first call. */
export function lazyLines(text: string): (offset: number) => number {
  let lines: LineStarts | undefined
  return (offset) => {
    lines ??= new LineStarts(text)
    return lines.lineAt(offset)
  }
}
