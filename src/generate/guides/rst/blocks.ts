/** Parses reStructuredText block by block. Bodies are parsed recursively, at most `MAX_DEPTH` deep. */

import type { Heading, ListItem, PhrasingContent, RootContent } from 'mdast'
import { indentOf } from '#generate/formats/indentation.ts'
import type { Includes } from '#generate/guides/includes.ts'
import type { ListedDocument } from '#generate/guides/nodes.ts'
import { paragraph } from '#markdown/build.ts'
import { directive } from './directives.ts'
import { type RstContext, rstInline } from './inline.ts'
import { adornmentOf, dedent, deeperUntil, isBlank } from './lines.ts'
import { literalLanguage } from './literal-language.ts'
import { pushBlock } from './signature-lists.ts'
import { gridRows, simpleRows, tableOf } from './tables.ts'
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
  /** Files being included. */
  taking: Set<string>
}

const MAX_DEPTH = 10
const BULLET = /^([-*+•])(?: +(?=\S)|$)/
const ENUMERATED = /^(?:\(?(?:\d{1,4}|#|[a-zA-Z]|[ivxlcIVXLC]{1,6})[.)]) +(?=\S)/
const FIELD = /^:((?:[^:\\\n]|\\.|:(?=\S)){1,120}):(?:\s+|$)/
const OPTION = /^(?:--?[\w?][\w-]*(?:[ =]<?[\w.-]+>?)?)(?:, (?:--?[\w?][\w-]*(?:[ =]<?[\w.-]+>?)?))*(?: {2,}|$)/
const EXPLICIT = /^\.\.(?:\s+|$)/
/** Fields above the title that are about the document. */
const METADATA =
  /^(?:orphan|tocdepth|nocomments|hide-toc|author|date|version|status|copyright|organization|contact|address|abstract|dedication|og:.*|html_theme.*|nosearch)$/i

export class Blocks {
  readonly #document: RstDocument
  readonly #depth: number
  #lines: readonly string[] = []
  #at = 0

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

  inline(text: string): PhrasingContent[] {
    return rstInline(text, this.#document)
  }

  read(lines: readonly string[]): RootContent[] {
    this.#lines = lines
    this.#at = 0
    const blocks: RootContent[] = []
    while (this.#at < lines.length) {
      const line = lines[this.#at] ?? ''
      if (isBlank(line)) this.#at += 1
      else for (const block of this.#block(line)) pushBlock(blocks, block)
    }
    return blocks
  }

  #block(line: string): RootContent[] {
    const lines = this.#lines
    const at = this.#at
    if (indentOf(line) > 0) return this.#quote()
    const title = this.#title()
    if (title !== undefined) return [title]
    if (EXPLICIT.test(line) || line.startsWith('__ ')) return this.#explicit(line)
    if (/^\+-[-+]*\+\s*$/.test(line)) return this.#table(gridRows, (next) => /^[+|]/.test(next))
    if (/^={2,}(?: +={2,})+\s*$/.test(line)) return this.#simpleTable()
    if (adornmentOf(line) !== undefined && line.trim().length >= 4 && isBlank(lines[at + 1])) {
      this.#at += 1
      return [{ type: 'thematicBreak' }]
    }
    if (BULLET.test(line)) return this.#list(BULLET, false)
    if (ENUMERATED.test(line) && this.#isList()) return this.#list(ENUMERATED, true)
    if (FIELD.test(line)) return this.#fields()
    if (OPTION.test(line)) return this.#definitions()
    if (line.startsWith('>>>'))
      return [{ type: 'code', lang: 'python', value: this.#run((next) => !isBlank(next)).join('\n') }]
    if (/^\|(?: |$)/.test(line)) return this.#lineBlock()
    if (!isBlank(lines[at + 1]) && indentOf(lines[at + 1] ?? '') > 0) return this.#definitions()
    return this.#paragraph()
  }

  /** Takes lines while they match. */
  #run(isIn: (line: string) => boolean): string[] {
    const from = this.#at
    while (this.#at < this.#lines.length && isIn(this.#lines[this.#at] ?? '')) this.#at += 1
    return this.#lines.slice(from, this.#at)
  }

  #title(): Heading | undefined {
    const title = titleAt(this.#lines, this.#at)
    if (title === undefined) return undefined
    const { styles, pending } = this.#document
    if (!styles.includes(title.style)) styles.push(title.style)
    this.#at += title.lines
    const anchors = pending.splice(0)
    const depth = Math.min(6, styles.indexOf(title.style) + 1) as Heading['depth']
    return { type: 'heading', depth, children: this.inline(title.words), data: { anchors } }
  }

  #paragraph(): RootContent[] {
    const lines = this.#run((line) => !isBlank(line) && !(indentOf(line) === 0 && EXPLICIT.test(line)))
    const text = lines.map((line) => line.trim()).join('\n')
    if (!text.endsWith('::')) return [paragraph(...this.inline(text))]
    const words = text.endsWith(' ::') || text === '::' ? text.slice(0, -2).trimEnd() : text.slice(0, -1)
    const shown = words === '' ? [] : [paragraph(...this.inline(words))]
    return [...shown, ...this.#literal()]
  }

  /** A literal block after `::`: indented lines, or lines quoted by one character. */
  #literal(): RootContent[] {
    while (this.#at < this.#lines.length && isBlank(this.#lines[this.#at])) this.#at += 1
    const first = this.#lines[this.#at] ?? ''
    if (indentOf(first) > 0) {
      const end = deeperUntil(this.#lines, this.#at, 0)
      const value = dedent(this.#lines.slice(this.#at, end)).join('\n')
      this.#at = end
      return [{ type: 'code', lang: literalLanguage(value), value }]
    }
    const quote = first[0] ?? ''
    if (!/[!-/:-@[-`{-~]/.test(quote)) return []
    return [{ type: 'code', value: this.#run((line) => line.startsWith(quote)).join('\n') }]
  }

  #quote(): RootContent[] {
    const end = deeperUntil(this.#lines, this.#at, 0)
    const children = this.inside(this.#lines.slice(this.#at, end))
    this.#at = Math.max(end, this.#at + 1)
    return children.length === 0 ? [] : [{ type: 'blockquote', children: children as never }]
  }

  /** A sentence may begin like an item. A blank or indented line, or another item, must follow. */
  #isList(): boolean {
    const next = this.#lines[this.#at + 1]
    return isBlank(next) || indentOf(next ?? '') > 0 || ENUMERATED.test(next ?? '')
  }

  #list(mark: RegExp, isOrdered: boolean): RootContent[] {
    const children: ListItem[] = []
    const start = /^\(?(\d{1,4})/.exec(this.#lines[this.#at] ?? '')?.[1]
    let isSpread = false
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? ''
      const width = mark.exec(line)?.[0].length
      if (width === undefined) break
      const end = deeperUntil(this.#lines, this.#at + 1, 0)
      const body = [' '.repeat(width) + line.slice(width), ...this.#lines.slice(this.#at + 1, end)]
      children.push({ type: 'listItem', spread: false, children: this.inside(body) as never })
      this.#at = end
      const before = this.#at
      while (this.#at < this.#lines.length && isBlank(this.#lines[this.#at])) this.#at += 1
      if (this.#at > before && mark.test(this.#lines[this.#at] ?? '')) isSpread = true
    }
    const spread = isSpread && children.some((item) => item.children.length > 1)
    for (const item of children) item.spread = spread
    return [{ type: 'list', ordered: isOrdered, ...(isOrdered && { start: Number(start ?? 1) }), spread, children }]
  }

  /** Definition lists and option lists. */
  #definitions(): RootContent[] {
    const children: ListItem[] = []
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? ''
      const option = OPTION.exec(line)?.[0]
      const isTerm =
        option !== undefined || (!isBlank(this.#lines[this.#at + 1]) && indentOf(this.#lines[this.#at + 1] ?? '') > 0)
      if (isBlank(line) || indentOf(line) > 0 || !isTerm || EXPLICIT.test(line)) break
      const end = deeperUntil(this.#lines, this.#at + 1, 0)
      const rest = dedent(this.#lines.slice(this.#at + 1, end))
      const body = option === undefined || option.length >= line.length ? rest : [line.slice(option.length), ...rest]
      children.push(this.term(option === undefined ? line : option.trim(), body, option !== undefined))
      this.#at = Math.max(end, this.#at + 1)
      const next = this.#nextFrom(this.#at)
      if (next < 0) break
      const isNext =
        indentOf(this.#lines[next] ?? '') === 0 &&
        !EXPLICIT.test(this.#lines[next] ?? '') &&
        !isBlank(this.#lines[next + 1]) &&
        indentOf(this.#lines[next + 1] ?? '') > 0
      if (!isNext && !OPTION.test(this.#lines[next] ?? '')) break
      this.#at = next
    }
    if (children.length === 0) return this.#paragraph()
    return [{ type: 'list', ordered: false, spread: false, children }]
  }

  /** The next line that is not blank; -1 without one. */
  #nextFrom(from: number): number {
    for (let at = from; at < this.#lines.length; at++) if (!isBlank(this.#lines[at])) return at
    return -1
  }

  term(words: string, body: readonly string[], isCode = false): ListItem {
    const content = this.inline(words.replace(/ : [\s\S]*$/, ''))
    const [only] = content
    const isName = content.length === 1 && only?.type === 'inlineCode'
    const head: PhrasingContent[] = isCode
      ? [{ type: 'inlineCode', value: words }]
      : isName
        ? content
        : [{ type: 'strong', children: content }]
    return { type: 'listItem', spread: false, children: [paragraph(...head), ...(this.inside(body) as never[])] }
  }

  /** `:param x: text`. Metadata above the title is dropped. */
  #fields(): RootContent[] {
    const isHead = this.#depth === 0 && this.#document.styles.length <= 1
    const children: ListItem[] = []
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? ''
      const [mark, name = ''] = FIELD.exec(line) ?? []
      if (mark === undefined) break
      const end = deeperUntil(this.#lines, this.#at + 1, 0)
      const words = [line.slice(mark.length), ...dedent(this.#lines.slice(this.#at + 1, end))].join('\n')
      this.#at = Math.max(end, this.#at + 1)
      if (isHead && METADATA.test(name)) continue
      const blocks = new Blocks(this.#document, this.#depth + 1)
      const inner = this.#depth < MAX_DEPTH ? blocks.read(words.split('\n')) : []
      const [start, ...others] = inner
      const label: PhrasingContent[] = [{ type: 'strong', children: this.inline(name) }]
      const head = start?.type === 'paragraph' ? paragraph(...label, ': ', ...start.children) : paragraph(...label)
      children.push({
        type: 'listItem',
        spread: false,
        children: [head, ...((start?.type === 'paragraph' ? others : inner) as never[])],
      })
    }
    return children.length === 0 ? [] : [{ type: 'list', ordered: false, spread: false, children }]
  }

  #lineBlock(): RootContent[] {
    const lines = this.#run((line) => /^\|(?: |$)/.test(line) || (!isBlank(line) && indentOf(line) > 0))
    const children = lines.flatMap((line, index): PhrasingContent[] => [
      ...(index === 0 ? [] : [{ type: 'break' as const }]),
      ...this.inline(line.replace(/^\|\s*/, '').trim()),
    ])
    return [{ type: 'paragraph', children }]
  }

  #table(
    rowsOf: (lines: readonly string[]) => { rows: string[][]; hasHead: boolean },
    isIn: (line: string) => boolean,
  ): RootContent[] {
    const { rows, hasHead } = rowsOf(this.#run(isIn))
    const made = tableOf(rows, (cell) => this.inline(cell), hasHead)
    return made === undefined ? [] : [made]
  }

  /** The table ends with a rule before a blank line. */
  #simpleTable(): RootContent[] {
    const from = this.#at
    let end = from + 1
    let rules = 1
    for (; end < this.#lines.length; end++) {
      if (!/^=[= ]*$/.test(this.#lines[end] ?? '')) continue
      rules += 1
      if (isBlank(this.#lines[end + 1]) || rules === 3) break
    }
    const lines = this.#lines.slice(from, end + 1)
    this.#at = Math.min(end + 1, this.#lines.length)
    const { rows, hasHead } = simpleRows(lines)
    const made = tableOf(rows, (cell) => this.inline(cell), hasHead)
    return made === undefined ? [] : [made]
  }

  /** Directives, targets, substitutions, footnotes and comments. */
  #explicit(line: string): RootContent[] {
    const at = this.#at
    const end = deeperUntil(this.#lines, at + 1, 0)
    const body = this.#lines.slice(at + 1, end)
    this.#at = Math.max(end, at + 1)
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
