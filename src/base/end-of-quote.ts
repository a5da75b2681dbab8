/** Finds the end of a string in one line of code, in any language that escapes with backslashes. */

/** The offset of the quote that closes the one at `start`; -1 if none does: a Rust lifetime, or a string on several lines. */
export function endOfQuote(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === line[start]) return at
  }
  return -1
}

/** Whether the value of an assignment contains a string with line breaks, which would change if the text were joined to one line. */
export function hasStringOfLines(text: string): boolean {
  for (let at = text.indexOf('='); at >= 0 && at < text.length; at++) {
    if (text.startsWith("'''", at)) return true
    if (text[at] !== '"' && text[at] !== '`') continue
    const end = endOfQuote(text, at)
    if (end < 0) return text.includes('\n', at)
    if (text.slice(at, end).includes('\n')) return true
    at = end
  }
  return false
}
