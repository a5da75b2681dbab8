/** Parses reStructuredText block by block. Bodies are parsed recursively, at most `MAX_DEPTH` deep. */

import type { Heading, List, PhrasingContent, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { indentOf } from '#generate/formats/indentation.ts'
import type { Includes } from '#generate/guides/includes.ts'
import { LineCursor } from '#generate/guides/line-cursor.ts'
import type { ListedDocument } from '#generate/guides/nodes.ts'
import { paragraph } from '#markdown/build.ts'
import { phrasingOf } from './cells.ts'
import { directive } from './directives.ts'
import { type RstContext, rstInline } from './inline.ts'
import { adornmentOf, dedent, EXPLICIT, indentedUntil, isBlank } from './lines.ts'
import { definitionList, listAt } from './lists.ts'
import { gridRows, type Rows, simpleRows, tableOf } from './tables.ts'
import { titleAt } from './titles.ts'

/** State shared by a whole document. */
export interface RstDocument extends RstContext {
  path: string
  /** Adornment styles of titles, highest level first. */
  styles: string[]
  lists: ListedDocument[]
  /** Labels waiting for the next heading. */
  pending: string[]
  includes: Includes
  /** Paths of the files that are being included. */
  including: Set<string>
  /** The language of literal blocks from here on, set by a `highlight` directive. */
  language?: string | null
}

const MAX_DEPTH = 10

export class Blocks {
  readonly #document: RstDocument
  readonly #depth: number
  #cursor = new LineCursor([])

  constructor(document: RstDocument, depth = 0) {
    this.#document = document
    this.#depth = depth
  }

  /** Blocks of an indented body. */
  inside(lines: readonly string[]): RootContent[] {
    const body = dedent(lines)
    if (body.length === 0) return []
    if (this.#depth >= MAX_DEPTH) return [paragraph(body.join(' '))]
    return new Blocks(this.#document, this.#depth + 1).read(body)
  }

  /** Blocks of an included text, with its headings. */
  taken(text: string): RootContent[] {
    if (this.#depth >= MAX_DEPTH) return []
    const blocks = new Blocks(this.#document, this.#depth)
    return blocks.read(text.split('\n'))
  }

  get document(): RstDocument {
    return this.#document
  }

  /** Whether the current line is outside of bodies and above the first heading below the title. */
  get isAtHead(): boolean {
    return this.#depth === 0 && this.#document.styles.length <= 1
  }

  inline(text: string): PhrasingContent[] {
    return rstInline(text, this.#document)
  }

  read(lines: readonly string[]): RootContent[] {
    this.#cursor = new LineCursor(lines)
    const blocks: RootContent[] = []
    while (!this.#cursor.isAtEnd) {
      const { line } = this.#cursor
      if (isBlank(line)) this.#cursor.at += 1
      else for (const block of this.#block(line)) pushBlock(blocks, block)
    }
    return blocks
  }

  #block(line: string): RootContent[] {
    const { lines, at } = this.#cursor
    if (indentOf(line) > 0) return this.#quote()
    const title = this.#title()
    if (title !== undefined) return [title]
    if (EXPLICIT.test(line) || line.startsWith('__ ')) return this.#explicit(line)
    if (/^\+-[-+]*\+\s*$/.test(line)) {
      const grid = this.#cursor.takeWhile((next) => /^[+|]/.test(next))
      return this.table(gridRows(grid), grid)
    }
    if (/^={2,}(?: +={2,})+\s*$/.test(line)) return this.#simpleTable()
    if (adornmentOf(line) !== undefined && line.trim().length >= 4 && isBlank(lines[at + 1])) {
      this.#cursor.at += 1
      return [{ type: 'thematicBreak' }]
    }
    const list = listAt(this, this.#cursor)
    if (list !== undefined) return list
    if (line.startsWith('>>>'))
      return [{ type: 'code', lang: 'python', value: this.#cursor.takeWhile((next) => !isBlank(next)).join('\n') }]
    if (/^\|(?: |$)/.test(line)) return [this.#lineBlock()]
    const definitions = definitionList(this, this.#cursor)
    return definitions === undefined ? this.#paragraph() : [definitions]
  }

  #title(): Heading | undefined {
    const title = titleAt(this.#cursor.lines, this.#cursor.at)
    if (title === undefined) return undefined
    const { styles, pending } = this.#document
    if (!styles.includes(title.style)) styles.push(title.style)
    this.#cursor.at += title.lines
    const anchors = pending.splice(0)
    const depth = Math.min(6, styles.indexOf(title.style) + 1) as Heading['depth']
    return { type: 'heading', depth, children: this.inline(title.words), data: { anchors } }
  }

  #paragraph(): RootContent[] {
    const lines = this.#cursor.takeWhile((line) => !isBlank(line) && !(indentOf(line) === 0 && EXPLICIT.test(line)))
    const text = lines.map((line) => line.trim()).join('\n')
    if (!text.endsWith('::')) return [paragraph(...this.inline(text))]
    const words = text.endsWith(' ::') || text === '::' ? text.slice(0, -2).trimEnd() : text.slice(0, -1)
    const shown = words === '' ? [] : [paragraph(...this.inline(words))]
    return [...shown, ...this.#literal()]
  }

  /** A literal block after `::`: indented lines, or lines quoted by one character. */
  #literal(): RootContent[] {
    this.#cursor.takeWhile(isBlank)
    const first = this.#cursor.line
    if (indentOf(first) > 0) {
      const end = indentedUntil(this.#cursor.lines, this.#cursor.at)
      const value = dedent(this.#cursor.lines.slice(this.#cursor.at, end)).join('\n')
      this.#cursor.at = end
      const guess = literalLanguage(value)
      return [{ type: 'code', lang: guess === 'console' ? guess : (this.#document.language ?? guess), value }]
    }
    const quote = first[0] ?? ''
    if (!/[!-/:-@[-`{-~]/.test(quote)) return []
    return [{ type: 'code', value: this.#cursor.takeWhile((line) => line.startsWith(quote)).join('\n') }]
  }

  #quote(): RootContent[] {
    const end = indentedUntil(this.#cursor.lines, this.#cursor.at)
    const children = this.inside(this.#cursor.lines.slice(this.#cursor.at, end))
    this.#cursor.at = Math.max(end, this.#cursor.at + 1)
    return children.length === 0 ? [] : [{ type: 'blockquote', children: children as never }]
  }

  #lineBlock(): RootContent {
    const lines = this.#cursor.takeWhile((line) => /^\|(?: |$)/.test(line) || (!isBlank(line) && indentOf(line) > 0))
    const children = lines.flatMap((line, index): PhrasingContent[] => [
      ...(index === 0 ? [] : [{ type: 'break' as const }]),
      ...this.inline(line.replace(/^\|\s*/, '').trim()),
    ])
    return { type: 'paragraph', children }
  }

  /** The table, or its text if it has no rows. */
  table(found: Rows | undefined, source: readonly string[], stubs = 0): RootContent[] {
    const made = found && tableOf(found, (cell) => this.#cell(cell.trim()), stubs)
    if (made !== undefined) return [made]
    return source.every(isBlank) ? [] : [{ type: 'code', value: source.join('\n') }]
  }

  /** A cell of one line is inline text, even if it looks like a list item; any other may contain blocks. */
  #cell(text: string): PhrasingContent[] {
    const isLine = !text.includes('\n') && !EXPLICIT.test(text)
    return isLine ? this.inline(text) : phrasingOf(this.inside(text.split('\n')))
  }

  /** The table ends with a rule before a blank line. */
  #simpleTable(): RootContent[] {
    const from = this.#cursor.at
    let end = from + 1
    let rules = 1
    for (; end < this.#cursor.lines.length; end++) {
      if (!/^=[= ]*$/.test(this.#cursor.lines[end] ?? '')) continue
      rules += 1
      if (isBlank(this.#cursor.lines[end + 1]) || rules === 3) break
    }
    const lines = this.#cursor.lines.slice(from, end + 1)
    this.#cursor.at = Math.min(end + 1, this.#cursor.lines.length)
    return this.table(simpleRows(lines), lines)
  }

  /** Directives, targets, substitutions, footnotes and comments. */
  #explicit(line: string): RootContent[] {
    const at = this.#cursor.at
    const end = indentedUntil(this.#cursor.lines, at + 1)
    const body = this.#cursor.lines.slice(at + 1, end)
    this.#cursor.at = Math.max(end, at + 1)
    const rest = line.startsWith('__ ') ? line : line.replace(EXPLICIT, '')
    const [, label, url] = /^_(`[^`]{1,200}`|(?:[^:\\]|\\.|:(?=\S)){1,200}):(?:\s+(\S.*))?$/.exec(rest) ?? []
    if (label !== undefined) {
      if (url === undefined) this.#document.pending.push(label.replace(/[`\\]/g, ''))
      return []
    }
    const [, note, words = ''] = /^\[(#?[\w.-]{0,40}|\*)\](?:\s+(\S.*))?$/.exec(rest) ?? []
    if (note !== undefined) {
      const blocks = this.inside([' '.repeat(4) + words, ...body])
      return [paragraph({ type: 'text', value: `[${note.replace(/^#/, '')}] ` }), ...blocks]
    }
    const [, , name, argument = ''] =
      /^(?:\|([^|]{1,100})\|\s+)?([A-Za-z][\w:+.-]{0,40})::(?:\s+(.*))?$/.exec(rest) ?? []
    if (name === undefined || rest.startsWith('|')) return []
    return directive(this, name.toLowerCase(), argument.trim(), body)
  }
}

const PYTHON = /^(?:>>>|import |from [\w.]+ import|def |class |@\w|[\w.]+(?:\[[^\]\n]{1,80}\])? = |[\w.]+\()/

/** The language of a literal block, which does not state one: `python` or `console`; `null` if it looks like neither. */
function literalLanguage(value: string): string | null {
  if (/^\s*(?:\$|>|#) /.test(value)) return 'console'
  if (/[├└│─]/.test(value)) return null
  return value.split('\n').some((line) => PYTHON.test(line.trimStart())) ? 'python' : null
}

/** Appends a block. Adjacent lists of signatures, which directives of API documents produce, become one list. */
function pushBlock(blocks: RootContent[], block: RootContent): void {
  const last = blocks.at(-1)
  if (block.type === 'list' && last?.type === 'list' && isOfSignatures(block) && isOfSignatures(last)) {
    append(last.children, block.children)
    last.spread = true
    for (const item of last.children) item.spread = true
  } else blocks.push(block)
}

function isOfSignatures({ ordered, children: [item] }: List): boolean {
  const first = item?.children[0]
  return (
    ordered !== true &&
    first?.type === 'paragraph' &&
    first.children.length === 1 &&
    first.children[0]?.type === 'inlineCode'
  )
}
