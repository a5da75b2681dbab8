/**
 * Finds the description of a definition in the README: in a table row or list item that begins with its name, or below a
 * heading with its name. In other documents, only below such a heading, or in a directive of Sphinx.
 */

import { push } from '#base/multimap.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { Fences } from '#markdown/fences.ts'
import { isDocument } from './documents.ts'
import { manualRows } from './manual-rows.ts'
import { sentencesOnNames } from './sentences-on-names.ts'

/** Limits on the characters of one document, and of all documents together. */
const MAX_CHARS = 200_000
const MAX_ALL_CHARS = 4_000_000
const MAX_ROW = 1_000
const MAX_CELLS = 12
/** Matches a marked name: `name`, **name**, `owner.name(arguments)`. */
const NAME = /^(?:\*\*`?|`)((?:[\w$]+(?:\.|::|#))?)([A-Za-z_$][\w$]*)(?:\([^`|]*\))?(?:`?\*\*|`)$/
/** Matches a heading with only a name or a call: `### `.single(field)``, `## plan(from, to)`. */
const HEADING = /^#{2,6}\s+(?:`([^`]{1,200})`|([\w$.:#]{1,100}\(.{0,100}\)))\s*#*$/
const CALLED = /^((?:[\w$]+(?:\.|::|#)|[.#])?)([A-Za-z_$][\w$]*)(?:\(.*\))?$/
/** Limit on the lines between a heading and its paragraph. */
const MAX_BELOW = 12
/** Matches lines that are not paragraphs: code, lists, tables, quotes, HTML, headings. */
const NO_WORDS = /^\s*(?:[`~]{3}|[-*+>|#<]|\d+[.)]\s|!\[|\[!)/
const BULLET = /^\s*[-*+]\s+((?:\*\*)?`[^`]{1,100}`(?:\*\*)?)\s*(?::|-+|–|—)\s+(\S.*)$/

interface Row {
  /** The part before the name: `afero` of `afero.NewOsFs()`. */
  readonly owner: string
  readonly text: string
  /** The document. */
  readonly path: string
}

/** Matches documents about changes, whose headings name what has changed. */
const OF_CHANGES = /(?:^|\/)[^/]{0,60}(?:change|history|migrat|news|proposal|release|rfc|upgrad)/i

const rowsKnown = new WeakMap<Writing, ReadonlyMap<string, readonly Row[]>>()
const namesKnown = new WeakMap<Writing, ReadonlyMap<string, number>>()

/** `null` if there is no description, or if it is ambiguous between definitions of the same name. */
export function readmeDescription(writing: Writing, component: Component): Inline[] | null {
  return describedIn(writing, component)?.words ?? null
}

/** The first sentence of the description, all of it as Markdown, and the path of its document. */
export function describedIn(
  writing: Writing,
  component: Component,
): { words: Inline[]; text: string; path: string } | undefined {
  const { name, parent, exported, file } = component
  if (!exported) return undefined
  const rows = rowsOf(writing).get(name) ?? []
  const isOnly = countsOf(writing).get(keyOf(component)) === 1
  const holder = parent === null ? undefined : writing.repo.components.get(parent)?.name
  const home = holder ?? (nameOf(folderOf(file)) || writing.subject.name)
  // A name without an owner is a top-level one.
  const fitting = rows.filter(({ owner }) => owner !== '' || parent === null)
  const row = fitting.find(({ owner }) => (owner === '' ? isOnly : owner === home || isOnly))
  const words = row === undefined || isOfAnother(row.text, name) ? null : tellingSentence(row.text, name)
  return row === undefined || words === null ? undefined : { words, text: row.text, path: row.path }
}

/** Whether a text names something else before it: ``The `command` function takes values of the `Plan` protocol.`` */
function isOfAnother(text: string, name: string): boolean {
  const own = text.indexOf(name)
  const [span = '', first = ''] = /`([^`\n]{1,100})`/.exec(text) ?? []
  return span !== '' && !first.includes(name) && own > text.indexOf(span)
}

/** The README of the whole repository. */
function readmeOf({ repo }: Writing): SourceFile | undefined {
  return (repo.folders.get('') ?? []).find(({ path }) => /^readme(?:\.(?:md|markdown))?$/i.test(path))
}

function rowsOf(writing: Writing): ReadonlyMap<string, readonly Row[]> {
  const known = rowsKnown.get(writing)
  if (known !== undefined) return known
  const readme = readmeOf(writing)
  const rows = readme === undefined ? new Map<string, Row[]>() : readRows(readme)
  for (const [name, found] of headingsOf(writing, readme)) if (!rows.has(name)) rows.set(name, [found])
  for (const [name, found] of manualsOf(writing)) if (!rows.has(name)) rows.set(name, found)
  for (const [name, found] of sentencesOnNames(writing)) if (!rows.has(name)) rows.set(name, [{ owner: '', ...found }])
  rowsKnown.set(writing, rows)
  return rows
}

/** The names that manuals in reStructuredText describe in directives. */
function manualsOf({ inventory }: Writing): Map<string, Row[]> {
  const found = new Map<string, Row[]>()
  let left = MAX_ALL_CHARS
  for (const file of inventory.files) {
    if (!file.path.endsWith('.rst') || OF_CHANGES.test(file.path) || !isDocument(file) || left <= 0) continue
    const text = (file.text ?? '').slice(0, MAX_CHARS)
    left -= text.length
    for (const [name, rows] of manualRows(text)) for (const row of rows) push(found, name, { ...row, path: file.path })
  }
  return found
}

/** The names that exactly one other document has as a heading. */
function headingsOf({ inventory }: Writing, readme: SourceFile | undefined): Map<string, Row> {
  const found = new Map<string, Row | null>()
  let left = MAX_ALL_CHARS
  for (const file of inventory.files) {
    if (file === readme || !/\.(?:md|markdown)$/i.test(file.path) || OF_CHANGES.test(file.path)) continue
    if (!isDocument(file) || left <= 0) continue
    left -= file.text?.length ?? 0
    const lines = (file.text ?? '').slice(0, MAX_CHARS).split('\n')
    const fences = new Fences()
    for (const [index, line] of lines.entries()) {
      const headed = !fences.isCode(line) && line.startsWith('#') ? headedBy(lines, index, file.path) : undefined
      if (headed !== undefined) found.set(headed.name, found.has(headed.name) ? null : headed.row)
    }
  }
  return new Map([...found].flatMap(([name, row]) => (row === null ? [] : [[name, row] as const])))
}

/** The name in a heading and the paragraph below it. */
function headedBy(lines: readonly string[], index: number, path: string): { name: string; row: Row } | undefined {
  const [, marked, called] = HEADING.exec(lines[index] ?? '') ?? []
  const [, before = '', name] = CALLED.exec(marked ?? called ?? '') ?? []
  const text = name === undefined ? '' : paragraphBelow(lines, index + 1)
  return name === undefined || text === '' ? undefined : { name, row: { owner: ownerOf(before), text, path } }
}

function readRows({ text, path }: SourceFile): Map<string, Row[]> {
  const rows = new Map<string, Row[]>()
  const lines = (text ?? '').slice(0, MAX_CHARS).split('\n')
  const fences = new Fences()
  for (const [index, line] of lines.entries()) {
    if (fences.isCode(line) || line.length > MAX_ROW) continue
    const headed = headedBy(lines, index, path)
    if (headed !== undefined) {
      push(rows, headed.name, headed.row)
      continue
    }
    const [, item, words] = BULLET.exec(line) ?? []
    const cells = item === undefined || words === undefined ? cellsOf(line) : [item, words]
    const names = cells.map((cell) => NAME.exec(cell))
    const last = names.findLastIndex((found) => found !== null)
    const said = last < 0 ? undefined : cells.slice(last + 1).find((cell) => /\S\s+\S/.test(cell))
    if (said === undefined) continue
    for (const [, owner = '', name = ''] of names.flatMap((found) => (found === null ? [] : [found])))
      push(rows, name, { owner: ownerOf(owner), text: said, path })
  }
  return rows
}

/** The owner before a name; only `.` for `.single()`, whose owner is unknown. */
const ownerOf = (before: string): string => (/^[.#]$/.test(before) ? before : before.replace(/[.#:]{1,2}$/, ''))

/** The paragraph directly below a heading, or ''. */
function paragraphBelow(lines: readonly string[], from: number): string {
  const below = lines.slice(from, from + MAX_BELOW)
  const start = below.findIndex((line) => line.trim() !== '')
  const rest = start < 0 ? [] : below.slice(start)
  const end = rest.findIndex((line) => line.trim() === '' || line.includes(' | ') || NO_WORDS.test(line))
  return (end < 0 ? rest : rest.slice(0, end)).join(' ').slice(0, MAX_ROW)
}

/** The cells of a table row; `\\|` is a bar in a cell. */
function cellsOf(line: string): string[] {
  if (!line.includes('|')) return []
  return line.split(/(?<!\\)\|/, MAX_CELLS).map((cell) => cell.replaceAll('\\|', '|').trim())
}

function countsOf(writing: Writing): ReadonlyMap<string, number> {
  const known = namesKnown.get(writing)
  if (known !== undefined) return known
  const counts = new Map<string, number>()
  for (const component of writing.repo.components.values()) {
    const key = keyOf(component)
    if (component.exported) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  namesKnown.set(writing, counts)
  return counts
}

const keyOf = ({ name, parent }: Component): string => (parent === null ? name : `.${name}`)
