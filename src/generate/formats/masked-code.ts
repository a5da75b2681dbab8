/**
 * Code in which comments and the contents of literals are masked, so that patterns match code only. This is not a
 * parser: a construct that it misreads (a quote in a Ruby regular expression) ends with its line.
 */

import type { LexicalRules } from './lexical-rules.ts'
import { Lines } from './lines.ts'
import { isSpace, Masker } from './masker.ts'

const MAX_CHARACTERS = 1_000_000
/** Limit on the characters scanned for the arguments of all calls in one file. */
const MAX_STEPS = 4_000_000
const MAX_ARGUMENTS = 100

/** A range of the code, without surrounding whitespace. */
export interface Span {
  start: number
  end: number
}

export class MaskedCode {
  /** As long as the text. A literal is `"~~~"` whatever its quotes; a comment is blank, with its line breaks. */
  readonly code: string
  /** Values keyed by the position of the quote; `undefined` for a literal with interpolation or escapes. */
  readonly literals: ReadonlyMap<number, string | undefined>
  readonly text: string
  readonly #lines: Lines
  #steps = 0

  private constructor(text: string, masker: Masker) {
    this.text = text
    this.code = masker.code
    this.literals = masker.literals
    this.#lines = new Lines(text)
  }

  /** @returns `undefined` for a text over the limit. */
  static of(text: string, lexicalRules: LexicalRules): MaskedCode | undefined {
    return text.length > MAX_CHARACTERS ? undefined : new MaskedCode(text, new Masker(text, lexicalRules))
  }

  lineAt(position: number): number {
    return this.#lines.at(position)
  }

  startOfLine(line: number): number {
    return this.#lines.startOf(line)
  }

  /** The position of the first character from a position on that is neither white space nor part of a comment. */
  skipBlanks(from: number): number {
    let at = from
    while (isSpace(this.code.charCodeAt(at))) at++
    return at
  }

  /** The value of the literal at a span, which may have a prefix of letters; `undefined` for anything else. */
  literalOf(span: Span | undefined): string | undefined {
    if (span === undefined) return undefined
    const match = /^[A-Za-z]{0,2}(?="~*"$)/.exec(this.code.slice(span.start, span.end))
    return match === null ? undefined : this.literals.get(span.start + match[0].length)
  }

  codeOf(span: Span | undefined): string {
    return span === undefined ? '' : this.code.slice(span.start, span.end)
  }

  /**
   * The comma-separated arguments after an opening bracket.
   *
   * @returns `undefined` when the bracket is not closed, or the limit is reached.
   */
  argumentsAt(open: number): { list: Span[]; end: number } | undefined {
    const list: Span[] = []
    let depth = 0
    let start = open + 1
    const add = (end: number): void => {
      let [from, to] = [start, end]
      while (from < to && isSpace(this.code.charCodeAt(from))) from++
      while (to > from && isSpace(this.code.charCodeAt(to - 1))) to--
      if (from < to && list.length < MAX_ARGUMENTS) list.push({ start: from, end: to })
    }
    for (let at = open; at < this.code.length; at++) {
      if (++this.#steps > MAX_STEPS) return undefined
      const character = this.code[at]
      if (character === '(' || character === '[' || character === '{') depth++
      else if (character === ')' || character === ']' || character === '}') {
        if (--depth > 0) continue
        add(at)
        return { list, end: at + 1 }
      } else if (character === ',' && depth === 1) {
        add(at)
        start = at + 1
      }
    }
    return undefined
  }
}
