/**
 * Finds the lines of the keys and tables of a TOML text. The text must be valid TOML: this only finds where statements
 * begin and end.
 */

import { Lines } from './lines.ts'

export interface Span {
  startLine: number
  endLine: number
}

/** Limit on the parts of a path, because every prefix of a path is stored as a string. `read-toml.ts` needs fewer. */
const MAX_PARTS = 60

/** Limit on the characters of a part, for the same reason. Longer parts have no lines. */
const MAX_PART = 1_000

/** Spans by key path; elements of an array of tables are numbered in the path. */
export class TomlLines {
  readonly #spans = new Map<string, Span>()
  readonly #counts = new Map<string, number>()
  readonly #lines: Lines
  readonly #text: string
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#lines = new Lines(text)
    let table: string[] = []
    for (this.#skipBlank(); this.#at < text.length; this.#skipBlank()) {
      const start = this.#at
      if (text[start] === '[') table = this.#readHeader(start)
      else {
        const path = [...table, ...this.#readKey()]
        this.#at++
        this.#skipValue()
        this.#cover(path, start, this.#at - 1)
      }
    }
  }

  of(path: readonly string[]): Span | undefined {
    return this.#spans.get(keyOf(path))
  }

  /** `[a.b]` or `[[a.b]]`. A table below an array of tables belongs to its last element. */
  #readHeader(start: number): string[] {
    const isArray = this.#text[start + 1] === '['
    this.#at += isArray ? 2 : 1
    const names = this.#readKey()
    this.#at = this.#endOfLine()
    const path: string[] = []
    for (const [index, name] of names.entries()) {
      path.push(name)
      const key = keyOf(path)
      const isNew = isArray && index === names.length - 1
      if (isNew) this.#counts.set(key, (this.#counts.get(key) ?? -1) + 1)
      const count = this.#counts.get(key)
      if (count !== undefined) path.push(String(count))
    }
    this.#cover(path, start, start)
    return path
  }

  /** A dotted key, up to the `=` or `]` that follows. */
  #readKey(): string[] {
    const names: string[] = []
    let name = ''
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? ''
      if (character === '=' || character === ']' || character === '\n') break
      if (character === '"' || character === "'") {
        const from = this.#at
        this.#skipString()
        const quoted = this.#text.slice(from, this.#at--)
        name = character === '"' ? unquote(quoted) : quoted.slice(1, -1)
      } else if (character === '.') {
        if (names.length < MAX_PARTS) names.push(name)
        name = ''
      } else if (character !== ' ' && character !== '\t') name += character
    }
    return [...names, name].map((part) => part.slice(0, MAX_PART))
  }

  /** Moves to the end of a value, across lines within brackets and long strings. */
  #skipValue(): void {
    let depth = 0
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (character === '"' || character === "'") {
        this.#skipString()
        continue
      }
      if (character === '#') this.#at = this.#endOfLine()
      if (this.#text[this.#at] === '\n' && depth === 0) return
      if (character === '[' || character === '{') depth++
      else if (character === ']' || character === '}') depth--
      this.#at++
    }
  }

  #skipString(): void {
    const quote = this.#text[this.#at] ?? ''
    const isLong = this.#text.startsWith(quote.repeat(3), this.#at)
    const end = isLong ? quote.repeat(3) : quote
    this.#at += end.length
    while (this.#at < this.#text.length && !this.#text.startsWith(end, this.#at)) {
      this.#at += quote === '"' && this.#text[this.#at] === '\\' ? 2 : 1
    }
    this.#at += end.length
    while (isLong && this.#text[this.#at] === quote) this.#at++
  }

  #skipBlank(): void {
    while (this.#at < this.#text.length) {
      if (this.#text[this.#at] === '#') this.#at = this.#endOfLine()
      else if (/\s/.test(this.#text[this.#at] ?? '')) this.#at++
      else return
    }
  }

  #endOfLine(): number {
    const newline = this.#text.indexOf('\n', this.#at)
    return newline < 0 ? this.#text.length : newline
  }

  /** A statement also extends every table that contains it. */
  #cover(path: readonly string[], start: number, end: number): void {
    const span = { startLine: this.#lines.at(start), endLine: this.#lines.at(end) }
    for (let length = Math.min(path.length, MAX_PARTS); length > 0; length--) {
      const key = keyOf(path.slice(0, length))
      const known = this.#spans.get(key)
      if (known === undefined) this.#spans.set(key, { ...span })
      else known.endLine = Math.max(known.endLine, span.endLine)
    }
  }
}

const keyOf = (path: readonly string[]): string => path.join('\0')

/** Unquotes a key; most TOML escapes are the same as in JSON. */
function unquote(quoted: string): string {
  try {
    return String(JSON.parse(quoted))
  } catch {
    return quoted.slice(1, -1)
  }
}
