/** A position in the lines of a document, for parsers that take one block after the other. */

export class LineCursor {
  readonly lines: readonly string[]
  at = 0

  constructor(lines: readonly string[]) {
    this.lines = lines
  }

  get isAtEnd(): boolean {
    return this.at >= this.lines.length
  }

  /** The current line; '' at the end. */
  get line(): string {
    return this.lines[this.at] ?? ''
  }

  /** Takes lines while they match. */
  takeWhile(isIn: (line: string) => boolean): string[] {
    const from = this.at
    while (!this.isAtEnd && isIn(this.line)) this.at += 1
    return this.lines.slice(from, this.at)
  }
}
