/** Finds the preprocessor branch that each line of C, C++, C# or Swift is in. */

/** Limit on the characters read of a line: a condition and the start of a comment. */
const MAX_LINE = 400
/** Limit on the lines that continue a directive; the rest of a longer one is cut. */
const MAX_CONTINUED = 20
const WORD = /^\s*#\s*(ifdef|ifndef|if|elif|elifdef|elifndef|else|endif)\b/
const REMARK = /\/\/.*|\/\*(?:(?!\*\/)[\s\S])*(?:\*\/)?/g

/** Matches the start of a comment above other code. */
const COMMENT = /^\s*\/\*/

/** A branch of `#if … #endif`. */
export interface DirectiveBranch {
  /** Its directive, `#ifdef USE_ICU`; '' for an include guard. */
  readonly directive: string
  /** All enclosing directives that are not guards, the outermost first: `#if A, #if B`; '' if there is none. */
  readonly shown: string
  readonly outer: DirectiveBranch | undefined
  /** The line of its directive, from 1. */
  readonly line: number
  readonly depth: number
}

/** For each line, the innermost enclosing branch; for an `#else`, one with the negated condition. */
export function directiveBranches(lines: readonly string[]): (DirectiveBranch | undefined)[] {
  let open: DirectiveBranch | undefined
  const enter = (directive: string, line: number): void => {
    const shown = [open?.shown ?? '', directive]
      .filter((one) => one !== '')
      .join(', ')
      .slice(0, MAX_LINE)
    open = { directive, shown, outer: open, line, depth: (open?.depth ?? 0) + 1 }
  }
  let isComment = false
  return lines.map((whole, index) => {
    const start = isComment ? 0 : COMMENT.exec(whole)?.[0].length
    isComment = start !== undefined && !whole.includes('*/', start)
    if (start !== undefined) return open
    const [, word = ''] = WORD.exec(whole.slice(0, MAX_LINE)) ?? []
    if (word === '') return open
    const { text, next } = logicalLine(lines, index)
    const words = text.replace(WORD, '').replace(REMARK, ' ').replace(/\s+/g, ' ').trim()
    if (word === 'endif') open = open?.outer
    else if (word.startsWith('el')) {
      const before = open?.directive ?? ''
      open = open?.outer
      enter(word === 'else' ? otherOf(before) : `#${word} ${words}`, index + 1)
    } else enter(isGuard(word, words, lines, next) ? '' : `#${word} ${words}`, index + 1)
    return open
  })
}

/** A directive with the lines that continue it, and the index of the line below. */
function logicalLine(lines: readonly string[], index: number): { text: string; next: number } {
  let text = ''
  for (let next = index; ; next++) {
    const line = (lines[next] ?? '').trimEnd()
    const isContinued = line.endsWith('\\') && next < index + MAX_CONTINUED
    text += `${(isContinued ? line.slice(0, -1).trimEnd() : line).slice(0, MAX_LINE)} `
    if (!isContinued) return { text, next: next + 1 }
  }
}

/** The innermost branch around both of two lines. Meant for lines close together: the loop walks up the nesting. */
export function aroundBoth(
  one: DirectiveBranch | undefined,
  other: DirectiveBranch | undefined,
): DirectiveBranch | undefined {
  let [a, b] = [one, other]
  while (a !== b) {
    if ((a?.depth ?? 0) > (b?.depth ?? 0)) a = a?.outer
    else b = b?.outer
  }
  return a
}

/** Limit on the lines between `#ifndef` and `#define` of an include guard. */
const MAX_BETWEEN = 10

/** Whether this is an include guard, `#ifndef A_H` or `#if !defined(A_H)` above `#define A_H`, or `#ifdef __cplusplus`. */
function isGuard(word: string, words: string, lines: readonly string[], next: number): boolean {
  if (/^(?:defined ?\(? ?)?__cplusplus\b ?\)?$/.test(words)) return word !== 'ifndef'
  const name = word === 'ifndef' ? words : word === 'if' ? /^! ?defined ?\(? ?(\w+) ?\)?$/.exec(words)?.[1] : undefined
  if (name === undefined) return false
  const below = lines
    .slice(next, next + MAX_BETWEEN)
    .find((line) => !/^\s*(?:$|\/[/*]|\*)/.test(line.slice(0, MAX_LINE)))
  return /^\s*#\s*define\s+(\w+)/.exec(below?.slice(0, MAX_LINE) ?? '')?.[1] === name
}

/** The directive shown for the branch after `#else`. A second `#else`, which is an error, changes nothing. */
function otherOf(branch: string): string {
  const [, word = '', words = ''] = /^#(\w+) (.*)$/.exec(branch) ?? []
  if (word === 'else') return branch
  if (word === 'if' && words === '0') return ''
  if (word === 'ifdef') return `#ifndef ${words}`
  if (word === 'ifndef') return `#ifdef ${words}`
  return word === 'if' && /^[\w()]+(?:\([^()]*\))?$/.test(words)
    ? `#if !${words}`
    : words === ''
      ? ''
      : `#else of #${word} ${words}`
}
