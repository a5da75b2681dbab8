/** Finds the ends of string and character literals in C or C++ code, in linear time over a whole text. */

/** Limit on the distinct raw string delimiters that are searched for and not found. */
const MAX_MISSING = 100

/** Matches the end of code in which a number has begun: `0xFF`, but not the prefix in `u8'a'`. */
const NUMBER_START = /(?<![\w'])\d[\w']*$/
const MAX_NUMBER = 60

export class LiteralEnds {
  readonly #text: string
  /** Raw string delimiters that do not occur in the rest of the text. */
  readonly #missing = new Set<string>()
  /** Keyed by quote character: the end of the last line where one is unclosed; none before that is closed either. */
  readonly #unclosed = new Map<string, number>()

  constructor(text: string) {
    this.#text = text
  }

  /**
   * @param at - Offset of the opening quote, after those of earlier calls.
   * @returns Offset of the closing quote; `undefined` if there is none on the line.
   */
  endOf(at: number): number | undefined {
    const text = this.#text
    const quote = text[at] ?? ''
    const before = text[at - 1] ?? ''
    const rawEnd = quote === '"' && before === 'R' ? this.#endOfRaw(at) : undefined
    if (rawEnd !== undefined) return rawEnd
    const isDigitSeparator = quote === "'" && NUMBER_START.test(text.slice(Math.max(0, at - MAX_NUMBER), at))
    if (isDigitSeparator || at < (this.#unclosed.get(quote) ?? 0)) return undefined
    let end = at + 1
    for (; end < text.length && text[end] !== '\n'; end++) {
      if (text[end] === '\\') end++
      else if (text[end] === quote) return end
    }
    this.#unclosed.set(quote, end)
    return undefined
  }

  /** The end of a raw string; never searches twice for a missing delimiter. */
  #endOfRaw(at: number): number | undefined {
    const mark = /^"([^()\\\s]{0,16})\(/.exec(this.#text.slice(at, at + 20))?.[1]
    if (mark === undefined || this.#missing.has(mark) || this.#missing.size >= MAX_MISSING) return undefined
    const end = this.#text.indexOf(`)${mark}"`, at)
    if (end >= 0) return end + mark.length + 1
    this.#missing.add(mark)
    return undefined
  }
}
