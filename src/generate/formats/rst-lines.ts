/** Joins inline markup of reStructuredText that continues on the next line. */

import { indentOf } from './indentation.ts'

/** Limit on the lines of one literal, role or link. */
const MAX_LINES = 6
const MAX_CHARS = 1_000
/** The start of a line that does not continue a paragraph. */
const BLOCK = /^(?:\.\. |\.\.$|[-*+•] |\d{1,3}[.)] |:\w[^:`]{0,60}:\s|>>> |```)/

/**
 * Joins the lines over which the markup at the end of a line continues.
 *
 * @returns The text on one line, and the number of lines; only the first line if no markup is open or it is never
 *   closed.
 */
export function joinOpenMarkup(lines: readonly string[], at: number): { text: string; taken: number } {
  const first = (lines[at] ?? '').trimEnd()
  if (!first.includes('`') || !isOpen(first)) return { text: first, taken: 1 }
  const indent = indentOf(first)
  let text = first
  for (let taken = 1; taken < MAX_LINES; taken++) {
    const next = lines[at + taken]?.trimEnd() ?? ''
    const content = next.trimStart()
    // The text of a list item or a field is indented deeper than its first line.
    if (content === '' || indentOf(next) < indent || BLOCK.test(content) || text.length > MAX_CHARS) break
    text += ` ${content}`
    if (!isOpen(text)) return { text, taken: taken + 1 }
  }
  return { text: first, taken: 1 }
}

/** Whether a backquote remains open if each is closed by the next of its kind. */
function isOpen(text: string): boolean {
  return text.replace(/``.+?``|`[^`]+`/g, '').includes('`')
}
