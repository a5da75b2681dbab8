/** A cache of the lines of files. */

/** Limit on the characters of one cache. */
const MAX_CHARS = 32_000_000

export class LineCache {
  readonly #lines = new Map<string, readonly string[]>()
  #chars = 0

  /** When full, the cache is emptied: cheaper than tracking which entries were used last. */
  linesOf(path: string, read: () => readonly string[]): readonly string[] {
    const known = this.#lines.get(path)
    if (known !== undefined) return known
    const lines = read()
    const chars = lines.reduce((sum, line) => sum + line.length, 0)
    if (this.#chars + chars > MAX_CHARS) {
      this.#lines.clear()
      this.#chars = 0
    }
    this.#lines.set(path, lines)
    this.#chars += chars
    return lines
  }
}
