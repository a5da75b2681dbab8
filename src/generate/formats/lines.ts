/** The lines of a text by offset, as git and code hosts count them: only `\n` ends one. */

import { lowerBound } from '#base/binary-search.ts'

export interface Place {
  /** Both count from 1; columns count UTF-16 code units. */
  readonly line: number
  readonly column: number
}

/** How many lines are tried one by one before the binary search. */
const NEAR_LINES = 8

export class Lines {
  readonly #text: string
  #starts: Uint32Array | undefined
  /** The line that was found last. */
  #line = 1

  constructor(text: string) {
    this.#text = text
  }

  /** The offset at which each line starts; found when it is first needed. */
  get starts(): Uint32Array {
    if (this.#starts !== undefined) return this.#starts
    const starts = [0]
    for (let at = this.#text.indexOf('\n'); at >= 0; at = this.#text.indexOf('\n', at + 1)) starts.push(at + 1)
    this.#starts = Uint32Array.from(starts)
    return this.#starts
  }

  /** The offset at which a line begins; the end of the text for a line beyond the last one. */
  startOf(line: number): number {
    return this.starts[line - 1] ?? this.#text.length
  }

  /** The line of an offset, counted from 1. */
  at(offset: number): number {
    const starts = this.starts
    // Usually, the offset is in the line that was found last, or in one of the next.
    let line = this.#line
    if ((starts[line - 1] ?? 0) > offset) line = 0
    for (const far = line + NEAR_LINES; line < far && (starts[line] ?? Number.POSITIVE_INFINITY) <= offset; ) line++
    const isFound = line > 0 && (starts[line] ?? Number.POSITIVE_INFINITY) > offset
    this.#line = isFound ? line : lowerBound(starts.length, (index) => (starts[index] ?? 0) <= offset)
    return this.#line
  }

  placeAt(offset: number): Place {
    const line = this.at(offset)
    return { line, column: offset - this.startOf(line) + 1 }
  }
}
