/** Converts positions in a text to line numbers. */

import { lowerBound } from '#base/binary-search.ts'

export class Lines {
  readonly #starts: number[] = [0]

  readonly #length: number

  constructor(text: string) {
    this.#length = text.length
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** The position at which a line begins; the end of the text for a line beyond the last one. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#length
  }

  /** The line of a position, counted from 1. */
  at(position: number): number {
    return lowerBound(this.#starts.length, (index) => (this.#starts[index] ?? 0) <= position)
  }
}
