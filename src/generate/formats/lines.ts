/** Converts positions in a text to line numbers. */

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
    const starts = this.#starts
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((starts[middle] ?? 0) <= position) low = middle + 1
      else high = middle
    }
    return low
  }
}
