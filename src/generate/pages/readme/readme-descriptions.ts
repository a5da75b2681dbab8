/**
 * Finds the description of a definition in the README: in a table row or list item that begins with its name, or below a
 * heading with its name.
 */

import { push } from '#base/multimap.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'

const MAX_CHARS = 200_000
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
}

const rowsKnown = new WeakMap<Writing, ReadonlyMap<string, readonly Row[]>>()
const namesKnown = new WeakMap<Writing, ReadonlyMap<string, number>>()

/** `null` if there is no description, or if it is ambiguous between definitions of the same name. */
export function readmeDescription(writing: Writing, component: Component): Inline[] | null {
  const { name, parent, exported, file } = component
  if (!exported) return null
  const rows = rowsOf(writing).get(name) ?? []
  const isOnly = countsOf(writing).get(keyOf(component)) === 1
  const holder = parent === null ? undefined : writing.repo.components.get(parent)?.name
  const home = holder ?? (nameOf(folderOf(file)) || writing.subject.name)
  // A name without an owner is a top-level one.
  const fitting = rows.filter(({ owner }) => (owner === '') === (parent === null) || owner !== '')
  const row = fitting.find(({ owner }) => (owner === '' ? isOnly : owner === home || isOnly))
  return row === undefined ? null : tellingSentence(row.text, name)
}

/** The README of the whole repository. */
export function readmeOf({ repo }: Writing): SourceFile | undefined {
  return (repo.folders.get('') ?? []).find(({ path }) => /^readme(?:\.(?:md|markdown))?$/i.test(path))
}

function rowsOf(writing: Writing): ReadonlyMap<string, readonly Row[]> {
  const known = rowsKnown.get(writing)
  if (known !== undefined) return known
  const rows = readRows(readmeOf(writing)?.text?.slice(0, MAX_CHARS) ?? '')
  rowsKnown.set(writing, rows)
  return rows
}

function readRows(text: string): Map<string, Row[]> {
  const rows = new Map<string, Row[]>()
  const lines = text.split('\n')
  for (const [index, line] of lines.entries()) {
    if (line.length > MAX_ROW) continue
    const [, marked, called] = HEADING.exec(line) ?? []
    const [, before = '', headed] = CALLED.exec(marked ?? called ?? '') ?? []
    if (headed !== undefined) {
      const text = paragraphBelow(lines, index + 1)
      if (text !== '') push(rows, headed, { owner: ownerOf(before), text })
      continue
    }
    const [, item, words] = BULLET.exec(line) ?? []
    const cells = item === undefined || words === undefined ? cellsOf(line) : [item, words]
    const names = cells.map((cell) => NAME.exec(cell))
    const last = names.findLastIndex((found) => found !== null)
    const said = last < 0 ? undefined : cells.slice(last + 1).find((cell) => /\S\s+\S/.test(cell))
    if (said === undefined) continue
    for (const [, owner = '', name = ''] of names.flatMap((found) => (found === null ? [] : [found])))
      push(rows, name, { owner: ownerOf(owner), text: said })
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

function cellsOf(line: string): string[] {
  return line.includes('|') ? line.split('|', MAX_CELLS).map((cell) => cell.trim()) : []
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
