/** Parses a row of a table for `quick-blocks.ts`. */

import type { PhrasingContent, TableCell } from 'mdast'
import { quickInline } from './quick-inline.ts'

/** Character codes. */
const BACKSLASH = 92
const BAR = 124

/** @returns `undefined` for a row that the general parser has to parse. */
export function tableRow(
  line: string,
  inlineOf: (text: string) => PhrasingContent[] | undefined,
): TableCell[] | undefined {
  const cells: TableCell[] = []
  let start = 1
  for (let at = 1; at < line.length; at++) {
    const char = line.charCodeAt(at)
    if (char === BACKSLASH && (line.charCodeAt(at + 1) === BACKSLASH || line.charCodeAt(at + 1) === BAR)) at += 1
    else if (char === BAR) {
      const text = line.slice(start, at).trim()
      const children = text.includes('\\|') ? quickInline(text, true) : inlineOf(text)
      if (children === undefined) return undefined
      cells.push({ type: 'tableCell', children })
      start = at + 1
    }
  }
  return start === line.length && start > 1 ? cells : undefined
}
