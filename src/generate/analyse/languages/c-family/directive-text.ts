/** Finds where preprocessor directives of C and C++ begin and end. */

/** Whether only spaces are before an offset on its line. */
export function isLineStart(text: string, at: number): boolean {
  let start = at - 1
  while (text[start] === ' ' || text[start] === '\t') start--
  return start < 0 || text[start] === '\n'
}

/** The end of a directive, past continuation lines and comments. An unclosed comment takes the rest of the text. */
export function endOfDirective(text: string, from: number): number {
  let at = from
  let isQuoted = false
  let isComment = false
  for (; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1
    // The character constant of a quote, which opens no string.
    else if (!isQuoted && text.startsWith(`'"'`, at)) at += 2
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
