/** Parses the common subset of AsciiDoc, block by block. Includes are dropped; conditional text is always shown. */

import type { Heading, PhrasingContent, RootContent } from 'mdast'
import { LineCursor } from '#generate/guides/line-cursor.ts'
import { calloutKind, calloutTitle, type RawGuide } from '#generate/guides/nodes.ts'
import { paragraph } from '#markdown/build.ts'
import { withCallouts } from './code-callouts.ts'
import { type AsciidocContext, asciidocInline, withValues } from './inline.ts'
import { CALLOUT, CONDITION, FENCE, ITEM, levelOfUnderline } from './line-forms.ts'
import { type AsciidocReader, calloutList, listAt } from './lists.ts'
import { declaredColumns, tableOf } from './tables.ts'

const MAX_DEPTH = 6
/** Limit on the characters that attributes add to a document. */
const MAX_ADDED = 100_000
const ADMONITION = /^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(\S.*)$/
/** The style of a block that is an admonition. */
const ADMONITION_STYLE = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)$/
const TABLE = /^\|={3,}$/
const ATTRIBUTE = /^:(!?[\w-]{1,60}!?):(?:\s+(.{0,500}))?$/

interface Style {
  /** The attribute list above the block: `source,java`. */
  words: string[]
  title: string | null
  anchors: string[]
  /** The number of columns that it declares for a table; 0 for none. */
  columns: number
}

export function readAsciidoc(source: string): RawGuide {
  const blocks = new Reader({ attributes: new Map(), charactersLeft: MAX_ADDED }, 0).read(
    source.split('\n').map((line) => line.trimEnd()),
  )
  return { title: null, blocks, position: null, id: null, slug: null, isHidden: false }
}

interface Context extends AsciidocContext {
  attributes: Map<string, string>
}

class Reader implements AsciidocReader {
  /** Shared by the readers of all depths. */
  readonly #context: Context
  readonly #depth: number
  #cursor = new LineCursor([])
  #style: Style = { words: [], title: null, anchors: [], columns: 0 }

  constructor(context: Context, depth: number) {
    this.#context = context
    this.#depth = depth
  }

  read(lines: readonly string[]): RootContent[] {
    this.#cursor = new LineCursor(lines)
    const blocks: RootContent[] = []
    while (!this.#cursor.isAtEnd) {
      const { line } = this.#cursor
      if (!this.takesStyle(line)) for (const block of this.block(line)) blocks.push(block)
    }
    return blocks
  }

  /** Consumes a line that belongs to the next block or to the document. */
  takesStyle(line: string): boolean {
    const [, name, value = ''] = ATTRIBUTE.exec(line) ?? []
    const [, anchor] = /^\[\[([\w:.-]{1,100})(?:,[^\]]{0,200})?\]\]$/.exec(line) ?? []
    const [, style] = /^\[([^[\]]{0,300})\]$/.exec(line) ?? []
    const [, title] = /^\.([^\s.].{0,300})$/.exec(line) ?? []
    if (name !== undefined) this.#setAttribute(name.toLowerCase(), value)
    else if (anchor !== undefined) this.#style.anchors.push(anchor)
    else if (style !== undefined) {
      this.#style.columns = declaredColumns(style) || this.#style.columns
      this.#style.words = style.split(',').map((word) => word.trim().replace(/^"|"$/g, ''))
      const id = /^[^#]{0,40}#([\w-]{1,80})/.exec(style)?.[1]
      if (id !== undefined) this.#style.anchors.push(id)
    } else if (title !== undefined) this.#style.title = title
    else if (
      line !== '' &&
      !CONDITION.test(line) &&
      !/^\/\/(?!\/)/.test(line) &&
      line !== '<<<' &&
      line !== '+' &&
      !/^(?:toc|include)::/.test(line)
    )
      return false
    this.#cursor.at += 1
    return true
  }

  /** `!name` and `name!` unset an attribute. */
  #setAttribute(name: string, value: string): void {
    if (/^!|!$/.test(name)) this.#context.attributes.delete(name.replaceAll('!', ''))
    else this.#context.attributes.set(name, this.#filled(value))
  }

  #filled(text: string): string {
    return withValues(text, this.#context).slice(0, 500)
  }

  inline(text: string): PhrasingContent[] {
    return asciidocInline(text, this.#context)
  }

  #inside(lines: readonly string[]): RootContent[] {
    return this.#depth >= MAX_DEPTH
      ? [paragraph(lines.join(' '))]
      : new Reader(this.#context, this.#depth + 1).read(lines)
  }

  block(line: string): RootContent[] {
    const style = this.#style
    this.#style = { words: [], title: null, anchors: [], columns: 0 }
    const [, level, words = ''] = /^(={1,6}|#{1,6})\s+(\S.*)$/.exec(line) ?? []
    const underlined = levelOfUnderline(line, this.#cursor.lines[this.#cursor.at + 1] ?? '')
    if (level !== undefined || underlined > 0) {
      this.#cursor.at += level === undefined ? 2 : 1
      const depth = Math.min(6, level?.length ?? underlined) as Heading['depth']
      return [{ type: 'heading', depth, children: this.inline(words || line), data: { anchors: style.anchors } }]
    }
    const title = style.title === null ? [] : [paragraph({ type: 'strong', children: this.inline(style.title) })]
    const [, delimiter, ticks, lang = ''] = FENCE.exec(line) ?? []
    const fence = delimiter ?? ticks
    if (fence !== undefined) return this.#fenced(fence, lang, style, title)
    if (TABLE.test(line)) {
      const table = tableOf(this.#body(line), (cell) => this.inline(cell), style.columns)
      return table === undefined ? title : [...title, table]
    }
    if (/^'{3,}$|^-{3}$|^\*{3}$/.test(line)) {
      this.#cursor.at += 1
      return [{ type: 'thematicBreak' }]
    }
    const [, picture, alt = ''] = /^image::(?!\s)([^[\]]{1,300})\[([^\]]{0,300})\]$/.exec(line) ?? []
    if (picture !== undefined) {
      this.#cursor.at += 1
      const isWhole = !this.#context.attributes.has('imagesdir') || /^(?:https?:|\/)/.test(picture)
      const url = isWhole ? picture : `{imagesdir}/${picture}`
      return [
        paragraph({
          type: 'image',
          url: this.#filled(url).replaceAll(' ', '%20'),
          alt: alt.split(',')[0]?.replace(/^"|"$/g, '') || (style.title ?? ''),
        }),
        ...title,
      ]
    }
    if (/^\w{1,20}::(?!\s)/.test(line) && line.endsWith(']')) {
      this.#cursor.at += 1
      return []
    }
    const list = listAt(this, this.#cursor)
    if (list !== undefined) return [...title, list]
    if (CALLOUT.test(line)) return [calloutList(this, this.#cursor)]
    const text = this.#paragraphLines()
    if (style.words[0]?.startsWith('source') || /^\s/.test(text[0] ?? ''))
      return [...title, { type: 'code', lang: languageOf(style), value: text.join('\n') }]
    const [, kind, remainder = ''] = ADMONITION.exec(text[0] ?? '') ?? []
    const named = kind ?? style.words.find((word) => ADMONITION_STYLE.test(word))
    const body = [kind === undefined ? (text[0] ?? '') : remainder, ...text.slice(1)].join('\n')
    const node = paragraph(...this.inline(body))
    if (named !== undefined) return [this.#admonition(named, style, [node])]
    return style.words[0] === 'quote' ? [{ type: 'blockquote', children: [node] }] : [...title, node]
  }

  #admonition(word: string, { title }: Style, children: RootContent[]): RootContent {
    const own = title === null ? calloutTitle(word) : this.inline(title)
    return { type: 'admonition', kind: calloutKind(word) ?? 'note', title: own, children }
  }

  /** Lines up to a blank line or the start of another block. */
  #paragraphLines(): string[] {
    const lines: string[] = []
    for (; this.#cursor.at < this.#cursor.lines.length; this.#cursor.at++) {
      const { line } = this.#cursor
      if (
        line === '' ||
        (lines.length > 0 &&
          (FENCE.test(line) ||
            TABLE.test(line) ||
            /^\[[^[\]]{0,300}\]$/.test(line) ||
            ITEM.test(line) ||
            CALLOUT.test(line) ||
            line === '+'))
      )
        break
      if (!CONDITION.test(line) && !/^\/\/(?!\/)/.test(line)) lines.push(line.replace(/ \+$/, ''))
    }
    if (lines.length === 0) this.#cursor.at += 1
    return lines
  }

  /** The lines up to the same delimiter, or to the end of the document. */
  #body(fence: string): string[] {
    let end = this.#cursor.lines.indexOf(fence, this.#cursor.at + 1)
    if (end < 0) end = this.#cursor.lines.length
    const lines = this.#cursor.lines.slice(this.#cursor.at + 1, end)
    this.#cursor.at = end + 1
    return lines.filter((line) => !CONDITION.test(line))
  }

  #fenced(fence: string, lang: string, style: Style, title: RootContent[]): RootContent[] {
    const lines = this.#body(fence)
    const delimiter = fence[0]
    const admonition = style.words.find((word) => ADMONITION_STYLE.test(word))
    if (delimiter === '/' || delimiter === '+') return []
    if (admonition !== undefined) return [this.#admonition(admonition, style, this.#inside(lines))]
    if (
      (delimiter === '-' && fence !== '--') ||
      delimiter === '.' ||
      delimiter === '`' ||
      style.words[0]?.startsWith('source')
    ) {
      const shown = lines.filter((line) => !/^include::/.test(line)).map(withCallouts())
      return shown.every((line) => line === '')
        ? title
        : [...title, { type: 'code', lang: lang || languageOf(style), value: shown.join('\n') }]
    }
    const children = this.#inside(lines)
    if (delimiter === '_') return [{ type: 'blockquote', children: children as never }]
    if (style.words.some((word) => word.includes('%collapsible')))
      return [{ type: 'folded', title: style.title ?? 'Details', children }]
    if (delimiter === '*')
      return [
        { type: 'admonition', kind: 'note', title: style.title === null ? [] : this.inline(style.title), children },
      ]
    return [...title, ...children]
  }
}

/** The language of `[source,ruby]` or `[,ruby]`; `null` if the list declares none, as `[source,indent=0]`. */
function languageOf({ words: [kind = 'none', second = ''] }: Style): string | null {
  const [, language] = /^(?:language="?)?([^="]+)$/.exec(/^(?:source|[%#.]|$)/.test(kind) ? second : '') ?? []
  return language ?? null
}
