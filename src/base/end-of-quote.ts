/** Where a string in one line of code ends, in any language whose strings escape by a backslash. */

/** The place of the quote that closes the one at `start`; -1 where none does: a lifetime of Rust, or text on several lines. */
export function endOfQuote(line: string, start: number): number {
  for (let at = start + 1; at < line.length; at++) {
    if (line[at] === '\\') at++
    else if (line[at] === line[start]) return at
  }
  return -1
}
