/** Reads JSON with line numbers. The text must be strict JSON: Node's parser checks it before it is scanned. */

import { Lines } from './lines.ts'
import type { Entry, Located } from './located.ts'

const MAX_CHARACTERS = 2_000_000
const MAX_DEPTH = 200

/** @returns `undefined` for text that is not JSON, is too large or is nested too deeply. */
export function readJson(text: string): Located | undefined {
  if (text.length > MAX_CHARACTERS) return undefined
  const plain = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text
  try {
    JSON.parse(plain)
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined
    throw error
  }
  return new Walk(plain).value(0)
}

/** Like `readJson`, but comments and trailing commas are allowed, as in the configurations of TypeScript and Deno. */
export function readJsonc(text: string): Located | undefined {
  return text.length > MAX_CHARACTERS ? undefined : readJson(plainJson(text))
}

/** Replaces comments and trailing commas with spaces, so that lines stay the same. */
function plainJson(text: string): string {
  const parts: string[] = []
  let taken = 0
  let comma: number | undefined
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (character === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const isLine = text[at + 1] === '/'
      const found = text.indexOf(isLine ? '\n' : '*/', at + 2)
      const end = found < 0 ? text.length : isLine ? found : found + 2
      parts.push(text.slice(taken, at), text.slice(at, end).replace(/[^\n]/g, ' '))
      taken = end
      at = end - 1
    } else if (character === ',') {
      parts.push(text.slice(taken, at))
      comma = parts.push(',') - 1
      taken = at + 1
    } else if (!isSpace(character)) {
      if (comma !== undefined && (character === ']' || character === '}')) parts[comma] = ' '
      comma = undefined
      if (character === '"') for (at++; at < text.length && text[at] !== '"'; at++) if (text[at] === '\\') at++
    }
  }
  parts.push(text.slice(taken))
  return parts.join('')
}

function isSpace(character: string): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r'
}

/** A number or a keyword. */
const WORD = /[^\s,\]}]+/y
const NO_SPACE = /[^ \t\r\n]/g

/** A single pass over text that is known to be valid JSON. */
class Walk {
  readonly #text: string
  readonly #lines: Lines
  #at = 0

  constructor(text: string) {
    this.#text = text
    this.#lines = new Lines(text)
  }

  /** @returns `undefined` when nested too deeply. */
  value(depth: number): Located | undefined {
    const first = this.#next()
    const startLine = this.#lines.at(this.#at)
    if (first !== '{' && first !== '[') {
      const token = this.#scalar()
      const value: Located = { startLine, endLine: startLine }
      if (first === '"') return { ...value, text: JSON.parse(token) as string, isString: true }
      // Numbers keep their spelling: `1.10` may be a version.
      return token === 'null' ? value : { ...value, text: token }
    }
    if (depth >= MAX_DEPTH) return undefined
    const items: Located[] = []
    const entries = new Map<string, Entry>()
    this.#at++
    while (!/[\]}]/.test(this.#next())) {
      const entry = first === '{' ? this.#key() : undefined
      const value = this.value(depth + 1)
      if (value === undefined) return undefined
      if (entry === undefined) items.push(value)
      else entries.set(entry.key, { ...entry, value })
      if (this.#next() === ',') this.#at++
    }
    const endLine = this.#lines.at(this.#at++)
    return first === '{' ? { startLine, endLine, entries } : { startLine, endLine, items }
  }

  #key(): { key: string; startLine: number } {
    const startLine = this.#lines.at(this.#at)
    const key = JSON.parse(this.#scalar()) as string
    this.#next()
    this.#at++
    return { key, startLine }
  }

  /** Skips whitespace and returns the next character. */
  #next(): string {
    NO_SPACE.lastIndex = this.#at
    this.#at = NO_SPACE.exec(this.#text)?.index ?? this.#text.length
    return this.#text[this.#at] ?? ']'
  }

  #scalar(): string {
    const start = this.#at
    if (this.#text[start] === '"') {
      for (this.#at++; this.#text[this.#at] !== '"'; this.#at++) if (this.#text[this.#at] === '\\') this.#at++
      this.#at++
    } else {
      WORD.lastIndex = start
      this.#at += WORD.exec(this.#text)?.[0].length ?? 0
    }
    return this.#text.slice(start, this.#at)
  }
}
