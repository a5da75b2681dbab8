/**
 * Finds conditionals in C or C++ text, `#if` to `#endif`, with their surroundings and the brackets that each branch
 * opens and closes. `hide-conditionals.ts` decides what to do with them.
 */

import { endOfDirective, isLineStart } from './directive-text.ts'
import { LiteralEnds } from './literal-ends.ts'
import { OpenBrackets } from './open-brackets.ts'
import { nextAfter } from './text-around.ts'

/** A character of code. */
export interface CodeCharacter {
  /** -1 before the first one. */
  readonly at: number
  /** For a `)`, the offset of its `(`. */
  readonly open: number
}

export interface Branch {
  /** After the line that opens it, and before the line that ends it. */
  readonly start: number
  end: number
  /** Whether it is `#if 0` or code for the other language. */
  readonly isDead: boolean
  /** Whether it is `#if 0`, which no compiler reads. */
  readonly isNever: boolean
  /** Its last character of code; before `start` if it has none. */
  last: CodeCharacter
  /** Whether it closes exactly the brackets that it opens. */
  isBalanced: boolean
}

export interface Conditional {
  /** Start and end of its directive lines. */
  readonly lines: [start: number, end: number][]
  readonly branches: Branch[]
  /** The enclosing bracket, as `OpenBrackets.innermost`. */
  readonly around: string
  /** The last character of code before it. */
  readonly before: CodeCharacter
}

/** A conditional that is not closed yet. */
interface Pending {
  readonly conditional: Conditional
  readonly brackets: OpenBrackets
  /** The lowest bracket depth in the current branch; -1 after a bracket that closes none. */
  lowest: number
  /** The state at the end of the first branch with code, with which the text continues. */
  after: { readonly brackets: OpenBrackets; readonly last: CodeCharacter; readonly lowest: number } | undefined
}

/** 1 for each special character code: brackets, quotes, `#` and `/`. */
const IS_SPECIAL = new Uint8Array(128)
for (const character of '()[]{}"\'#/') IS_SPECIAL[character.charCodeAt(0)] = 1
const SPACE = 0x20
/** Limit on nested brackets and conditionals; deeper text is not code. */
const MAX_DEPTH = 500
const DIRECTIVE = /#[ \t]*(\w*)/y
const DEAD = /^\s*(?:0|false)\s*(?:\/[/*].*)?\r?$/
const OF_CPP = /^\s*(?:defined\s*(?:\(\s*)?)?__cplusplus\b/

/** Reads a text once, from its start. */
export class ConditionalReader {
  /** Closed conditionals, inner before outer. */
  readonly found: Conditional[] = []
  readonly #text: string
  readonly #isC: boolean
  readonly #literals: LiteralEnds
  readonly #pending: Pending[] = []
  #brackets = OpenBrackets.none()
  #isReadable = true
  #last = -1
  /** The offset of the bracket that the last `)` closes. */
  #lastOpen = -1

  /** @param isC - Treat code for `__cplusplus` as dead. */
  constructor(text: string, isC: boolean) {
    this.#text = text
    this.#isC = isC
    this.#literals = new LiteralEnds(text)
    let plain = -1
    for (let at = 0; at < text.length && this.#isReadable; at++) {
      const unit = text.charCodeAt(at)
      if (unit <= SPACE) continue
      if (unit < IS_SPECIAL.length && IS_SPECIAL[unit] === 0) {
        plain = at
        continue
      }
      if (plain >= 0) this.#last = plain
      plain = -1
      at = this.#read(at)
    }
    if (!this.#isReadable) this.found.length = 0
  }

  /** @returns Offset of the last character read. */
  #read(at: number): number {
    const character = this.#text[at] ?? ''
    let end = at
    switch (character) {
      case '/': {
        const close = this.#endOfComment(at)
        if (close !== undefined) return close
        break
      }
      case '#':
        return isLineStart(this.#text, at) ? this.#directive(at) : at
      case '"':
      case "'":
        end = this.#literals.endOf(at) ?? at
        break
      case '(':
      case '[':
      case '{':
        if (this.#brackets.depth >= MAX_DEPTH) this.#isReadable = false
        this.#brackets.open(character, at, this.#text[this.#last] ?? '')
        break
      case ')':
      case ']':
      case '}':
        this.#close(character)
        break
    }
    this.#last = end
    return end
  }

  /** `undefined` for a `/` that begins no comment. */
  #endOfComment(at: number): number | undefined {
    const next = this.#text[at + 1]
    if (next !== '*' && next !== '/') return undefined
    const end = next === '*' ? this.#text.indexOf('*/', at + 2) + 1 : this.#text.indexOf('\n', at)
    return end <= 0 ? this.#text.length : end
  }

  #close(bracket: string): void {
    const start = this.#brackets.close(bracket)
    if (bracket === ')' && start !== undefined) this.#lastOpen = start
    const pending = this.#pending.at(-1)
    if (pending !== undefined)
      pending.lowest = start === undefined ? -1 : Math.min(pending.lowest, this.#brackets.depth)
  }

  #directive(at: number): number {
    DIRECTIVE.lastIndex = at
    const [whole, word = ''] = DIRECTIVE.exec(this.#text) ?? ['#']
    const end = endOfDirective(this.#text, at + whole.length)
    const rest = this.#text.slice(at + whole.length, end)
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') this.#startConditional(at, end, word, rest)
    else if (word === 'else' || word.startsWith('elif')) this.#nextBranch(at, end, rest)
    else if (word === 'endif') this.#endConditional(at, end)
    return end - 1
  }

  #startConditional(at: number, end: number, word: string, rest: string): void {
    const conditional: Conditional = {
      lines: [[at, end]],
      branches: [],
      around: this.#brackets.innermost,
      before: this.#lastCharacter(),
    }
    const isNever = word === 'if' && DEAD.test(rest)
    const isDead = isNever || (word !== 'ifndef' && this.#isC && OF_CPP.test(rest))
    const pending = { conditional, brackets: this.#brackets.copy(), lowest: this.#brackets.depth, after: undefined }
    if (this.#pending.length >= MAX_DEPTH) this.#isReadable = false
    this.#pending.push(pending)
    this.#startBranch(pending, end, isDead, isNever)
  }

  #nextBranch(at: number, end: number, rest: string): void {
    const pending = this.#pending.at(-1)
    if (pending === undefined) return
    this.#endBranch(pending, at)
    pending.conditional.lines.push([at, end])
    this.#brackets = pending.brackets.copy()
    this.#continueAfter(pending.conditional.before)
    this.#startBranch(pending, end, DEAD.test(rest), DEAD.test(rest))
  }

  #startBranch(pending: Pending, start: number, isDead: boolean, isNever: boolean): void {
    const last = { at: -1, open: -1 }
    pending.lowest = pending.brackets.depth
    pending.conditional.branches.push({ start, end: start, isDead, isNever, last, isBalanced: true })
  }

  #endBranch(pending: Pending, at: number): void {
    const branch = pending.conditional.branches.at(-1)
    if (branch === undefined) return
    const depth = pending.brackets.depth
    branch.end = at
    branch.last = this.#lastCharacter()
    branch.isBalanced = this.#brackets.depth === depth && pending.lowest === depth
    if (!branch.isDead && branch.last.at >= branch.start) {
      pending.after ??= { brackets: this.#brackets, last: branch.last, lowest: pending.lowest }
    }
  }

  #endConditional(at: number, end: number): void {
    const pending = this.#pending.pop()
    if (pending === undefined) return
    this.#endBranch(pending, at)
    pending.conditional.lines.push([at, end])
    this.#brackets = pending.after?.brackets ?? pending.brackets
    this.#continueAfter(pending.after?.last ?? pending.conditional.before)
    const around = this.#pending.at(-1)
    if (around !== undefined && pending.after !== undefined) {
      around.lowest = Math.min(around.lowest, pending.after.lowest)
    }
    this.found.push(pending.conditional)
  }

  #lastCharacter(): CodeCharacter {
    return { at: this.#last, open: this.#lastOpen }
  }

  #continueAfter({ at, open }: CodeCharacter): void {
    this.#last = at
    this.#lastOpen = open
  }
}

/** @returns Offset of the first code or directive in a branch; `undefined` without any. */
export function firstOf(text: string, { start, end }: Branch): number | undefined {
  const first = nextAfter(text, start)
  return first < end ? first : undefined
}
