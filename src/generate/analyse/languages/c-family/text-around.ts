/** Finds the characters, words and lines around an offset in C or C++ code. Comments count as spaces. */

/** Limit on the length of an argument list. */
const MAX_ARGUMENTS = 2_000
/** Limits on the characters of a line and of a comment that are searched, so that the time stays linear. */
const MAX_LINE = 4_000
const MAX_COMMENT = 50_000
/** Limit on the lines of a directive. */
const MAX_CONTINUED = 1_000
const PLAIN_WORD = /[A-Za-z_]\w*/y

/** Offset of the last character before `at` that is not a space; -1 at the start. Comments count as spaces. */
export function lastBefore(text: string, at: number): number {
  let end = at - 1
  for (let steps = 0; steps < 50; steps++) {
    while (end >= 0 && text.charCodeAt(end) <= 0x20) end--
    if (text[end] === '/' && text[end - 1] === '*') {
      const from = Math.max(0, end - MAX_COMMENT)
      const open = text.slice(from, end).lastIndexOf('/*')
      if (open < 0) return end
      end = from + open - 1
      continue
    }
    const line = lineStart(text, end)
    if (line === undefined || end < line) return end
    const comment = text.slice(line, Math.min(end + 1, line + 400)).search(/(?:^|[\s;{})])\/\//)
    if (comment < 0) return end
    end = line + comment
    if (text[end] === '/') end--
    else if (text.charCodeAt(end) > 0x20) return end
  }
  return end
}

/** Offset of the next character that is neither a space nor in a comment. */
export function nextAfter(text: string, at: number): number {
  let start = at
  for (let steps = 0; steps < 50; steps++) {
    while (start < text.length && text.charCodeAt(start) <= 0x20) start++
    if (text[start] !== '/') return start
    const close =
      text[start + 1] === '*' ? endOfComment(text, start) : text[start + 1] === '/' ? text.indexOf('\n', start) : -1
    if (close <= start) return start
    start = close
  }
  return start
}

/** -1 for one that is longer than the limit, or never ends. */
function endOfComment(text: string, start: number): number {
  const end = text.slice(start + 2, start + MAX_COMMENT).indexOf('*/')
  return end < 0 ? -1 : start + end + 4
}

export function wordAt(text: string, at: number): string {
  PLAIN_WORD.lastIndex = at
  return PLAIN_WORD.exec(text)?.[0] ?? ''
}

export function wordEndingAt(text: string, at: number): string {
  let start = at + 1
  while (start > 0 && start > at - 59 && isWordUnit(text.charCodeAt(start - 1))) start--
  return text.slice(start, at + 1)
}

/** Whether a code unit matches `\w`. */
function isWordUnit(unit: number): boolean {
  return unit > 0x60 ? unit < 0x7b : unit > 0x40 ? unit < 0x5b || unit === 0x5f : unit > 0x2f && unit < 0x3a
}

/** Offset of the bracket that closes the one at `open`, within one statement. */
export function closingOf(text: string, open: number): number | undefined {
  let depth = 0
  for (let at = open; at < text.length && at < open + MAX_ARGUMENTS; at++) {
    const character = text[at]
    if (character === '(') depth++
    else if (character === ')' && --depth === 0) return at
    else if (character === ';' || character === '{') return undefined
  }
  return undefined
}

/** Offset of the bracket that the one at `close` closes, within one statement. */
export function openingOf(text: string, close: number): number | undefined {
  let depth = 0
  for (let at = close; at >= 0 && at > close - MAX_ARGUMENTS; at--) {
    const character = text[at]
    if (character === ')') depth++
    else if (character === '(' && --depth === 0) return at
    else if (character === '{' || character === '}') return undefined
  }
  return undefined
}

/** Whether the lines of a word, or of a macro call, contain nothing else but comments. */
export function isAlone(text: string, start: number, end: number): boolean {
  return (
    isLineStart(text, start) &&
    /^[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*\*\/[ \t]*)?\r?(?:\n|$)/.test(text.slice(end, end + 200))
  )
}

export function isLineStart(text: string, start: number): boolean {
  const line = lineStart(text, start - 1)
  return line !== undefined && text.slice(line, start).trim() === ''
}

/** Offset at which the line that contains `at` starts; `undefined` if that is too far away. */
export function lineStart(text: string, at: number): number | undefined {
  const from = Math.max(0, at + 1 - MAX_LINE)
  const newline = text.slice(from, at + 1).lastIndexOf('\n')
  if (newline >= 0) return from + newline + 1
  return from === 0 ? 0 : undefined
}

/** Whether the line that contains `at` is a preprocessor directive. */
export function isDirectiveAt(text: string, at: number): boolean {
  let line = lineStart(text, at)
  for (let count = 0; line !== undefined && count < MAX_CONTINUED; count++) {
    const isContinued = line > 1 && /\\\r?$/.test(text.slice(Math.max(0, line - 3), line - 1))
    if (!isContinued) return /^[ \t]*#/.test(text.slice(line, line + 40))
    line = lineStart(text, line - 2)
  }
  return false
}

/** Whether an access label of a class ends at `at`: `public:`. */
export function isLabelAt(text: string, at: number): boolean {
  return (
    text[at] === ':' && /\b(?:public|private|protected)(?:\s+\w+)?\s*:$/.test(text.slice(Math.max(0, at - 30), at + 1))
  )
}
