/** Parses reStructuredText tables: grid, simple, list and CSV tables. A cell holds its lines as written. */

import type { PhrasingContent, Table } from 'mdast'
import { indentOf, withoutMargin } from '#generate/formats/indentation.ts'

/** Converts the lines of a cell. */
type ReadCell = (text: string) => PhrasingContent[]

export interface Rows {
  rows: string[][]
  hasHead: boolean
}

const MAX_COLUMNS = 30
const MAX_ROWS = 2_000

/** @param stubs - The number of columns at the start whose cells are headings. */
export function tableOf({ rows, hasHead }: Rows, readCell: ReadCell, stubs = 0): Table | undefined {
  const columns = Math.min(MAX_COLUMNS, Math.max(0, ...rows.slice(0, MAX_ROWS).map((row) => row.length)))
  if (columns === 0) return undefined
  const shown = rows.length > MAX_ROWS ? [...rows.slice(0, MAX_ROWS), ['…']] : rows
  const all = hasHead ? shown : [[], ...shown]
  return {
    type: 'table',
    align: Array.from({ length: columns }, () => null),
    children: all.map((row, at) => ({
      type: 'tableRow',
      children: Array.from({ length: columns }, (_, column) => {
        // The last column also gets the cells beyond it.
        const cell = column === columns - 1 ? row.slice(column).join(' ') : (row[column] ?? '')
        const words = readCell(cell)
        const isHeading = at > 0 && column < stubs && words.length > 0
        return { type: 'tableCell', children: isHeading ? [{ type: 'strong', children: words }] : words }
      }),
    })),
  }
}

/** `+---+---+`. A cell that spans columns is in the first of them, one that spans rows in the first row. */
export function gridRows(lines: readonly string[]): Rows {
  const isRule = (line: string, from: number, to: number): boolean => /^[-=]+$/.test(line.slice(from, to))
  const found = new Set<number>()
  for (const line of lines) if (/^\+[-=+]+\+/.test(line)) for (const { index } of line.matchAll(/\+/g)) found.add(index)
  const bounds = [...found].sort((a, b) => a - b).slice(0, MAX_COLUMNS + 1)
  const columns = bounds.slice(0, -1).map((from, column) => ({ from: from + 1, to: bounds[column + 1] ?? from + 1 }))
  const rows: string[][] = []
  /** The row in which the current cell of each column began. */
  const begun = columns.map(() => 0)
  let row = 0
  let hasHead = false
  for (const line of lines.slice(1)) {
    const ruled = columns.map(({ from, to }) => isRule(line, from, to))
    if (ruled.includes(true)) {
      if (rows[row] !== undefined) row += 1
      if (row === 1 && line.includes('=') && ruled.every(Boolean)) hasHead = true
      for (const [column, isNew] of ruled.entries()) if (isNew) begun[column] = row
    }
    let column = 0
    while (column < columns.length) {
      const first = column
      const from = columns[first]?.from ?? 0
      // Without a border, the cell continues in the next column.
      while (column < columns.length - 1 && !/[|+]/.test(line[columns[column]?.to ?? 0] ?? '|')) column += 1
      const text = ruled[first] === true ? '' : line.slice(from, columns[column]?.to).trimEnd()
      column += 1
      const at = begun[first] ?? row
      const cells = rows[at] ?? columns.map(() => '')
      rows[at] = cells
      cells[first] = cells[first] === '' && text === '' ? '' : `${cells[first] ?? ''}\n${text}`
    }
  }
  return { rows: rows.filter((cells) => cells.some((cell) => cell.trim() !== '')), hasHead }
}

/** `=====  =====`: columns by the first line; a line with an empty first column continues the row. */
export function simpleRows(lines: readonly string[]): Rows {
  const starts = [...(lines[0] ?? '').matchAll(/=+/g)].slice(0, MAX_COLUMNS).map(({ index }) => index)
  const rules = lines.filter((line) => /^=[= ]*$/.test(line))
  const rows: string[][] = []
  for (const line of lines) {
    if (/^[=-][=\- ]*$/.test(line) || line.trim() === '') continue
    // Text between two columns belongs to a cell that spans both.
    const own = starts.filter((from) => from === 0 || /^\s?$/.test(line[from - 1] ?? ''))
    const cells = starts.map((from) =>
      own.includes(from)
        ? line.slice(
            from,
            own.find((next) => next > from),
          )
        : '',
    )
    const last = rows.at(-1)
    if (cells[0]?.trim() === '' && last !== undefined && !line.startsWith('\\')) {
      for (const [index, cell] of cells.entries()) if (cell.trim() !== '') last[index] = `${last[index] ?? ''}\n${cell}`
    } else rows.push(cells)
  }
  return { rows, hasHead: rules.length > 2 }
}

/** Rows as a list of lists, with any bullets: `* - a`, then `- b`; `undefined` if the text is anything else. */
export function listRows(lines: readonly string[]): string[][] | undefined {
  const rows = itemsOf(lines)?.map((row) => itemsOf(row)?.map((cell) => cell.join('\n')))
  return rows?.every((row) => row !== undefined) === true ? rows : undefined
}

/** The bodies of the items of a list; `undefined` if there is anything outside the items. */
function itemsOf(source: readonly string[]): string[][] | undefined {
  const items: string[][] = []
  for (const line of withoutMargin(source)) {
    const mark = /^[-*+](?=\s|$)/.exec(line)
    if (mark !== null) items.push([` ${line.slice(1)}`])
    else if (line.trim() === '' || indentOf(line) > 0) items.at(-1)?.push(line)
    else return undefined
  }
  return items.length === 0 ? undefined : items.map((item) => withoutMargin(item))
}

/** Comma-separated values; quoted ones may contain commas. */
export function csvRows(text: string, separator = ','): string[][] {
  const rows: string[][] = [[]]
  let cell = ''
  /** Whether the cell contains only whitespace so far. */
  let isBlank = true
  let isQuoted = false
  const add = (character: string): void => {
    cell += character
    isBlank &&= character.trim() === ''
  }
  const endCell = (): void => {
    rows.at(-1)?.push(cell.trim())
    cell = ''
    isBlank = true
  }
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? ''
    if (isQuoted) {
      if (character !== '"') add(character)
      else if (text[at + 1] === '"') add(text[at++] ?? '')
      else isQuoted = false
    } else if (character === '"' && isBlank) {
      isQuoted = true
      cell = ''
    } else if (character === separator) {
      endCell()
    } else if (character === '\n') {
      endCell()
      rows.push([])
    } else add(character)
  }
  endCell()
  return rows.filter((row) => row.some((value) => value !== ''))
}
