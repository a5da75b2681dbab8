/**
 * Finds the description of a definition in the README: in a table row or list item that begins with its name, or below a
 * heading with its name. In other documents, only below such a heading, or in a Sphinx directive.
 */

import { hasText } from '#base/find-text.ts'
import { memoized, memoizedByText } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component, SourceFile } from '#generate/model.ts'
import { isExported, publicNames } from '#generate/pages/public-api/public-names.ts'
import { tellingSentence } from '#generate/pages/telling.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { folderOf, nameOf, README } from '#generate/paths.ts'
import { type Inline, paragraph, plainText } from '#markdown/build.ts'
import { Fences } from '#markdown/fences.ts'
import { isDocument } from './documents.ts'
import { manualRows, selfContained } from './manual-rows.ts'
import { sentencesOnNames } from './sentences-on-names.ts'

/** The least share of the code files in the folder of the definition that has the project's name. */
const LEAST_SHARE = 0.2
/** Limits on the characters of one document, and of all documents together. */
const MAX_CHARS = 500_000
const MAX_ALL_CHARS = 4_000_000
const MAX_ROW = 1_000
const MAX_CELLS = 12
/** Matches a marked name: `name`, **name**, `owner.name(arguments)`. */
const NAME = /^(?:\*\*`?|`)((?:[\w$]+(?:\.|::|#))?)([A-Za-z_$][\w$]*)(?:\([^`|]*\))?(?:`?\*\*|`)$/
/** Matches a heading with only a name or a call: `### `.single(field)``, `## plan(from, to)`. */
const HEADING = /^#{2,6}\s+(?:`([^`]{1,200})`|([\w$.:#]{1,100}(?:<[^<>]{1,60}>)?\(.{0,100}\)))\s*#*$/
/** The anchor before a title: `<a name="plan"></a>.plan(from)`. */
const ANCHOR = /^<a (?:name|id)="[\w.-]{1,100}"><\/a>/
const UNDERLINE = /^(?:-{3,}|={3,})\s*$/
const CALLED = /^((?:[\w$]+(?:\.|::|#)|[.#])?)([A-Za-z_$][\w$]*)(?:<[^<>]{1,60}>)?(?:\(.*\))?$/
/** Matches labels at the start of an entry, which are not descriptions: `Returns: a plan`, or a label with one value: `**Code: `ORBIT`**`. */
const LABELLED =
  /^(?:\*\*)?(?:(?:code|default|returns?|since|type):|[A-Z][\w-]{0,30}(?: [\w-]{1,30}){0,3}: {0,2}(?:`[^`]{1,200}`|\S{1,200})(?:\*\*)?\.?$)/i
/** Limit on the lines between a heading and its paragraph. */
const MAX_BELOW = 12
/** Matches lines that are not paragraphs: code, lists, tables, quotes, HTML, headings. */
const NO_WORDS = /^\s*(?:[`~]{3}|[*+](?:\s|$)|[->|#<]|\d+[.)]\s|!\[|\[!)/
const BULLET = /^\s*[-*+]\s+((?:\*\*)?`[^`]{1,100}`(?:\*\*)?)\s*(?::|-+|–|—)\s+(\S.*)$/

interface Row {
  /** The part before the name: `afero` of `afero.NewOsFs()`. */
  readonly owner: string
  /** The module that the document is on; not given if it does not say. */
  readonly module?: string
  readonly text: string
  /** Whether it is everything below the name, not only a sentence. */
  readonly isParagraph?: boolean
  /** The whole description in a Sphinx directive, and whether that is for functions. */
  readonly body?: string
  readonly isCall?: boolean
  /** The document. */
  readonly path: string
}

/** Matches documents about changes, whose headings name what has changed. */
const OF_CHANGES = /(?:^|\/)[^/]{0,60}(?:change|history|migrat|news|proposal|release|rfc|upgrad)/i

/** `null` if there is no description, or if it is ambiguous between definitions of the same name. */
export function readmeDescription(writing: Writing, component: Component): Inline[] | null {
  return describedIn(writing, component)?.words ?? null
}

/**
 * The first sentence of the description, if it says more than the name; its paragraph as Markdown, if it is all about the name; and
 * the path of its document.
 */
export function describedIn(
  writing: Writing,
  component: Component,
): { words: Inline[] | null; paragraph: string | undefined; path: string } | undefined {
  const { name, kind, parent, exported, file } = component
  if (!exported) return undefined
  const rows = rowsOf(writing).get(name) ?? []
  if (rows.length === 0 || isNamedAlike(writing, component)) return undefined
  const holder = parent === null ? undefined : writing.repo.components.get(parent)?.name
  const home = holder ?? (nameOf(folderOf(file)) || writing.subject.name)
  const namesakes = namesakesOf(writing, keyOf(component))
  const isOfNamesake = (folder: string): boolean => (namesakes.byFolder.get(folder) ?? component.id) !== component.id
  const named = rows.filter(({ owner, module = '' }) => {
    if (!isIn(file, module) || (parent === null && isMember(writing, owner, name))) return false
    if (owner !== '' && owner === home) return true
    // Documents describe names that users can use.
    if (!isExported(writing, { id: parent ?? component.id })) return false
    // A name without an owner is a top-level definition; one with another type or package does not count.
    const isOfOwner = owner === '' ? parent === null : !isHolder(writing, owner) && !isOfNamesake(owner)
    return isOfOwner && meantIn(writing, namesakes, module) === component.id
  })
  // A function and a type may have the same name.
  const fitting = named.filter(({ isCall }) => isCall === undefined || isCall !== TYPES.has(kind))
  const [row, ...others] = fitting.length > 0 ? fitting : named
  // With different directives, it is unknown which one describes it.
  if (row === undefined || (row.body !== undefined && others.some(({ body }) => body !== row.body))) return undefined
  const sentence = isOfAnother(row.text, name) ? null : tellingSentence(row.text, name)
  // A sentence does not end in the middle of code: ``MATCH ... AGAINST``.
  const words = sentence === null || plainText(paragraph(...sentence)).includes('`') ? null : sentence
  if (words === null && row.body === undefined) return undefined
  return { words, paragraph: row.body ?? (row.isParagraph === true ? row.text : undefined), path: row.path }
}

/** Whether a definition is not the project that has the same name: its folder holds little of the code. */
function isNamedAlike({ subject, repo }: Writing, { name, file }: Component): boolean {
  if (name.toLowerCase() !== subject.name.toLowerCase()) return false
  const folder = folderOf(file)
  const code = [...repo.files.values()].filter((one) => one.role === 'code')
  const own = code.filter(({ path }) => folder === '' || path.startsWith(`${folder}/`))
  return own.length < code.length * LEAST_SHARE
}

/** Whether a file is a module or in it: `orbit/plans/add.py` in `orbit.plans`. */
const isIn = (file: string, module: string): boolean =>
  module === '' || hasText(`/${file.replace(/\.\w{1,5}$/, '')}/`, `/${module.replaceAll('.', '/')}/`)

/** Whether a name is that of a type, or of a function whose result has methods. */
const isHolder = (writing: Writing, name: string): boolean =>
  ['', '.'].some((before) =>
    (namesOf(writing).get(before + name) ?? []).some(({ kind }) => TYPES.has(kind) || kind === 'function'),
  )

/** Whether a name is a member of a type that is written like its owner: `planner.fly()` of `Planner`. */
const isMember = (writing: Writing, owner: string, name: string): boolean =>
  (namesOf(writing).get(`.${name}`) ?? []).some(
    ({ parent }) => writing.repo.components.get(parent ?? '')?.name.toLowerCase() === owner.toLowerCase(),
  )

/** The exported definitions of one name. */
interface Namesakes {
  readonly all: readonly Component[]
  /** The id of the only one in each folder, by the folder's name; '' if there is more than one. */
  readonly byFolder: ReadonlyMap<string, string>
  /** Results of `meantIn`, by module. */
  readonly meant: Map<string, string | undefined>
}

const namesakesOf = memoizedByText((writing: Writing, key): Namesakes => {
  const all = namesOf(writing).get(key) ?? []
  const byFolder = new Map<string, string>()
  for (const { id, file } of all) {
    const folder = nameOf(folderOf(file))
    byFolder.set(folder, byFolder.has(folder) ? '' : id)
  }
  return { all, byFolder, meant: new Map() }
})

/** The id of the only definition of the name in a module, or of the only one that users import from the top of a package. */
function meantIn(writing: Writing, { all, meant }: Namesakes, module: string): string | undefined {
  if (!meant.has(module)) {
    const same = all.filter(({ file }) => isIn(file, module))
    const [first] = same
    meant.set(module, same.length < 2 ? first?.id : first?.parent === null ? importedOf(writing, same) : undefined)
  }
  return meant.get(module)
}

/** The id of the only definition among some that users import, preferably from the top of a package. */
function importedOf(writing: Writing, same: readonly Component[]): string | undefined {
  const ids = new Set(same.map(({ id }) => id))
  const named = [...publicNames(writing).values()].flat().filter((one) => ids.has(one.component?.id ?? ''))
  const main = named.filter(({ isInner }) => isInner !== true)
  const offered = new Set((main.length > 0 ? main : named).flatMap(({ component }) => component?.id ?? []))
  return offered.size === 1 ? [...offered][0] : undefined
}

/** Whether a text names something else before it: ``The `command` function takes values of the `Plan` protocol.`` */
function isOfAnother(text: string, name: string): boolean {
  const own = text.indexOf(name)
  const [span = '', first = ''] = /`([^`\n]{1,100})`/.exec(text) ?? []
  const isOfOption = OF_OPTION.exec(text)?.[1] === name
  return isOfOption || (span !== '' && !first.includes(name) && own > text.indexOf(span))
}

/** Matches a sentence about an option whose heading has the name of a function: ``The `transport` option is …``. */
const OF_OPTION =
  /^(?:An? |The )?`([\w.$]{1,100})` (?:argument|attribute|flag|key|option|parameter|property|setting)\b/i

/** The README of the whole repository. */
const readmeOf = ({ inventory }: Writing): SourceFile | undefined =>
  inventory.files.find(({ path }) => README.test(path) && /\.(?:md|markdown)$/i.test(path))

const rowsOf = memoized((writing: Writing): ReadonlyMap<string, readonly Row[]> => {
  const readme = readmeOf(writing)
  const rows = readme === undefined ? new Map<string, Row[]>() : readRows(readme)
  for (const [name, found] of headingsOf(writing, readme)) if (!rows.has(name)) rows.set(name, [found])
  for (const [name, found] of manualsOf(writing)) if (!rows.has(name)) rows.set(name, found)
  for (const [name, found] of sentencesOnNames(writing))
    if (!rows.has(name) && !isHolder(writing, found.owner)) rows.set(name, [found])
  return rows
})

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
    const lines = (file.text ?? '').slice(0, MAX_CHARS).split(/\r?\n/)
    const fences = new Fences()
    for (const [index, line] of lines.entries()) {
      const headed = fences.isCode(line) ? undefined : headedBy(lines, index, file.path)
      if (headed === undefined) continue
      const { name, row } = headed
      const known = found.get(name)
      // `suite(name)` below `orbit.suite(name)` is a method of its result.
      const isKept = known != null && known.path === row.path && known.owner !== '' && row.owner === ''
      if (!isKept) found.set(name, found.has(name) ? null : row)
    }
  }
  return new Map([...found].flatMap(([name, row]) => (row === null ? [] : [[name, row] as const])))
}

/** The name in a heading and the paragraph below it. */
function headedBy(lines: readonly string[], index: number, path: string): { name: string; row: Row } | undefined {
  const [line = '', next = ''] = lines.slice(index, index + 2)
  const isUnderlined = UNDERLINE.test(next)
  if (line.length > MAX_ROW || !(line.startsWith('#') || isUnderlined)) return undefined
  const [, marked, called] = HEADING.exec(isUnderlined ? `## ${line.replace(ANCHOR, '')}` : line) ?? []
  const [, before = '', name] = CALLED.exec(marked ?? called ?? '') ?? []
  const text = name === undefined ? '' : paragraphBelow(lines, index + (isUnderlined ? 2 : 1))
  return name === undefined || text === ''
    ? undefined
    : { name, row: { owner: ownerOf(before), text, isParagraph: true, path } }
}

function readRows({ text, path }: SourceFile): Map<string, Row[]> {
  const rows = new Map<string, Row[]>()
  const lines = (text ?? '').slice(0, MAX_CHARS).split(/\r?\n/)
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
  const start = below.findIndex((line) => line.trim() !== '' && !LABELLED.test(line))
  const rest = start < 0 ? [] : below.slice(start)
  const end = rest.findIndex((line) => line.trim() === '' || line.includes(' | ') || NO_WORDS.test(line))
  const text = (end < 0 ? rest : rest.slice(0, end)).join(' ').slice(0, MAX_ROW)
  // All in italics.
  return selfContained(text.replace(/^([*_])([^*_]{1,1000})\1$/, '$2'))
}

/** The cells of a table row; `\\|` is a bar in a cell. */
function cellsOf(line: string): string[] {
  if (!line.includes('|')) return []
  return line.split(/(?<!\\)\|/, MAX_CELLS).map((cell) => cell.replaceAll('\\|', '|').trim())
}

/** Exported definitions by key. A stub (`.pyi`) is not a separate definition. */
const namesOf = memoized((writing: Writing): ReadonlyMap<string, readonly Component[]> => {
  const names = new Map<string, Component[]>()
  const exported = [...writing.repo.components.values()].filter((one) => one.exported)
  for (const one of exported) if (!one.file.endsWith('.pyi')) push(names, keyOf(one), one)
  const ofCode = new Set(names.keys())
  for (const one of exported) if (one.file.endsWith('.pyi') && !ofCode.has(keyOf(one))) push(names, keyOf(one), one)
  return names
})

const keyOf = ({ name, parent }: Component): string => (parent === null ? name : `.${name}`)
