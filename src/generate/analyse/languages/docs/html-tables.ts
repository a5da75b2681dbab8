/** Converts the HTML tables of doc comments to Markdown. */

const MAX_ROWS = 300
const MAX_COLUMNS = 20
const ROW = /<tr\b[^<>]*>((?:(?!<\/?tr\b)[\s\S])*)/gi
const CELL = /<(t[dh])\b[^<>]*>((?:(?!<\/?t[dh]\b)[\s\S])*)/gi

interface Cell {
  isHeading: boolean
  text: string
}

/** @param rows - The text between the tags of the table. */
export function htmlTable(rows: string, toMarkdown: (html: string) => string): string {
  const caption = /<caption\b[^<>]*>([^<]{1,400})<\/caption>/i.exec(rows)?.[1] ?? ''
  const cells = Array.from(rows.matchAll(ROW), ([, row = '']): Cell[] =>
    Array.from(row.matchAll(CELL), ([, tag = '', html = '']) => ({
      isHeading: tag.toLowerCase() === 'th',
      text: onOneLine(toMarkdown(html)),
    })),
  ).filter((row) => row.some(({ text }) => text !== ''))
  if (cells.length === 0) return toMarkdown(rows)
  const [first = []] = cells
  const columns = Math.min(MAX_COLUMNS, Math.max(...cells.slice(0, MAX_ROWS).map((row) => row.length)))
  const hasHead = first.every(({ isHeading }) => isHeading)
  const lines = [...(hasHead ? [] : [[]]), ...cells.slice(0, MAX_ROWS)].map((row) => rowOf(row, columns))
  lines.splice(1, 0, `|${' - |'.repeat(columns)}`)
  if (cells.length > MAX_ROWS) lines.push('', '…')
  return [onOneLine(toMarkdown(caption)), lines.join('\n')].filter((part) => part !== '').join('\n\n')
}

function rowOf(row: readonly Cell[], columns: number): string {
  const texts = Array.from({ length: columns }, (_, at) => row[at]?.text ?? '')
  const beyond = row.slice(columns).map(({ text }) => text)
  return `| ${[...texts.slice(0, -1), [texts.at(-1) ?? '', ...beyond].join(' ')].join(' | ')} |`
}

/** Items of a list are separated by bullets. */
function onOneLine(markdown: string): string {
  return markdown
    .trim()
    .replace(/\n- /g, ' • ')
    .replace(/\s+/g, ' ')
    .replace(/(?<!\\)\|/g, '\\|')
}
