/** Walks the text of Markdown outside fenced code, in the pieces within which a code span may continue on the next line. */

const FENCE = /^\s*(```|~~~)/
/** Blank lines, indented code, headings, quotes, tables, items of lists and definitions of links begin a piece of their own. */
const BEGINS = /^\s*$|^ {4}|^\t|^\s{0,3}(?:[#>|]|[-*+]\s|\d{1,9}[.)]\s|\[[^\][]{1,200}\]:)/
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
