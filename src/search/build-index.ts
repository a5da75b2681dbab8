/** Builds `search.json` from pages, their sections and all symbols. Deterministic: the same set results in the same bytes. */

import MiniSearch from 'minisearch'
import { escapeControls, plainLine } from '#base/control-characters.ts'
import type { Row, SearchIndex } from './index-format.ts'
import { type Standing, symbolWeight, WEIGHTS } from './search-weights.ts'
import { INDEX_OPTIONS, partsOf } from './words.js'

export interface SearchablePage {
  file: string
  title: string
  standing: Standing
  /** A document from the repository. */
  isGuide?: boolean
  headings: readonly { depth: number; id: string; text: string }[]
  /** The text below each heading. */
  sections: readonly { id: string; text: string }[]
}

export interface SearchableSymbol {
  /** Qualified, `Router.match`. */
  name: string
  kind: string
  file: string
  line: number
  page: string
  anchor: string
  /** URL of a line in its file, with `{line}` for the number, if the symbol has no entry on a page. */
  lineAt?: string | null
  /** Its doc comment. */
  doc: string | null
  /** Source text of its value, if its entry shows it. */
  value?: string | null
  isPublic: boolean
  standing: Standing
  /** Number of references to it. */
  uses: number
}

/** A section of a document from the repository. */
export interface SearchableDocument {
  title: string
  text: string
  file: string
  line: number
  /** As in `SearchableSymbol`. */
  lineAt: string
  standing: Standing
}

/** With more, private symbols are left out first, then the last ones. */
const MAX_ROWS = 50_000
const MAX_SHOWN = 140
/** Number of characters of a doc comment that are indexed. */
const MAX_DOC = 1_000

/** Maximum number of joined pairs of words in a title. */
const MAX_JOINED = 8

export function buildSearch(
  pages: readonly SearchablePage[],
  symbols: readonly SearchableSymbol[],
  documents: readonly SearchableDocument[] = [],
): string {
  const files = numbered()
  const kinds = numbered()
  const pageNumbers = new Map(pages.map((page, number) => [page.file, number]))
  const entries = new Set(symbols.map((symbol) => `${symbol.page}#${symbol.anchor} ${symbol.name}`))
  const rows: Row[] = []
  const lines: Record<string, string> = {}
  const texts: string[] = []
  const names: string[] = []
  const add = ([title, ...rest]: Row, text: string, name = plainLine(title)): void => {
    rows.push([plainLine(title), ...rest])
    texts.push(text)
    names.push(name)
  }
  const common = commonHeadings(pages)

  pages.forEach((page, number) => {
    const words = new Map(page.sections.map((section) => [section.id, section.text]))
    const isOfFile = page.headings[0]?.depth === 1
    const top = isOfFile ? (words.get(page.headings[0]?.id ?? '') ?? '') : ''
    const weigh = (weight: number): number => (page.standing === 'own' ? weight : WEIGHTS[page.standing])
    const [kind, pageWeight] = page.isGuide === true ? ['guide', WEIGHTS.guide] : ['page', WEIGHTS.page]
    const row: Row = [page.title, kinds.of(kind), number, '', -1, 0, weigh(pageWeight), shown(top)]
    add(row, top, withJoined(page.title))
    for (const heading of page.headings.slice(isOfFile ? 1 : 0)) {
      if (entries.has(`${page.file}#${heading.id} ${heading.text}`)) continue
      const text = words.get(heading.id) ?? ''
      add(
        [
          heading.text,
          kinds.of(kind === 'page' ? 'section' : kind),
          number,
          heading.id,
          -1,
          0,
          weigh(WEIGHTS.section),
          shown(text),
        ],
        text,
        common.has(heading.text) ? '' : withJoined(heading.text),
      )
    }
  })
  const room = Math.max(0, MAX_ROWS - rows.length)
  const kept =
    symbols.length <= room ? symbols : symbols.filter((symbol) => symbol.isPublic && symbol.standing !== 'test')
  for (const symbol of kept.slice(0, room)) {
    const page = pageNumbers.get(symbol.page)
    if (page === undefined) continue
    const { name, kind, anchor, file, line, doc, value, lineAt } = symbol
    const fileNumber = files.of(file)
    if (lineAt != null) lines[fileNumber] = lineAt
    const text = (doc ?? '').slice(0, MAX_DOC).trim()
    const first = oneLine(text.split(/\n\s*\n/, 1)[0] ?? '')
    add(
      [
        name,
        kinds.of(kind),
        page,
        lineAt == null ? anchor : null,
        fileNumber,
        line,
        symbolWeight(symbol),
        shown(first),
      ],
      value == null ? text : `${text}\n${value}`,
    )
  }

  for (const { title, text, file, line, lineAt, standing } of documents.slice(0, Math.max(0, MAX_ROWS - rows.length))) {
    const fileNumber = files.of(file)
    lines[fileNumber] = lineAt
    const weight = WEIGHTS[standing === 'own' ? 'document' : standing]
    const row: Row = [title, kinds.of('document'), 0, null, fileNumber, line, weight, shown(text)]
    add(row, `${text} ${stemOf(file)}`, withJoined(title))
  }

  const index = new MiniSearch(INDEX_OPTIONS)
  rows.forEach((_, id) => {
    index.add({ id, name: names[id], text: texts[id] })
  })
  const { documentIds: _, fieldLength, ...saved } = index.toJSON()
  const search: SearchIndex = {
    version: 1,
    pages: pages.map((page) => [page.file, plainLine(page.title)]),
    files: files.list,
    lines,
    kinds: kinds.list,
    rows,
    // An array is shorter than an object with numeric keys.
    index: { ...saved, fieldLength: Object.values(fieldLength) },
  }
  return `${escapeControls(JSON.stringify(search))}\n`
}

/** Adds each pair of adjacent words joined, so that `http2` finds `HTTP/2`. Names in code need no such help. */
function withJoined(title: string): string {
  const plain = plainLine(title)
  const parts = partsOf(plain)
  const joined = parts.flatMap((part, at) => (at === 0 ? [] : [`${parts[at - 1]}${part}`]))
  return [plain, ...joined.slice(0, MAX_JOINED)].join(' ')
}

/** The file name without its folder and extension. */
const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')

/** Headings of several pages, such as *Files*: only the text below them is indexed. */
function commonHeadings(pages: readonly SearchablePage[]): Set<string> {
  const single = new Set<string>()
  const common = new Set<string>()
  for (const { headings } of pages) {
    for (const text of new Set(headings.map((heading) => heading.text))) (single.has(text) ? common : single).add(text)
  }
  return common
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The start of a text, up to a whole word, without Markdown markup and control characters. */
function shown(text: string): string {
  const plain = plainLine(text.replace(/`|\*\*/g, ''))
  if (plain.length <= MAX_SHOWN) return plain
  const cut = plain.slice(0, MAX_SHOWN)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_SHOWN / 2)).trimEnd()} …`.replace(
    /[\ud800-\udbff](?![\udc00-\udfff])/g,
    '',
  )
}

/** Numbers values in the order of their first use. */
function numbered(): { list: string[]; of(value: string): number } {
  const list: string[] = []
  const numbers = new Map<string, number>()
  return {
    list,
    of(value) {
      const known = numbers.get(value)
      if (known !== undefined) return known
      numbers.set(value, list.length)
      return list.push(value) - 1
    },
  }
}
