/** Finds literals in Python code: strings, lists and tuples of strings, dictionaries with string keys. */

import type { MaskedCode, Span } from '#generate/formats/masked-code.ts'

/** Limit on the length of a chain of names that refer to each other. */
const MAX_DEPTH = 4
/** The text between a name and its value, which may include a type annotation. */
const ASSIGNS = /^\s{0,5}(?:(\+)|:[^=\n]{1,50})?=(?!=)\s{0,5}/

export class PythonLiterals {
  readonly #masked: MaskedCode

  constructor(masked: MaskedCode) {
    this.#masked = masked
  }

  /** The keyword arguments of the first call that matches. */
  argumentsOf(callee: RegExp): Map<string, Span> | undefined {
    const match = callee.exec(this.#masked.code)
    const call = match === null ? undefined : this.#masked.argumentsAt(match.index + match[0].length - 1)
    if (call === undefined) return undefined
    return new Map(
      call.list.flatMap((span): [string, Span][] => {
        const code = this.#masked.codeOf(span)
        const name = /^(\w{1,60})\s*=(?!=)/.exec(code)
        if (name?.[1] === undefined) return []
        return [[name[1], this.#trim(span.start + name[0].length, span.end)]]
      }),
    )
  }

  /** The value of a string literal. */
  text(span: Span | undefined): string | undefined {
    return this.#masked.literalOf(this.#resolved(span))
  }

  /** The strings of a list or tuple; `undefined` when any item is computed. */
  texts(span: Span | undefined): string[] | undefined {
    const items = this.#itemsOf(this.#resolved(span))
    const found = items?.map((item) => this.#masked.literalOf(item))
    return found === undefined || found.includes(undefined) ? undefined : (found as string[])
  }

  /** The entries of a dictionary whose values are strings or lists of strings; computed ones are left out. */
  lists(span: Span | undefined): [string, string[]][] {
    const outer = this.#resolved(span)
    if (outer === undefined || this.#masked.code[outer.start] !== '{') return []
    return (this.#masked.argumentsAt(outer.start)?.list ?? []).flatMap((pair): [string, string[]][] => {
      const code = this.#masked.codeOf(pair)
      const colon = code.indexOf(':')
      if (colon < 0) return []
      const key = this.#masked.literalOf(this.#trim(pair.start, pair.start + colon))
      const value = this.#trim(pair.start + colon + 1, pair.end)
      const one = this.text(value)
      const list = one === undefined ? this.texts(value) : [one]
      return key === undefined || list === undefined ? [] : [[key, list]]
    })
  }

  /** The value of a name that is assigned once, at the start of a line; any other expression is returned unchanged. */
  #resolved(span: Span | undefined): Span | undefined {
    let found = span
    for (let depth = 0; depth < MAX_DEPTH && found !== undefined; depth++) {
      const name = this.#masked.codeOf(found)
      if (!/^[A-Za-z_]\w{0,60}$/.test(name)) return found
      const start = this.#valueOf(name)
      if (start === undefined) return undefined
      const end = /[[({]/.test(this.#masked.code[start] ?? '')
        ? this.#masked.argumentsAt(start)?.end
        : this.#endOfLine(start)
      found = end === undefined ? undefined : this.#trim(start, end)
    }
    return found
  }

  /** The offset of a name's value, if exactly one statement at the start of a line assigns it. */
  #valueOf(name: string): number | undefined {
    const { code } = this.#masked
    let found: number | undefined
    for (let at = code.indexOf(name); at >= 0; at = code.indexOf(name, at + name.length)) {
      const after = at + name.length
      if (at > 0 && code[at - 1] !== '\n') continue
      const operator = ASSIGNS.exec(code.slice(after, after + 100))
      if (operator === null) continue
      if (found !== undefined || operator[1] === '+') return undefined
      found = after + operator[0].length
    }
    return found
  }

  #itemsOf(span: Span | undefined): Span[] | undefined {
    if (span === undefined || !/[[(]/.test(this.#masked.code[span.start] ?? '')) return undefined
    const found = this.#masked.argumentsAt(span.start)
    return found?.end === span.end ? found.list : undefined
  }

  #endOfLine(start: number): number {
    const end = this.#masked.code.indexOf('\n', start)
    return end < 0 ? this.#masked.code.length : end
  }

  #trim(start: number, end: number): Span {
    const code = this.#masked.code.slice(start, end)
    return { start: start + code.length - code.trimStart().length, end: start + code.trimEnd().length }
  }
}
