/**
 * Splits shell text into commands and words. Handles quotes, escapes, operators, here-documents and comments; words
 * with an expansion or a pattern are marked as unknown.
 */

export interface Word {
  text: string
  /** Whether the command gets exactly this text: nothing in it is expanded. */
  isLiteral: boolean
}

/** A command, or the opening or closing parenthesis of a subshell. */
export type ShellPart = { kind: 'command'; words: Word[] } | { kind: 'open' } | { kind: 'close' }

const MAX_CHARACTERS = 100_000
const MAX_PARTS = 5_000
/** Limit on quotes inside `$(…)` inside quotes, and so on; the text is not read further. */
const MAX_DEPTH = 50
/** Limit on the characters of an arithmetic command. */
const MAX_ARITHMETIC = 500
/** Only these characters end a word: other white space, such as a no-break space, is part of it. */
const END_OF_WORD = /[ \t\r\n;&|()<>]/

export function readShell(text: string): ShellPart[] {
  return new Lexer(text.slice(0, MAX_CHARACTERS).replaceAll('\r\n', '\n')).read()
}

class Lexer {
  readonly #text: string
  readonly #parts: ShellPart[] = []
  #words: Word[] = []
  #at = 0
  /** Delimiters of the here-documents that begin after the current line. */
  #hereDocuments: string[] = []
  #depth = 0

  constructor(text: string) {
    this.#text = text
  }

  read(): ShellPart[] {
    while (this.#at < this.#text.length && this.#parts.length < MAX_PARTS) {
      const character = this.#text[this.#at] ?? ''
      if (character === '\n') {
        this.#endCommand()
        this.#at++
        this.#skipHereDocuments()
      } else if (character === ' ' || character === '\t' || character === '\r') this.#at++
      else if (this.#isContinued()) this.#at += 2
      else if (character === '#') this.#skipTo('\n')
      else if (character === '&' && this.#text[this.#at + 1] === '>') {
        this.#at++
        this.#skipRedirection()
      } else if (character === ';' || character === '&' || character === '|') {
        this.#endCommand()
        this.#at++
      } else if (character === '(' || character === ')') {
        if (character === '(' && this.#skipArithmetic()) continue
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

  /** Whether the next line continues this one: `\` at its end. */
  #isContinued(): boolean {
    return this.#text.startsWith('\\\n', this.#at)
  }

  /** `((x = y << 2))`; in `((a) && b)`, the parentheses are subshells. */
  #skipArithmetic(): boolean {
    if (this.#text[this.#at + 1] !== '(') return false
    let depth = 0
    for (let at = this.#at + 1; at < Math.min(this.#text.length, this.#at + MAX_ARITHMETIC); at++) {
      if (this.#text[at] === '(') depth++
      else if (this.#text[at] === ')' && --depth === 0) {
        if (this.#text[at + 1] !== ')') return false
        this.#at = at + 2
        return true
      }
    }
    return false
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
    if (operator.startsWith('<<') && !operator.startsWith('<<<') && word.text !== '')
      this.#hereDocuments.push(word.text)
  }

  #skipHereDocuments(): void {
    for (const delimiter of this.#hereDocuments) {
      while (this.#at < this.#text.length) {
        const from = this.#at
        this.#skipTo('\n')
        this.#at++
        if (this.#text.slice(from, this.#at - 1).trim() === delimiter) break
      }
    }
    this.#hereDocuments = []
  }

  #readWord(): Word {
    const word: Word = { text: '', isLiteral: true }
    let hasBrace = false
    if (this.#text[this.#at] === '~') word.isLiteral = false
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] ?? ''
      if (END_OF_WORD.test(character)) break
      if (this.#isContinued()) this.#at += 2
      else if (character === "'") word.text += this.#readUntil("'")
      else if (character === '"') this.#readQuoted(word)
      else if (character === '\\') {
        word.text += this.#text[this.#at + 1] ?? ''
        this.#at += 2
      } else if (character === '$' && this.#text[this.#at + 1] === "'") this.#readEscaped(word)
      else if (character === '$' || character === '`') this.#skipExpansion(word)
      else {
        if (/[*?[]/.test(character)) word.isLiteral = false
        if (character === '{') hasBrace = true
        word.text += character
        this.#at++
      }
    }
    // `{ list; }` and `find -exec … {}`
    if (hasBrace && word.text !== '{' && word.text !== '{}') word.isLiteral = false
    return word
  }

  /** `$'it\'s'`; the values of escapes are unknown. */
  #readEscaped(word: Word): void {
    for (this.#at += 2; this.#at < this.#text.length; this.#at++) {
      const character = this.#text[this.#at] ?? ''
      if (character === "'") break
      if (character === '\\') {
        word.isLiteral = false
        this.#at++
      }
      word.text += this.#text[this.#at] ?? ''
    }
    this.#at++
  }

  #readQuoted(word: Word): void {
    for (this.#at++; this.#at < this.#text.length; ) {
      const character = this.#text[this.#at] ?? ''
      if (character === '"') {
        this.#at++
        return
      }
      if (this.#isContinued()) this.#at += 2
      else if (character === '\\') {
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
    if (this.#depth >= MAX_DEPTH) {
      this.#at = this.#text.length
      return
    }
    this.#depth++
    const skipped: Word = { text: '', isLiteral: false }
    let brackets = 0
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at]
      if (character === '\\') this.#at += 2
      else if (character === '"') this.#readQuoted(skipped)
      else if (character === "'" && open === '(') this.#readUntil("'")
      else if (character === '#' && open === '(' && /\s/.test(this.#text[this.#at - 1] ?? '')) this.#skipTo('\n')
      else {
        this.#at++
        if (character === open) brackets++
        else if (character === close && --brackets === 0) break
      }
    }
    this.#depth--
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
