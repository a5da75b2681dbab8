/** Which line a position is on, as git and its hosts count: TypeScript would also begin a line after a lone CR, U+2028 and U+2029. */

export interface LineColumn {
  /** Both from 1; columns count UTF-16 units. */
  line: number
  column: number
}

export class Lines {
  readonly #starts: number[] = [0]

  constructor(text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.#starts.push(at + 1)
  }

  at(position: number): LineColumn {
    let low = 0
    let high = this.#starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= position) low = middle + 1
      else high = middle
    }
    return { line: low, column: position - (this.#starts[low - 1] ?? 0) + 1 }
  }
}
