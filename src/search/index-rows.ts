/** Makes the rows of `search.json`: of pages and their sections, of symbols, and of documents that are not on pages. */

import { plainLine } from '#base/control-characters.ts'
import type { SearchableDocument, SearchablePage, SearchableSymbol } from './build-index.ts'
import type { Row, SearchIndex } from './index-format.ts'
import { symbolWeight, WEIGHTS } from './search-weights.ts'
import { partsOf } from './words.js'

/** Number of characters of text that a result shows. */
const MAX_EXCERPT = 140
/** Number of characters of a doc comment that are indexed. */
const MAX_DOC = 1_000
/** Limit on the joined pairs of words in a title. */
const MAX_JOINED = 8

/** A row, and the words that find it. */
interface IndexedRow {
  row: Row
  name: string
  text: string
}

/** Collects rows, and numbers their files and kinds in the order of their first use. */
export class IndexRows {
  readonly list: IndexedRow[] = []
  readonly files = numbered()
  readonly kinds = numbered()
  readonly lines: SearchIndex['lines'] = {}

  /** Adds a page and its sections, except those that are the entry of a symbol. */
  addPage(page: SearchablePage, number: number, entries: ReadonlySet<string>, common: ReadonlySet<string>): void {
    const texts = new Map(page.sections.map((section) => [section.id, section.text]))
    // A first heading of depth 1 repeats the title of the page.
    const hasTitleHeading = page.headings[0]?.depth === 1
    const intro = hasTitleHeading ? (texts.get(page.headings[0]?.id ?? '') ?? '') : ''
    const weightOf = (weight: number): number => (page.standing === 'own' ? weight : WEIGHTS[page.standing])
    const isGuide = page.isGuide === true
    const kind = this.kinds.of(isGuide ? 'guide' : 'page')
    const weight = weightOf(isGuide ? WEIGHTS.guide : WEIGHTS.page)
    this.#add([page.title, kind, number, '', -1, 0, weight, excerptOf(intro)], intro, withJoined(page.title))
    for (const { id, text: title } of page.headings.slice(hasTitleHeading ? 1 : 0)) {
      if (entries.has(entryKey(page.file, id, title))) continue
      const text = texts.get(id) ?? ''
      const kind = this.kinds.of(isGuide ? 'guide' : 'section')
      const row: Row = [title, kind, number, id, -1, 0, weightOf(WEIGHTS.section), excerptOf(text)]
      this.#add(row, text, common.has(title) ? '' : withJoined(title))
    }
  }

  /** @param page - The number of the page that the symbol is on. */
  addSymbol(symbol: SearchableSymbol, page: number): void {
    const { name, kind, mark, anchor, file, line, value, lineAt } = symbol
    const fileNumber = this.files.of(file)
    if (lineAt != null) this.lines[fileNumber] = lineAt
    const doc = (symbol.doc ?? '').slice(0, MAX_DOC).trim()
    const excerpt = excerptOf(oneLine(doc.split(/\n\s*\n/, 1)[0] ?? ''))
    const target = lineAt == null ? anchor : null
    this.#add(
      [
        name,
        this.kinds.of(mark == null ? kind : `${mark} ${kind}`),
        page,
        target,
        fileNumber,
        line,
        symbolWeight(symbol),
        excerpt,
      ],
      value == null ? doc : `${doc}\n${value}`,
    )
  }

  addDocument({ title, text, file, line, lineAt, standing }: SearchableDocument): void {
    const fileNumber = this.files.of(file)
    this.lines[fileNumber] = lineAt
    const weight = WEIGHTS[standing === 'own' ? 'document' : standing]
    const row: Row = [title, this.kinds.of('document'), 0, null, fileNumber, line, weight, excerptOf(text)]
    this.#add(row, `${text} ${stemOf(file)}`, withJoined(title))
  }

  #add([title, ...rest]: Row, text: string, name = plainLine(title)): void {
    this.list.push({ row: [plainLine(title), ...rest], text, name })
  }
}

/** Identifies the entry of a symbol by its page, anchor and name. */
export const entryKey = (page: string, anchor: string, name: string): string => `${page}#${anchor} ${name}`

/**
 * Adds each pair of adjacent words joined, so that `http2` finds `HTTP/2`. Names in code are split differently (`words.js`) and
 * need no joining.
 */
function withJoined(title: string): string {
  const plain = plainLine(title)
  const parts = partsOf(plain)
  const joined = parts.flatMap((part, at) => (at === 0 ? [] : [`${parts[at - 1]}${part}`]))
  return [plain, ...joined.slice(0, MAX_JOINED)].join(' ')
}

/** The file name without its folder and extension. */
const stemOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1).replace(/\.\w+$/, '')

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim()

/** The start of a text, up to a whole word, without Markdown markup and control characters. */
function excerptOf(text: string): string {
  const plain = plainLine(text.replace(/`|\*\*/g, ''))
  if (plain.length <= MAX_EXCERPT) return plain
  const cut = plain.slice(0, MAX_EXCERPT)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), MAX_EXCERPT / 2)).trimEnd()} …`.replace(
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
