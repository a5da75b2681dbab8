/** Splits Markdown outside fenced code into pieces: a code span may continue on the next line only within a piece. */

import { Fences } from '#markdown/fences.ts'

/** Lines that begin a new piece: blank lines, indented code, headings, quotes, tables, list items and link definitions. */
const BEGINS = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#>|]|[-*+]\s|\d{1,9}[.)]\s|\[[^\][]{1,200}\]:)/
/** Lines that are a piece of their own: those that begin one, except for quotes and list items. */
const ALONE = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#|]|\[[^\][]{1,200}\]:)/

/** Applies a function to every paragraph, item or heading. */
export function mapParagraphs(markdown: string, change: (paragraph: string) => string): string {
  const pieces: string[] = []
  let open: string[] = []
  const fences = new Fences({ isIndented: true })
  const close = (): void => {
    if (open.length > 0) pieces.push(change(open.join('\n')))
    open = []
  }
  for (const line of markdown.split('\n')) {
    if (fences.isCode(line)) {
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
