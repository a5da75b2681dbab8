/** Masks comments and the contents of literals in one pass over the text; see `masked-code.ts`. */

import { endAfter } from '#base/find-text.ts'
import { type LexicalRules, type LiteralForm, MAX_HASHES } from './lexical-rules.ts'

const openers = new WeakMap<LexicalRules, RegExp>()

export class Masker {
  readonly #parts: string[] = []
  readonly literals = new Map<number, string | undefined>()
  readonly code: string
  readonly #text: string
  readonly #lexicalRules: LexicalRules
  #at = 0
  /** Open braces within each enclosing `${…}`. */
  readonly #templates: number[] = []

  constructor(text: string, lexicalRules: LexicalRules) {
    this.#text = text
    this.#lexicalRules = lexicalRules
    if (lexicalRules.dialect === 'php') this.#comment(0, endAfter(text, '<?', 0))
    const opener = openerOf(lexicalRules)
    for (;;) {
      opener.lastIndex = this.#at
      const match = opener.exec(text)
      if (match === null) break
      this.#open(match[0], match.index)
    }
    this.#copy(text.length)
    this.code = this.#parts.join('')
  }

  #open(token: string, start: number): void {
    const { lineComments, blockComments, literals, dialect } = this.#lexicalRules
    const text = this.#text
    const isAttribute = dialect === 'php' && token === '#' && text[start + 1] === '['
    const block = blockComments.find(([open]) => open === token)
    const form = literals.find(({ open }) => open === token)
    if (isAttribute) this.#copy(start + 1)
    else if (block !== undefined) this.#comment(start, endAfter(text, block[1], start + token.length))
    else if (lineComments.includes(token)) this.#comment(start, lineEnd(text, start))
    else if (form !== undefined) this.#literal(start, form)
    else if (token === '`' || token === '{' || token === '}') this.#template(token, start)
    else if (token === '/') this.#expression(start)
    else if (token.startsWith('<<')) this.#here(start, token)
    else if (token.startsWith("'")) this.#cover(start, start + token.length)
    else if (token.startsWith('r') && token.length - 2 <= MAX_HASHES) {
      const open = start + token.length
      this.#literal(open - 1, {
        open: '"',
        close: `"${'#'.repeat(token.length - 2)}`,
        escapes: false,
        lines: true,
      })
    } else this.#comment(start, text.length)
  }

  #copy(end: number): void {
    if (end > this.#at) this.#parts.push(this.#text.slice(this.#at, end))
    this.#at = Math.max(this.#at, end)
  }

  #comment(start: number, end: number): void {
    this.#copy(start)
    this.#parts.push(this.#text.slice(start, end).replace(/[^\n]+/g, (part) => ' '.repeat(part.length)))
    this.#at = end
  }

  /** Masks from quote to quote, both included. */
  #cover(start: number, end: number): void {
    this.#copy(start)
    this.#parts.push(end - start < 2 ? '~' : `"${'~'.repeat(end - start - 2)}"`)
    this.#at = end
  }

  #literal(start: number, form: LiteralForm): void {
    const { open, close, lines } = form
    const prefix = this.#lexicalRules.dialect === 'python' ? prefixBefore(this.#text, start) : ''
    const inside = start + open.length
    const end = literalEnd(this.#text, inside, form)
    const isClosed = this.#text.startsWith(close, end)
    const value = this.#text.slice(inside, end)
    const isPlain =
      isClosed &&
      !(form.escapes && !prefix.includes('r') && value.includes('\\')) &&
      !(form.computed !== undefined && value.includes(form.computed)) &&
      !(prefix.includes('f') && value.includes('{'))
    this.literals.set(start, isPlain ? value : undefined)
    this.#cover(start, isClosed ? end + close.length : lines ? this.#text.length : end)
  }

  /** Template literals of JavaScript: the contents of `${…}` are code. */
  #template(token: string, start: number): void {
    const depth = this.#templates.length - 1
    if (token === '{') {
      if (depth >= 0) this.#templates[depth] = (this.#templates[depth] ?? 0) + 1
      this.#copy(start + 1)
    } else if (token === '}' && (depth < 0 || (this.#templates[depth] ?? 0) > 0)) {
      if (depth >= 0) this.#templates[depth] = (this.#templates[depth] ?? 0) - 1
      this.#copy(start + 1)
    } else {
      if (token === '}') this.#templates.pop()
      const stop = /[^`$\\]*(?:(?:\\[\s\S]|\$(?!\{))[^`$\\]*)*/y
      stop.lastIndex = start + 1
      const end = start + 1 + (stop.exec(this.#text)?.[0].length ?? 0)
      const isWhole = token === '`' && this.#text[end] === '`'
      const value = this.#text.slice(start + 1, end)
      if (token === '`') this.literals.set(start, isWhole && !value.includes('\\') ? value : undefined)
      if (this.#text[end] === '$') {
        this.#templates.push(0)
        this.#cover(start, end + 2)
      } else this.#cover(start, Math.min(this.#text.length, end + 1))
    }
  }

  /** A slash in JavaScript: a regular expression unless a value precedes it, else a division. */
  #expression(start: number): void {
    let before = start - 1
    while (before >= 0 && isSpace(this.#text.charCodeAt(before))) before--
    const word = /\b(?:return|typeof|case|in|of|await|yield)$/.test(
      this.#text.slice(Math.max(0, before - 9), before + 1),
    )
    const expression = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y
    expression.lastIndex = start
    const match =
      before < 0 || word || '(,=:[!&|?{};+'.includes(this.#text[before] ?? '') ? expression.exec(this.#text) : null
    if (match === null) this.#copy(start + 1)
    else this.#cover(start, start + match[0].length)
  }

  /** A here-document: from the next line to the one with its delimiter. */
  #here(start: number, token: string): void {
    const name = /\b\w+$/.exec(token)?.[0] ?? ''
    const from = lineEnd(this.#text, start)
    let line = from + 1
    while (line > 0 && line < this.#text.length) {
      const end = lineEnd(this.#text, line)
      const text = this.#text.slice(line, Math.min(end, line + 300)).trim()
      if (text === name || (text.startsWith(name) && !/^\w/.test(text.slice(name.length)))) break
      line = end + 1
    }
    // The rest of its first line is code. A second here-document opened there is treated as code.
    this.#copy(from)
    this.#comment(from, Math.min(line, this.#text.length))
  }
}

function openerOf(lexicalRules: LexicalRules): RegExp {
  const known = openers.get(lexicalRules)
  if (known !== undefined) return known
  const plain = [
    ...lexicalRules.blockComments.map(([open]) => open),
    ...lexicalRules.lineComments,
    ...lexicalRules.literals.map(({ open }) => open),
    ...(lexicalRules.dialect === 'javascript' ? ['`', '{', '}', '/'] : []),
  ].map((one) => one.replace(/[*?/{}[\]()$]/g, String.raw`\$&`))
  const special =
    lexicalRules.dialect === 'rust'
      ? [String.raw`\br#*"`, String.raw`'(?:\\.|[^\\'\n])'`]
      : lexicalRules.dialect === 'ruby'
        ? [String.raw`<<[~-]?['"]?[A-Z]\w*`, String.raw`\n__END__\r?\n`]
        : lexicalRules.dialect === 'php'
          ? [String.raw`<<<['"]?\w+`]
          : []
  const opener = new RegExp([...special, ...plain].join('|'), 'g')
  openers.set(lexicalRules, opener)
  return opener
}

/** The position of the closing quote, or of the end of the line or text when there is none. */
function literalEnd(text: string, from: number, { close, escapes, lines }: LiteralForm): number {
  if (lines && (!escapes || close.length > 1)) {
    for (let at = text.indexOf(close, from); at >= 0; at = text.indexOf(close, at + 1)) {
      let slash = at
      while (escapes && slash > from && text[slash - 1] === '\\') slash--
      if ((at - slash) % 2 === 0) return at
    }
    return text.length
  }
  for (let at = from; at < text.length; at++) {
    const character = text[at]
    if (character === '\n' && !lines) return at
    // An escaped line break still ends a literal that may not span lines.
    if (character === '\\' && escapes && (lines || text[at + 1] !== '\n')) at++
    else if (character === close) return at
  }
  return text.length
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from)
  return end < 0 ? text.length : end
}

/** The prefix letters of a Python literal. */
function prefixBefore(text: string, start: number): string {
  return /(?<![\w])[A-Za-z]{1,2}$/.exec(text.slice(Math.max(0, start - 3), start))?.[0].toLowerCase() ?? ''
}

export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13)
}
