/** Splits Markdown outside code blocks into pieces: a code span may continue on the next line only within a piece. */

import { Fences } from '#markdown/fences.ts'

/** Lines that begin a new piece: blank lines, indented code, headings, quotes, tables, list items and link definitions. */
const BEGINS = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#>|]|[-*+]\s|\d{1,9}[.)]\s|\[[^\][]{1,200}\]:)/
/** Lines that are a piece of their own: those that begin one, except for quotes and list items. */
const ALONE = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#|]|\[[^\][]{1,200}\]:)/

const INDENTED = /^(?: {4}|\t)/
const ITEM = /^\s{0,3}(?:[-*+]\s|\d{1,9}[.)]\s)/

/**
 * Applies a function to all text outside code blocks: paragraphs, items, headings, blank lines, definitions and rows of
 * tables. Below a list, indented lines are text, too.
 */
export function mapParagraphs(markdown: string, change: (paragraph: string) => string): string {
  const pieces: string[] = []
  let open: string[] = []
  const fences = new Fences({ isIndented: true })
  const close = (): void => {
    if (open.length > 0) pieces.push(change(open.join('\n')))
    open = []
  }
  let isInList = false
  let isAfterBlank = false
  for (const line of markdown.split('\n')) {
    const isIndented = INDENTED.test(line)
    const isBlank = line.trim() === ''
    if (ITEM.test(line)) isInList = true
    else if (isAfterBlank && !isBlank && !/^\s/.test(line)) isInList = false
    const isCode: boolean = fences.isCode(line) || (isIndented && isAfterBlank && !isInList)
    // A line of indented code continues it.
    isAfterBlank = isBlank || (isCode && isIndented)
    if (isCode) {
      close()
      pieces.push(line)
    } else {
      if (BEGINS.test(line) || ALONE.test(open.at(-1) ?? '')) close()
      open.push(line)
    }
  }
  close()
  return pieces.join('\n')
}
