/** Finds descriptions of folders and files in top-level documents: table rows and list items that begin with the path. */

import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'

const DOCUMENT = /^(?:readme|contributing|architecture|development|hacking)(?:\.(?:md|markdown))?$/i
const MAX_CHARS = 200_000
const MAX_ROW = 1_000
const MAX_CELLS = 6
/** Matches an item that begins with a path or a link to one: `- [`src/`](src): text`. */
const ITEM = /^\s{0,8}[-*+]\s+([^\s:][^:]{0,160}?)\s*(?::|\s-{1,2}|–|—)\s+(\S.*)$/
const LINK = /^\*{0,2}\[\*{0,2}`?([^\]`*]{1,100})`?\*{0,2}\]\(([^()\s]{1,200})\)\*{0,2}$/
const CODE = /^\*{0,2}`([^`]{1,100})`\*{0,2}$/

const known = new WeakMap<Writing, ReadonlyMap<string, string>>()

/** `null` if no row describes the path. */
export function pathDescription(writing: Writing, path: string): Inline[] | null {
  if (path === '') return null
  const rows = known.get(writing) ?? readRows(writing)
  known.set(writing, rows)
  const text = rows.get(path)
  return text === undefined ? null : tellingSentence(text, nameOf(path).replace(/\.\w+$/, ''))
}

function readRows({ repo }: Writing): Map<string, string> {
  const rows = new Map<string, string>()
  const folders = new Set<string>()
  for (const path of repo.files.keys())
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1))
      folders.add(path.slice(0, slash))
  const isPath = (path: string): boolean => repo.files.has(path) || folders.has(path)
  for (const { path, text } of repo.folders.get('') ?? []) {
    if (!DOCUMENT.test(path)) continue
    for (const line of (text ?? '').slice(0, MAX_CHARS).split('\n')) {
      if (line.length > MAX_ROW) continue
      const [, item, words] = ITEM.exec(line) ?? []
      const cells = item === undefined || words === undefined ? cellsOf(line) : [item, words]
      const [first = '', ...others] = cells
      const said = others.find((cell) => /\S\s+\S+\s+\S/.test(cell))
      const found = pathsIn(first).find(isPath)
      if (found !== undefined && said !== undefined && !rows.has(found)) rows.set(found, said)
    }
  }
  return rows
}

/** The paths that a cell may refer to: the target and the text of its link. */
function pathsIn(cell: string): string[] {
  const [, label = '', target = ''] = LINK.exec(cell) ?? []
  const [, marked = ''] = CODE.exec(cell) ?? []
  return [target, label, marked].map((one) => one.replace(/^\.?\//, '').replace(/\/$/, '')).filter((one) => one !== '')
}

function cellsOf(line: string): string[] {
  if (!line.includes('|')) return []
  const cells = line.split('|', MAX_CELLS).map((cell) => cell.trim())
  return cells[0] === '' ? cells.slice(1) : cells
}
