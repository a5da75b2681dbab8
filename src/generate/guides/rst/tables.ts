/** Parses reStructuredText tables: grid, simple, list and CSV tables. A cell contains one paragraph. */

import type { PhrasingContent, Table } from 'mdast'

type Inline = (text: string) => PhrasingContent[]

const MAX_COLUMNS = 30
const MAX_ROWS = 2_000

export function tableOf(rows: readonly (readonly string[])[], inline: Inline, hasHead = true): Table | undefined {
  const columns = Math.min(MAX_COLUMNS, Math.max(0, ...rows.map((row) => row.length)))
  if (columns === 0 || rows.length === 0) return undefined
  const all = hasHead ? rows : [Array.from({ length: columns }, () => ''), ...rows]
  return {
    type: 'table',
    align: Array.from({ length: columns }, () => null),
    children: all.slice(0, MAX_ROWS).map((row) => ({
      type: 'tableRow',
      children: Array.from({ length: columns }, (_, index) => ({
        type: 'tableCell' as const,
        children: inline(row[index] ?? ''),
      })),
    })),
  }
}

/** `+---+---+`; cells that span columns or rows are not recognised. */
export function gridRows(lines: readonly string[]): { rows: string[][]; hasHead: boolean } {
  const bounds = [...(lines[0] ?? '')]
    .flatMap((character, at) => (character === '+' ? [at] : []))
    .slice(0, MAX_COLUMNS + 1)
  const rows: string[][] = []
  let row: string[] = []
  let hasHead = false
  for (const line of lines.slice(1)) {
    if (/^\+[-=+]+/.test(line)) {
      if (row.some((cell) => cell.trim() !== '')) rows.push(row)
      row = []
      if (line.includes('=') && rows.length === 1) hasHead = true
      continue
    }
    for (const [index, from] of bounds.slice(0, -1).entries()) {
      const cell = line
        .slice(from + 1, bounds[index + 1])
        .replace(/\|/g, ' ')
        .trim()
      row[index] = row[index] ? `${row[index]} ${cell}`.trim() : cell
    }
  }
  return { rows, hasHead }
}

/** `=====  =====`: columns by the first line; a line with an empty first column continues the row. */
export function simpleRows(lines: readonly string[]): { rows: string[][]; hasHead: boolean } {
  const spans = [...(lines[0] ?? '').matchAll(/=+/g)]
    .slice(0, MAX_COLUMNS)
    .map(({ index, 0: rule }) => [index, index + rule.length] as const)
  const rules = lines.flatMap((line, at) => (/^=[= ]*$/.test(line) ? [at] : []))
  const rows: string[][] = []
  for (const line of lines) {
    if (/^[=-][=\- ]*$/.test(line) || line.trim() === '') continue
    const cells = spans.map(([from], index) => {
      const next = spans[index + 1]?.[0]
      return line.slice(from, next).trim()
    })
    const last = rows.at(-1)
    if (cells[0] === '' && last !== undefined) {
      for (const [index, cell] of cells.entries()) if (cell !== '') last[index] = `${last[index] ?? ''} ${cell}`.trim()
    } else rows.push(cells)
  }
  return { rows, hasHead: rules.length > 2 }
}

/** Rows as a nested list: `* - a`, then `- b`. */
export function listRows(lines: readonly string[]): string[][] {
  const rows: string[][] = []
  for (const line of lines) {
    const [, star, cell] = /^(?:(\*)[ \t]*)?-(?:[ \t]+(\S.*))?$/.exec(line.trim()) ?? []
    if (star !== undefined) rows.push([cell ?? ''])
    else if (cell !== undefined) rows.at(-1)?.push(cell)
    else if (line.trim() === '-') rows.at(-1)?.push('')
    else {
      const row = rows.at(-1)
      if (row !== undefined && line.trim() !== '') row[row.length - 1] = `${row.at(-1) ?? ''} ${line.trim()}`.trim()
    }
  }
  return rows
}

/** Comma-separated values; quoted ones may contain commas. */
export function csvRows(text: string, separator = ','): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (isQuoted) {
      if (character !== '"') cell += character
      else if (text[at + 1] === '"') cell += text[at++] ?? ''
      else isQuoted = false
    } else if (character === '"' && cell.trim() === '') {
      isQuoted = true
      cell = ''
    } else if (character === separator) {
      rows.at(-1)?.push(cell.trim())
      cell = ''
    } else if (character === '\n') {
      rows.at(-1)?.push(cell.trim())
      cell = ''
      rows.push([])
    } else cell += character
  }
  rows.at(-1)?.push(cell.trim())
  return rows.filter((row) => row.some((value) => value !== ''))
}
