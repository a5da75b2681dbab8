/**
 * Converts positions to lines and columns as git and code hosts count them. TypeScript itself would also break lines at
 * a lone CR, U+2028 and U+2029.
 */

import { Lines as TextLines } from '#generate/formats/lines.ts'

export interface LineColumn {
  /** Both count from 1; columns count UTF-16 code units. */
  line: number
  column: number
}

export class Lines {
  readonly #lines: TextLines

  constructor(text: string) {
    this.#lines = new TextLines(text)
  }

  at(position: number): LineColumn {
    const line = this.#lines.at(position)
    return { line, column: position - this.#lines.startOf(line) + 1 }
  }
}
