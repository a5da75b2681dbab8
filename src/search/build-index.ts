/** Builds `search.json` from pages, their sections and all symbols. Deterministic: the same set results in the same bytes. */

import MiniSearch from 'minisearch'
import { escapeControls, plainLine } from '#base/control-characters.ts'
import type { SearchIndex } from './index-format.ts'
import { entryKey, IndexRows } from './index-rows.ts'
import { type Standing, symbolWeight } from './search-weights.ts'
import { INDEX_OPTIONS } from './words.js'

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
  /** Why users should not use it; written before its kind: `deprecated class`. */
  mark?: 'deprecated' | 'internal' | null | undefined
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

/** Limit on the rows of an index. */
const MAX_ROWS = 50_000

/**
 * @param documents - Sections that are not on pages.
 * @param maxRows - If there are more, symbols are left out (those of tests first, then private ones), and then documents.
 * @returns The text of `search.json`.
 */
export function buildSearch(
  pages: readonly SearchablePage[],
  symbols: readonly SearchableSymbol[],
  documents: readonly SearchableDocument[] = [],
  maxRows = MAX_ROWS,
): string {
  const rows = new IndexRows()
  const entries = new Set(symbols.map(({ page, anchor, name }) => entryKey(page, anchor, name)))
  const common = commonHeadings(pages)
  for (const [number, page] of pages.entries()) rows.addPage(page, number, entries, common)

  const numbers = new Map(pages.map((page, number) => [page.file, number]))
  const onPages = symbols.filter(({ page }) => numbers.has(page))
  for (const symbol of mostImportant(onPages, maxRows - rows.list.length)) {
    rows.addSymbol(symbol, numbers.get(symbol.page) ?? 0)
  }

  for (const document of documents.slice(0, Math.max(0, maxRows - rows.list.length))) rows.addDocument(document)

  const { documentIds: _, fieldLength, ...index } = indexOf(rows).toJSON()
  const search: SearchIndex = {
    version: 1,
    pages: pages.map((page) => [page.file, plainLine(page.title)]),
    files: rows.files.list,
    lines: rows.lines,
    kinds: rows.kinds.list,
    rows: rows.list.map(({ row }) => row),
    // An array is shorter than an object with numeric keys.
    index: { ...index, fieldLength: Object.values(fieldLength) },
  }
  return `${escapeControls(JSON.stringify(search))}\n`
}

/** The symbols that there is room for, in the given order: public ones first, those of tests last, and of equals the heaviest. */
function mostImportant(symbols: readonly SearchableSymbol[], room: number): readonly SearchableSymbol[] {
  if (symbols.length <= room) return symbols
  const rank = ({ isPublic, standing }: SearchableSymbol): number => (standing === 'test' ? 2 : isPublic ? 0 : 1)
  const ranked = symbols.toSorted((a, b) => rank(a) - rank(b) || symbolWeight(b) - symbolWeight(a))
  const kept = new Set(ranked.slice(0, Math.max(0, room)))
  return symbols.filter((symbol) => kept.has(symbol))
}

function indexOf({ list }: IndexRows): MiniSearch {
  const index = new MiniSearch(INDEX_OPTIONS)
  for (const [id, { name, text }] of list.entries()) index.add({ id, name, text })
  return index
}

/** Headings of several pages, such as *Files*: only the text below them is indexed. */
function commonHeadings(pages: readonly SearchablePage[]): Set<string> {
  const single = new Set<string>()
  const common = new Set<string>()
  for (const { headings } of pages) {
    for (const text of new Set(headings.map((heading) => heading.text))) (single.has(text) ? common : single).add(text)
  }
  return common
}
