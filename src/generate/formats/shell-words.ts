/**
 * Splits shell text into commands and words. Handles quotes, escapes, operators, here-documents and comments; words
 * with an expansion or a pattern are marked as unknown.
 */

export interface Word {
  text: string
  /** Whether the command gets exactly this text: nothing in it is expanded. */
  isLiteral: boolean
}

/** A command, or a parenthesis of a subshell. */
export type ShellPart = { kind: 'command'; words: Word[] } | { kind: 'open' } | { kind: 'close' }

const MAX_CHARACTERS = 100_000
const MAX_PARTS = 5_000

export function readShell(text: string): ShellPart[] {
  return new Lexer(text.slice(0, MAX_CHARACTERS).replaceAll('\\\r\n', ' ').replaceAll('\\\n', ' ')).read()
}

class Lexer {
  readonly #text: string
  readonly #parts: ShellPart[] = []
  #words: Word[] = []
  #at = 0
  /** Delimiters of the here-documents that begin after the current line. */
  #documents: string[] = []

  constructor(text: string) {
    this.#text = text
  }

  read(): ShellPart[] {
    while (this.#at < this.#text.length && this.#parts.length < MAX_PARTS) {
      const character = this.#text[this.#at] ?? ''
      if (character === '\n') {
        this.#endCommand()
        this.#at++
        this.#skipDocuments()
      } else if (character === ' ' || character === '\t' || character === '\r') this.#at++
      else if (character === '#') this.#skipTo('\n')
      else if (character === '&' && this.#text[this.#at + 1] === '>') {
        this.#at++
        this.#skipRedirection()
      } else if (character === ';' || character === '&' || character === '|') {
        this.#endCommand()
        this.#at++
      } else if (character === '(' || character === ')') {
        this.#endCommand()
        this.#parts.push({ kind: character === '(' ? 'open' : 'close' })
        this.#at++
      } else if (character === '<' || character === '>') this.#skipRedirection()
      else this.#readArgument()
    }
    this.#endCommand()
    return this.#parts
  }

  /** Reads a word, unless it is the file descriptor of a redirection. */
  #readArgument(): void {
    const word = this.#readWord()
    const next = this.#text[this.#at]
    const isNumber = (next === '<' || next === '>') && /^\d$/.test(word.text)
    if (!isNumber) this.#words.push(word)
  }

  #endCommand(): void {
    if (this.#words.length > 0) this.#parts.push({ kind: 'command', words: this.#words })
    this.#words = []
  }

  /** `> file`, `2>&1`, `<<'EOF'`, `<<< word`, `<(command)`. */
  #skipRedirection(): void {
    const operator = /^[<>]+[&|-]?/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0] ?? '<'
    this.#at += operator.length
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++
    if (this.#text[this.#at] === '(') return
    const word = this.#readWord()
    if (operator.startsWith('<<') && !operator.startsWith('<<<') && word.text !== '') this.#documents.push(word.text)
  }

  #skipDocuments(): void {
    for (const delimiter of this.#documents) {
      while (this.#at < this.#text.length) {
        const from = this.#at
        this.#skipTo('\n')
        this.#at++
        if (this.#text.slice(from, this.#at - 1).trim() === delimiter) break
      }
    }
    this.#documents = []
  }

  #readWord(): Word {
    const word: Word = { text: '', isLiteral: true }
    if (this.#text[this.#at] === '~') word.isLiteral = false
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (/[\s;&|()<>]/.test(character)) break
      if (character === "'") word.text += this.#readUntil("'")
      else if (character === '"') this.#readQuoted(word)
      else if (character === '\\') {
        word.text += this.#text[this.#at + 1] ?? ''
        this.#at += 2
      } else if (character === '$' || character === '`') this.#skipExpansion(word)
      else {
        if (/[*?[]/.test(character) || (character === '{' && word.text !== '')) word.isLiteral = false
        word.text += character
        this.#at++
      }
    }
    return word
  }

  #readQuoted(word: Word): void {
    for (this.#at++; this.#at < this.#text.length; ) {
      const character = this.#text[this.#at] ?? ''
      if (character === '"') {
        this.#at++
        return
      }
      if (character === '\\') {
        const next = this.#text[this.#at + 1] ?? ''
        // Before any other character, the backslash stays.
        word.text += /[$`"\\]/.test(next) ? next : `\\${next}`
        this.#at += 2
      } else if (character === '$' || character === '`') this.#skipExpansion(word)
      else {
        word.text += character
        this.#at++
      }
    }
  }

  /** `$name`, `${…}`, `$(…)`, `${{ … }}` and backquotes: their values are unknown. */
  #skipExpansion(word: Word): void {
    const open = this.#text[this.#at + 1]
    word.isLiteral = false
    word.text += '$'
    this.#at++
    if (this.#text[this.#at - 1] === '`') {
      this.#skipTo('`')
      this.#at++
    } else if (open === '{' || open === '(') this.#skipBrackets(open, open === '{' ? '}' : ')')
    else while (/\w/.test(this.#text[this.#at] ?? '')) this.#at++
  }

  #skipBrackets(open: string, close: string): void {
    let depth = 0
    for (; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at]
      if (character === '\\') this.#at++
      else if (character === "'" && open === '(') {
        this.#readUntil("'")
        this.#at--
      } else if (character === open) depth++
      else if (character === close && --depth === 0) {
        this.#at++
        return
      }
    }
  }

  /** Reads to the closing quote and moves past it. */
  #readUntil(quote: string): string {
    const from = this.#at + 1
    this.#at = from
    this.#skipTo(quote)
    return this.#text.slice(from, this.#at++)
  }

  #skipTo(character: string): void {
    const found = this.#text.indexOf(character, this.#at)
    this.#at = found < 0 ? this.#text.length : found
  }
}
