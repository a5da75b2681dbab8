/**
 * Finds conditionals in C or C++ text, `#if` to `#endif`, with their surroundings and the brackets that each branch
 * opens and closes. `hide-conditionals.ts` decides what to do with them.
 */

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
  /** The enclosing bracket: `(`, `[`, `{`, `=` for the `{` of an initializer list, '' at the top level. */
  readonly around: string
  /** The last character of code before it. */
  readonly before: CodeCharacter
}

/** Kinds and offsets of the open brackets. */
interface Open {
  readonly kinds: string[]
  readonly starts: number[]
}

/** A conditional that is not closed yet. */
interface Pending {
  readonly conditional: Conditional
  readonly open: Open
  /** The lowest bracket depth in the current branch. */
  lowest: number
  /** The state at the end of the first branch with code, with which the text continues. */
  after: { readonly open: Open; readonly last: CodeCharacter; readonly lowest: number } | undefined
}

/** 1 for each special character code: brackets, quotes, `#` and `/`. */
const IS_SPECIAL = new Uint8Array(128)
for (const character of '()[]{}"\'#/') IS_SPECIAL[character.charCodeAt(0)] = 1
/** Limit on nested brackets and conditionals; deeper text is not code. */
const MAX_DEPTH = 500
/** Limit on the distinct raw string delimiters that are searched for and not found. */
const MAX_NO_ENDS = 100
const DIRECTIVE = /#[ \t]*(\w*)/y
const DEAD = /^\s*(?:0|false)\s*(?:\/[/*].*)?\r?$/
const OF_CPP = /^\s*(?:defined\s*(?:\(\s*)?)?__cplusplus\b/

/** Reads a text once, from its start. */
export class ConditionalReader {
  /** Closed conditionals, inner before outer. */
  readonly found: Conditional[] = []
  readonly #text: string
  readonly #isC: boolean
  readonly #pending: Pending[] = []
  #open: Open = { kinds: [], starts: [] }
  /** Raw string delimiters that do not occur in the rest of the text. */
  readonly #noEnds = new Set<string>()
  /** Keyed by quote character: the end of the last line where one is unclosed; none before that is closed either. */
  readonly #unclosed = new Map<number, number>()
  #isReadable = true
  #last = -1
  /** The offset of the bracket that the last `)` closes. */
  #lastOpen = -1

  /** @param isC - Treat code for `__cplusplus` as dead. */
  constructor(text: string, isC: boolean) {
    this.#text = text
    this.#isC = isC
    let plain = -1
    for (let at = 0; at < text.length && this.#isReadable; at++) {
      const unit = text.charCodeAt(at)
      if (unit <= 0x20) continue
      if (unit < 0x7f && IS_SPECIAL[unit] === 0) {
        plain = at
        continue
      }
      if (plain >= 0) this.#last = plain
      plain = -1
      at = this.#read(at, unit)
    }
    if (!this.#isReadable) this.found.length = 0
  }

  /** @returns Offset of the last character read. */
  #read(at: number, unit: number): number {
    switch (unit) {
      case 0x2f:
        return this.#slash(at)
      case 0x22:
      case 0x27:
        return this.#quote(at, unit)
      case 0x23:
        return this.#isLineStart(at) ? this.#directive(at) : at
      case 0x28:
      case 0x5b:
      case 0x7b:
        this.#push(at, this.#text[at] ?? '')
        break
      case 0x29:
      case 0x5d:
      case 0x7d:
        this.#pop(unit)
        break
    }
    this.#last = at
    return at
  }

  #slash(at: number): number {
    const next = this.#text.charCodeAt(at + 1)
    if (next !== 0x2a && next !== 0x2f) {
      this.#last = at
      return at
    }
    const end = next === 0x2a ? this.#text.indexOf('*/', at + 2) + 1 : this.#text.indexOf('\n', at)
    return end <= 0 ? this.#text.length : end
  }

  #quote(at: number, unit: number): number {
    const text = this.#text
    this.#last = at
    const before = text.charCodeAt(at - 1)
    if (unit === 0x22 && before === 0x52) {
      const mark = /^"([^()\\\s]{0,16})\(/.exec(text.slice(at, at + 20))?.[1]
      const close = mark === undefined ? -1 : this.#endOfRaw(mark, at)
      if (close >= 0) return close
    }
    // `1'000`
    if (unit === 0x27 && before > 0x2f && before < 0x3a) return at
    if (at < (this.#unclosed.get(unit) ?? 0)) return at
    let end = at + 1
    for (; end < text.length; end++) {
      const one = text.charCodeAt(end)
      if (one === 0x5c) end++
      else if (one === 0x0a) break
      else if (one === unit) {
        this.#last = end
        return end
      }
    }
    this.#unclosed.set(unit, end)
    return at
  }

  /** The end of a raw string; never searches twice for a missing delimiter. */
  #endOfRaw(mark: string, at: number): number {
    const isMissing = this.#noEnds.has(mark) || this.#noEnds.size >= MAX_NO_ENDS
    const close = isMissing ? -1 : this.#text.indexOf(`)${mark}"`, at)
    if (close < 0 && !isMissing) this.#noEnds.add(mark)
    return close < 0 ? close : close + mark.length + 1
  }

  #isLineStart(at: number): boolean {
    let start = at - 1
    while (start >= 0 && (this.#text.charCodeAt(start) === 0x20 || this.#text.charCodeAt(start) === 0x09)) start--
    return start < 0 || this.#text.charCodeAt(start) === 0x0a
  }

  #push(at: number, kind: string): void {
    const { kinds, starts } = this.#open
    const before = this.#text[this.#last] ?? ''
    const isList = kind === '{' && (/[=,(]/.test(before) || (before === '{' && kinds.at(-1) === '='))
    if (kinds.length >= MAX_DEPTH) this.#isReadable = false
    kinds.push(isList ? '=' : kind)
    starts.push(at)
  }

  /** Closes a bracket. A `}` also closes brackets left open in its block, so that misread code ends there. */
  #pop(unit: number): void {
    const { kinds, starts } = this.#open
    const isBlock = unit === 0x7d
    while (isBlock && /^[([]$/.test(kinds.at(-1) ?? '')) {
      kinds.pop()
      starts.pop()
    }
    const top = kinds.at(-1)
    const matches = isBlock ? top === '{' || top === '=' : top === (unit === 0x29 ? '(' : '[')
    const pending = this.#pending.at(-1)
    if (!matches) {
      if (pending !== undefined) pending.lowest = -1
      return
    }
    kinds.pop()
    const start = starts.pop()
    if (unit === 0x29 && start !== undefined) this.#lastOpen = start
    if (pending !== undefined && kinds.length < pending.lowest) pending.lowest = kinds.length
  }

  #directive(at: number): number {
    DIRECTIVE.lastIndex = at
    const [whole, word = ''] = DIRECTIVE.exec(this.#text) ?? ['#']
    const end = this.#endOfDirective(at + whole.length)
    const rest = this.#text.slice(at + whole.length, end)
    if (word === 'if' || word === 'ifdef' || word === 'ifndef') this.#start(at, end, word, rest)
    else if (word === 'else' || word.startsWith('elif')) this.#next(at, end, rest)
    else if (word === 'endif') this.#finish(at, end)
    return end - 1
  }

  /** The end of the directive, past continuation lines and comments. An unclosed comment takes the rest of the text. */
  #endOfDirective(from: number): number {
    const text = this.#text
    let at = from
    let isQuoted = false
    let isComment = false
    for (; at < text.length && text[at] !== '\n'; at++) {
      if (text[at] === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1
      else if (text[at] === '"') isQuoted = !isQuoted
      else if (isQuoted || isComment || text[at] !== '/') continue
      else if (text[at + 1] === '/') isComment = true
      else if (text[at + 1] === '*') {
        const close = text.indexOf('*/', at + 2)
        at = close === -1 ? text.length : close + 1
      }
    }
    return Math.min(at, text.length)
  }

  #start(at: number, end: number, word: string, rest: string): void {
    const conditional: Conditional = {
      lines: [[at, end]],
      branches: [],
      around: this.#open.kinds.at(-1) ?? '',
      before: this.#place(),
    }
    const isNever = word === 'if' && DEAD.test(rest)
    const isDead = isNever || (word !== 'ifndef' && this.#isC && OF_CPP.test(rest))
    const pending = { conditional, open: copyOf(this.#open), lowest: this.#open.kinds.length, after: undefined }
    if (this.#pending.length >= MAX_DEPTH) this.#isReadable = false
    this.#pending.push(pending)
    this.#begin(pending, end, isDead, isNever)
  }

  #next(at: number, end: number, rest: string): void {
    const pending = this.#pending.at(-1)
    if (pending === undefined) return
    this.#endBranch(pending, at)
    pending.conditional.lines.push([at, end])
    this.#open = copyOf(pending.open)
    this.#goBackTo(pending.conditional.before)
    this.#begin(pending, end, DEAD.test(rest), DEAD.test(rest))
  }

  #begin(pending: Pending, start: number, isDead: boolean, isNever: boolean): void {
    const last = { at: -1, open: -1 }
    pending.lowest = pending.open.kinds.length
    pending.conditional.branches.push({ start, end: start, isDead, isNever, last, isBalanced: true })
  }

  #endBranch(pending: Pending, at: number): void {
    const branch = pending.conditional.branches.at(-1)
    if (branch === undefined) return
    const depth = pending.open.kinds.length
    branch.end = at
    branch.last = this.#place()
    branch.isBalanced = this.#open.kinds.length === depth && pending.lowest === depth
    if (!branch.isDead && branch.last.at >= branch.start) {
      pending.after ??= { open: this.#open, last: branch.last, lowest: pending.lowest }
    }
  }

  #finish(at: number, end: number): void {
    const pending = this.#pending.pop()
    if (pending === undefined) return
    this.#endBranch(pending, at)
    pending.conditional.lines.push([at, end])
    this.#open = pending.after?.open ?? pending.open
    this.#goBackTo(pending.after?.last ?? pending.conditional.before)
    const around = this.#pending.at(-1)
    if (around !== undefined && pending.after !== undefined) {
      around.lowest = Math.min(around.lowest, pending.after.lowest)
    }
    this.found.push(pending.conditional)
  }

  #place(): CodeCharacter {
    return { at: this.#last, open: this.#lastOpen }
  }

  #goBackTo({ at, open }: CodeCharacter): void {
    this.#last = at
    this.#lastOpen = open
  }
}

function copyOf({ kinds, starts }: Open): Open {
  return { kinds: [...kinds], starts: [...starts] }
}

/** @returns Offset of the first code or directive in a branch; `undefined` without any. */
export function firstOf(text: string, { start, end }: Branch): number | undefined {
  const first = nextAfter(text, start)
  return first < end ? first : undefined
}
