/** From positions in a text to lines. */

/** Lines of one text; made once, asked often. */
export class Lines {
  readonly #starts: number[] = [0]

  readonly #length: number

  constructor(text: string) {
    this.#length = text.length
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  /** The position where a line begins; the end of the text for one that is not there. */
  startOf(line: number): number {
    return this.#starts[line - 1] ?? this.#length
  }

  /** The line of a position, from 1. */
  at(position: number): number {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= position) low = middle + 1
      else high = middle
    }
    return low
  }
}
