/** What the README says of a definition in a row of a table, or an item of a list, that begins with its name. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'

const MAX_CHARS = 200_000
const MAX_ROW = 1_000
const MAX_CELLS = 12
/** `name`, **name**, `owner.name(given)`: a name is marked as one. */
const NAME = /^(?:\*\*`?|`)((?:[\w$]+(?:\.|::|#))?)([A-Za-z_$][\w$]*)(?:\([^`|]*\))?(?:`?\*\*|`)$/
const BULLET = /^\s*[-*+]\s+((?:\*\*)?`[^`]{1,100}`(?:\*\*)?)\s*(?::|-+|–|—)\s+(\S.*)$/

interface Row {
  /** What stands before the name: `afero` of `afero.NewOsFs()`. */
  readonly owner: string
  readonly text: string
}

const rowsKnown = new WeakMap<Writing, ReadonlyMap<string, readonly Row[]>>()
const namesKnown = new WeakMap<Writing, ReadonlyMap<string, number>>()

/** `null` where it says nothing, or of several definitions of one name not which it means. */
export function saidInReadme(writing: Writing, component: Component): Inline[] | null {
  const { name, parent, exported, file } = component
  if (parent !== null || !exported) return null
  const rows = rowsOf(writing).get(name) ?? []
  const isOnly = countsOf(writing).get(name) === 1
  const home = nameOf(folderOf(file)) || writing.subject.name
  const row = rows.find(({ owner }) => (owner === '' ? isOnly : owner === home || isOnly))
  return row === undefined ? null : tellingSentence(row.text, name)
}

function rowsOf(writing: Writing): ReadonlyMap<string, readonly Row[]> {
  const known = rowsKnown.get(writing)
  if (known !== undefined) return known
  const readme = (writing.survey.folders.get('') ?? []).find(({ path }) => /^readme(?:\.(?:md|markdown))?$/i.test(path))
  const rows = readRows(readme?.text?.slice(0, MAX_CHARS) ?? '')
  rowsKnown.set(writing, rows)
  return rows
}

function readRows(text: string): Map<string, Row[]> {
  const rows = new Map<string, Row[]>()
  for (const line of text.split('\n')) {
    if (line.length > MAX_ROW) continue
    const [, item, words] = BULLET.exec(line) ?? []
    const cells = item === undefined || words === undefined ? cellsOf(line) : [item, words]
    const names = cells.map((cell) => NAME.exec(cell))
    const last = names.findLastIndex((found) => found !== null)
    const said = last < 0 ? undefined : cells.slice(last + 1).find((cell) => /\S\s+\S/.test(cell))
    if (said === undefined) continue
    for (const [, owner = '', name = ''] of names.flatMap((found) => (found === null ? [] : [found])))
      push(rows, name, { owner: owner.replace(/[.#:]{1,2}$/, ''), text: said })
  }
  return rows
}

function cellsOf(line: string): string[] {
  return line.includes('|') ? line.split('|', MAX_CELLS).map((cell) => cell.trim()) : []
}

function countsOf(writing: Writing): ReadonlyMap<string, number> {
  const known = namesKnown.get(writing)
  if (known !== undefined) return known
  const counts = new Map<string, number>()
  for (const { name, parent, exported } of writing.survey.components.values())
    if (parent === null && exported) counts.set(name, (counts.get(name) ?? 0) + 1)
  namesKnown.set(writing, counts)
  return counts
}
