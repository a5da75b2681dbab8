/** Finds descriptions of folders and files in documents: table rows, list items and sentences that begin with a path or the name of a file. */

import { capital } from '#base/capital.ts'
import { push } from '#base/multimap.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import type { Inline } from '#markdown/build.ts'
import { Fences } from '#markdown/fences.ts'
import { isDocument, isTranslated } from './documents.ts'

/** Matches documents that describe the code; others, such as a changelog, describe its history. */
const DOCUMENT =
  /^(?:readme|contributing|development|hacking|(?:[\w-]{0,40}[_-])?(?:architecture|code-?base|internals|layout|structure|overview)|rules)(?:\.(?:md|markdown|rst))?$/i
const MAX_DOCUMENTS = 60
const MAX_CHARS = 200_000
const MAX_ROW = 1_000
const MAX_CELLS = 6
/** Matches a sentence about a file, within or between paragraphs: ``` ``plan.py`` keeps the orbits. ``` */
const SENTENCE =
  /(?<=^|\n\n|\. |\.\n)(`{1,2})([\w./-]{1,100}\.\w{1,5})\1 (?!(?:are|is|was)\b)([a-z][^`\n.]{0,200}(?:(?:`|\n(?!\n))[^`\n.]{0,200}){0,12}\.)(?=\s|$)/g
/** Matches a sentence on a module or folder, or on a file by any name: ``The {mod}`orbit.plan` module contains the steps.`` */
const NAMED =
  /(?<=^|\n\n|\. |\.\n)The (?:\{mod\}|:mod:)?(`{1,2})([\w./-]{1,100})\1 (?:crate|directory|file|folder|header|module|package|script) (?:is (?=(?:an?|the) ))?((?:an?|contains|defines|handles|holds|implements|includes|provides|the)\b[^`\n.]{0,200}(?:(?:`|\n(?!\n))[^`\n.]{0,200}){0,12}\.)(?=\s|$)/g
/** Matches documents about the past or other versions. */
const OF_THE_PAST = /change|deprecat|history|migrat|news|release|upgrad/i
const MAX_READ = 300
/** Source folders, which are not part of Python module names. */
const SOURCES = ['', 'src/', 'lib/']
/** Matches an item that begins with a path or a link to one: `- [`src/`](src): text`. */
const ITEM = /^\s{0,8}[-*+]\s+([^\s:][^:]{0,160}?)\s*(?::|\s-{1,2}|–|—|&[mn]dash;)\s+(\S.*)$/
const LINK = /^\*{0,2}\[\*{0,2}`?([^\]`*]{1,100})`?\*{0,2}\]\(([^()\s]{1,200})\)\*{0,2}$/
const CODE = /^\*{0,2}`([^`]{1,100})`\*{0,2}$/
/** Matches a link, whose target is relative to its document or defined elsewhere in it. */
const LINKED = /!?\[([^\]\n]{0,200})\](?:\([^)\n]{0,400}\)|\[[^\]\n]{0,100}\])/g
/** Minimum number of rows, and their share of a list, that name files of the same folder without their extensions. */
const MIN_STEMS = 3
const MOST = 2 / 3

interface Row {
  /** What the first cell may refer to. */
  readonly names: readonly string[]
  readonly said: string
}

/** The paths of a repository by the ways in which documents refer to them. */
interface Paths {
  readonly known: ReadonlySet<string>
  /** Files by name. */
  readonly named: ReadonlyMap<string, readonly string[]>
  /** Files and folders by name without extension. */
  readonly stems: ReadonlyMap<string, readonly string[]>
}

const known = new WeakMap<Writing, ReadonlyMap<string, string>>()

/** `null` if no row describes the path. */
export function pathDescription(writing: Writing, path: string): Inline[] | null {
  if (path === '') return null
  const rows = known.get(writing) ?? readDocuments(writing)
  known.set(writing, rows)
  const text = rows.get(path)
  return text === undefined ? null : tellingSentence(text, stemOf(path))
}

const stemOf = (path: string): string => nameOf(path).replace(/\.\w+$/, '')

function readDocuments(writing: Writing): Map<string, string> {
  const found = new Map<string, string>()
  const paths = pathsOf(writing)
  const add = (document: string, lists: readonly Row[][]): void => {
    for (const list of lists)
      for (const [about, said] of described(paths, folderOf(document), list))
        if (!found.has(about)) found.set(about, said)
  }
  const documents = writing.inventory.files
    .filter((file) => isDocument(file) && !isTranslated(file.path) && !OF_THE_PAST.test(file.path))
    .sort((a, b) => a.path.split('/').length - b.path.split('/').length)
  for (const { path, text } of documents.filter((one) => DOCUMENT.test(nameOf(one.path))).slice(0, MAX_DOCUMENTS))
    add(path, [...listsIn((text ?? '').slice(0, MAX_CHARS)), sentencesIn((text ?? '').slice(0, MAX_CHARS), SENTENCE)])
  for (const { path, text } of documents.slice(0, MAX_READ))
    add(path, [sentencesIn((text ?? '').slice(0, MAX_CHARS), NAMED)])
  return found
}

function pathsOf({ repo }: Writing): Paths {
  const all = new Set<string>()
  const named = new Map<string, string[]>()
  const stems = new Map<string, string[]>()
  for (const { path, role } of repo.files.values()) {
    if (role !== 'docs') all.add(path)
    if (role === 'code') push(named, nameOf(path), path)
    if (role === 'code') push(stems, stemOf(path), path)
    for (let slash = path.indexOf('/'); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const folder = path.slice(0, slash)
      if (all.has(folder)) continue
      all.add(folder)
      push(stems, nameOf(folder), folder)
    }
  }
  return { known: all, named, stems }
}

/** The rows of each list and table, without code blocks. */
function listsIn(text: string): Row[][] {
  const lists: Row[][] = [[]]
  const fences = new Fences()
  for (const line of text.split(/\r?\n/)) {
    if (fences.isCode(line) || line.length > MAX_ROW) continue
    if (/^#{1,6} /.test(line)) lists.push([])
    const [, item, words] = ITEM.exec(line) ?? []
    const [first = '', ...others] = item === undefined || words === undefined ? cellsOf(line) : [item, words]
    const isLong = (cell: string): boolean => /\S\s+\S+\s+\S/.test(cell)
    const said = others.find(isLong) ?? (others.length === 1 ? others[0] : undefined)
    const names = namesIn(first)
    if (said !== undefined && names.length > 0)
      lists.at(-1)?.push({ names, said: said.replace(LINKED, '$1').replace(/[;,]$/, '') })
  }
  return lists
}

function sentencesIn(text: string, form: RegExp): Row[] {
  return [...text.matchAll(form)].flatMap(({ index, 2: name = '', 3: said = '' }): Row[] => {
    // In a section about a part of the code, only files of that part can be described.
    const head = headAbove(text, index)
    if (head.includes('`') && !head.includes(nameOf(name))) return []
    return [
      {
        names: [name.replace(/^\.?\/|\/$/g, ''), ...pathsOfModule(name)],
        said: capital(said.replace(LINKED, '$1')),
      },
    ]
  })
}

/** The line of the last heading before an offset. */
function headAbove(text: string, at: number): string {
  const start = text.lastIndexOf('\n#', at)
  return start < 0 ? '' : (text.slice(start + 1, at).split('\n', 1)[0] ?? '')
}

/** Possible paths of a Python module: `src/orbit/plan.py` for `orbit.plan`. */
function pathsOfModule(name: string): string[] {
  if (name.includes('/') || !name.includes('.')) return []
  const path = name.replaceAll('.', '/')
  return SOURCES.flatMap((folder) => [`${folder}${path}.py`, `${folder}${path}`])
}

/** The paths that the rows of a list describe, with the descriptions. */
function described(paths: Paths, folder: string, list: readonly Row[]): [path: string, said: string][] {
  const stems = stemsIn(paths, list)
  return list.flatMap(({ names, said }): [string, string][] => {
    const inside = folder === '' ? [] : names.map((name) => `${folder}/${name}`)
    const whole = [...inside, ...names].find((path) => paths.known.has(path))
    const files = names.flatMap((name) => (name.includes('.') ? (paths.named.get(name) ?? []) : []))
    const about = whole ?? (files.length === 1 ? files[0] : names.flatMap((name) => stems.get(name) ?? [])[0])
    return about === undefined ? [] : [[about, said]]
  })
}

/** The files of a folder that most rows of a list name without their extensions, by these names. */
function stemsIn({ stems }: Paths, list: readonly Row[]): ReadonlyMap<string, string> {
  const byFolder = new Map<string, Map<string, string>>()
  for (const name of new Set(list.flatMap(({ names }) => names)))
    for (const path of stems.get(name) ?? []) {
      const inside = byFolder.get(folderOf(path)) ?? new Map<string, string>()
      byFolder.set(folderOf(path), inside.set(name, path))
    }
  const [most = new Map<string, string>()] = [...byFolder.values()].sort((a, b) => b.size - a.size)
  return most.size >= Math.max(MIN_STEMS, MOST * list.length) ? most : new Map()
}

/** The paths that a cell may refer to: the target and the text of its link. */
function namesIn(cell: string): string[] {
  const [, label = '', target = ''] = LINK.exec(cell) ?? []
  const [, marked = ''] = CODE.exec(cell) ?? []
  return [target, label, marked].map((one) => one.replace(/^\.?\//, '').replace(/\/$/, '')).filter((one) => one !== '')
}

function cellsOf(line: string): string[] {
  if (!line.includes('|')) return []
  const cells = line.split('|', MAX_CELLS).map((cell) => cell.trim())
  const inner = cells[0] === '' ? cells.slice(1) : cells
  return inner.at(-1) === '' ? inner.slice(0, -1) : inner
}
