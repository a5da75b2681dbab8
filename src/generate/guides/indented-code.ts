/** Finds indented code blocks of Markdown: lines with a margin of four columns or a tab, below a blank line. */

const MARGIN = /^(?: {4}| {0,3}\t)/
const LIST_ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])(?:\s|$)/

/**
 * Lines in lists are left out, where a margin of that size may belong to the item.
 *
 * @param fenceAt - The mark of a code fence in a line; '' for other lines.
 * @returns Indexes of the lines.
 */
export function indentedCode(lines: readonly string[], fenceAt: (line: string) => string): ReadonlySet<number> {
  const found = new Set<number>()
  let fence = ''
  let isInList = false
  /** The line above is blank or code. */
  let mayBegin = true
  for (const [index, line] of lines.entries()) {
    const isBlank = line.trim() === ''
    const isCode = fence === '' && mayBegin && !isInList && !isBlank && MARGIN.test(line)
    if (isCode) {
      found.add(index)
      continue
    }
    const mark = fenceAt(line)
    if (fence !== '') {
      if (mark.startsWith(fence) && line.trim() === mark) fence = ''
    } else if (mark !== '') fence = mark
    else if (LIST_ITEM.test(line)) isInList = true
    else if (mayBegin && !isBlank && !/^\s/.test(line)) isInList = false
    mayBegin = isBlank
  }
  return found
}
