/** Splits Markdown outside fenced code into pieces: a code span may continue on the next line only within a piece. */

const FENCE = /^\s*(```|~~~)/
/** Lines that begin a new piece: blank lines, indented code, headings, quotes, tables, list items and link definitions. */
const BEGINS = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#>|]|[-*+]\s|\d{1,9}[.)]\s|\[[^\][]{1,200}\]:)/
/** Lines that are a piece of their own: those that begin one, except for quotes and list items. */
const ALONE = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#|]|\[[^\][]{1,200}\]:)/

/** Applies a function to every paragraph, item or heading. */
export function mapParagraphs(markdown: string, change: (paragraph: string) => string): string {
  const pieces: string[] = []
  let open: string[] = []
  /** The fence that opened the current code block. */
  let fence: string | undefined
  const close = (): void => {
    if (open.length > 0) pieces.push(change(open.join('\n')))
    open = []
  }
  for (const line of markdown.split('\n')) {
    const mark = FENCE.exec(line)?.[1]
    const isFence = mark !== undefined && (fence === undefined || fence === mark)
    if (isFence) fence = fence === undefined ? mark : undefined
    if (isFence || fence !== undefined) {
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
