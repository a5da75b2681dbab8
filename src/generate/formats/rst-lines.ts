/** Inline markup of reStructuredText that runs over the end of a line. */

import { indentOf } from './indentation.ts'

/** Lines that one literal, role or link may run over. */
const MAX_LINES = 6
const MAX_CHARS = 1_000
/** What begins something else than more of a paragraph. */
const BLOCK = /^(?:\.\. |\.\.$|[-*+•] |\d{1,3}[.)] |:\w[^:`]{0,60}:\s|>>> |```)/

/**
 * The lines of a paragraph that the markup at the end of its first line runs over.
 *
 * @returns The text of all of them on one line, and how many they are; the first line alone where nothing is open or it is never closed.
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

/** Whether a backquote is left over when each one is closed by the next of its kind. */
function isOpen(text: string): boolean {
  return text.replace(/``.+?``|`[^`]+`/g, '').includes('`')
}
