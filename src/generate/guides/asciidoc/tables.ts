/** Parses AsciiDoc tables. */

import type { PhrasingContent, Table } from 'mdast'
import { append } from '#base/long-arrays.ts'

const MAX_COLUMNS = 20
const MAX_ROWS = 1_000
const MAX_CELLS = MAX_ROWS * MAX_COLUMNS
/** Matches the start of a cell, and captures the factor of a repeated one. A space separates span, alignment and style from the cell before. */
const CELL = /(?:(?:^|\s)(?:\d{0,2}(?:\.\d{1,2})?\+|(\d{1,2})\*)?[<^>]?(?:\.[<^>])?[a-z]?)?(?<!\\)\|/

/** The number of columns that an attribute list declares, `cols="1,3*a"` or `cols=3`; 0 if it declares none. */
export function declaredColumns(attributes: string): number {
  const [, quoted, plain] = /(?:^|[\s,])cols=(?:"([^"]{1,200})"|([^\s,"]{1,20}))/.exec(attributes) ?? []
  const list = quoted ?? plain
  if (list === undefined) return 0
  if (/^\d+$/.test(list)) return Number(list)
  return list.split(/[,;]/).reduce((sum, one) => sum + Number(/^\s*(\d{1,2})\*/.exec(one)?.[1] ?? 1), 0)
}

/**
 * Parses a table. Unless the number of columns is declared, the first line with several cells, or all cells before the first blank
 * line, form the first row.
 *
 * @param declared - The number of columns; 0 if it is not declared.
 */
export function tableOf(
  lines: readonly string[],
  inline: (text: string) => PhrasingContent[],
  declared = 0,
): Table | undefined {
  const { cells, columns } = cellsOf(lines, declared)
  const rows: Table['children'] = []
  for (let from = 0; from < cells.length && rows.length < MAX_ROWS; from += columns)
    rows.push({
      type: 'tableRow',
      children: Array.from({ length: columns }, (_, index) => ({
        type: 'tableCell' as const,
        children: inline(cells[from + index] ?? ''),
      })),
    })
  if (rows.length === 0) return undefined
  return { type: 'table', align: Array.from({ length: columns }, () => null), children: rows }
}

function cellsOf(lines: readonly string[], declared: number): { cells: string[]; columns: number } {
  const cells: string[] = []
  let columns = declared
  for (const line of lines) {
    if (line === '') {
      if (columns === 0) columns = cells.length
      continue
    }
    if (cells.length >= MAX_CELLS) break
    const [before = '', ...parts] = line.split(CELL)
    const own: string[] = []
    // Factors and cells alternate.
    for (let at = 1; at < parts.length && own.length < MAX_CELLS; at += 2) {
      const cell = (parts[at] ?? '').replace(/\\\|/g, '|').trim()
      append(own, new Array<string>(Number(parts[at - 1] ?? 1)).fill(cell))
    }
    if (before.trim() !== '' && cells.length > 0) cells[cells.length - 1] = `${cells.at(-1)} ${before.trim()}`
    append(cells, own)
    if (columns === 0 && own.length > 1) columns = own.length
  }
  return { cells, columns: Math.min(MAX_COLUMNS, columns || 1) }
}
