/** Parses the common subset of AsciiDoc, block by block. Includes are dropped; conditional text is always shown. */

import type { Heading, List, ListItem, PhrasingContent, RootContent } from 'mdast'
import { calloutKind, calloutTitle, type RawGuide } from '#generate/guides/nodes.ts'
import { paragraph } from '#markdown/build.ts'
import { asciidocInline } from './inline.ts'
import { tableOf } from './tables.ts'

const MAX_DEPTH = 6
const FENCE = /^(-{4,}|\.{4,}|={4,}|\*{4,}|_{4,}|\+{4,}|\/{4,}|--|`{3,})(\w{0,30})$/
const ITEM = /^\s*(\*{1,5}|-|\.{1,5}|\d{1,4}\.)\s+(\S.*)$/
/** Explains a numbered line of the code block above. */
const CALLOUT = /^<(?:\.|\d{1,2})>\s+(\S.*)$/
const TERM = /^(\S.{0,300}?)(?::{2,4}|;;)(?=[ \t]|$)/
const ADMONITION = /^(NOTE|TIP|IMPORTANT|WARNING|CAUTION):[ \t]+(\S.*)$/
/** The style of a block that is an admonition. */
const ADMONITION_STYLE = /^(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)$/
const ATTRIBUTE = /^:(!?[\w-]{1,60}!?):(?:\s+(.{0,500}))?$/
const CONDITION = /^(?:ifdef|ifndef|ifeval|endif)::/

interface Style {
  /** The attribute list above the block: `source,java`. */
  words: string[]
  title: string | null
  anchors: string[]
}

export function readAsciidoc(source: string): RawGuide {
  const attributes = new Map<string, string>()
  const blocks = new Reader(attributes, 0).read(source.split('\n').map((line) => line.trimEnd()))
  return { title: null, blocks, position: null, id: null, slug: null, isHidden: false }
}

class Reader {
  readonly #attributes: Map<string, string>
  readonly #depth: number
  #lines: readonly string[] = []
  #at = 0
  #style: Style = { words: [], title: null, anchors: [] }

  constructor(attributes: Map<string, string>, depth: number) {
    this.#attributes = attributes
    this.#depth = depth
  }

  read(lines: readonly string[]): RootContent[] {
    this.#lines = lines
    const blocks: RootContent[] = []
    while (this.#at < lines.length) {
      const line = lines[this.#at] ?? ''
      if (!this.#takesStyle(line)) for (const block of this.#block(line)) blocks.push(block)
    }
    return blocks
  }

  /** Consumes a line that belongs to the next block or to the document. */
  #takesStyle(line: string): boolean {
    const [, name, value = ''] = ATTRIBUTE.exec(line) ?? []
    const [, anchor] = /^\[\[([\w:.-]{1,100})(?:,[^\]]{0,200})?\]\]$/.exec(line) ?? []
    const [, style] = /^\[([^[\]]{0,300})\]$/.exec(line) ?? []
    const [, title] = /^\.([^\s.].{0,300})$/.exec(line) ?? []
    if (name !== undefined) this.#attributes.set(name.toLowerCase(), this.#filled(value))
    else if (anchor !== undefined) this.#style.anchors.push(anchor)
    else if (style !== undefined) {
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
    this.#at += 1
    return true
  }

  #filled(text: string): string {
    return text
      .replace(/\{([\w-]{1,60})\}/g, (whole, name: string) => this.#attributes.get(name.toLowerCase()) ?? whole)
      .slice(0, 500)
  }

  #inline(text: string): PhrasingContent[] {
    return asciidocInline(text, this.#attributes)
  }

  #inside(lines: readonly string[]): RootContent[] {
    return this.#depth >= MAX_DEPTH
      ? [paragraph(lines.join(' '))]
      : new Reader(this.#attributes, this.#depth + 1).read(lines)
  }

  #block(line: string): RootContent[] {
    const style = this.#style
    this.#style = { words: [], title: null, anchors: [] }
    const [, level, words = ''] = /^(={1,6}|#{1,6})\s+(\S.*)$/.exec(line) ?? []
    if (level !== undefined) {
      this.#at += 1
      const depth = Math.min(6, level.length) as Heading['depth']
      return [{ type: 'heading', depth, children: this.#inline(words), data: { anchors: style.anchors } }]
    }
    const title = style.title === null ? [] : [paragraph({ type: 'strong', children: this.#inline(style.title) })]
    const [, fence, lang = ''] = FENCE.exec(line) ?? []
    if (fence !== undefined) return this.#fenced(fence, lang, style, title)
    if (line.startsWith('|===')) {
      const table = tableOf(this.#body('|==='), (cell) => this.#inline(cell))
      return table === undefined ? title : [...title, table]
    }
    if (/^'{3,}$|^-{3}$|^\*{3}$/.test(line)) {
      this.#at += 1
      return [{ type: 'thematicBreak' }]
    }
    const [, picture, alt = ''] = /^image::([^\s[\]]{1,300})\[([^\]]{0,300})\]$/.exec(line) ?? []
    if (picture !== undefined) {
      this.#at += 1
      const folder = this.#attributes.get('imagesdir')
      const url = folder === undefined || /^(?:https?:|\/)/.test(picture) ? picture : `${folder}/${picture}`
      return [
        paragraph({
          type: 'image',
          url: this.#filled(url),
          alt: alt.split(',')[0]?.replace(/^"|"$/g, '') || (style.title ?? ''),
        }),
        ...title,
      ]
    }
    if (/^\w{1,20}::/.test(line) && /\]$/.test(line)) {
      this.#at += 1
      return []
    }
    if (ITEM.test(line)) return [...title, this.#list(0, /^\s*(\*+|-|\.+|\d+\.)/.exec(line)?.[1] ?? '*')]
    if (TERM.test(line) && !/^https?:/.test(line)) return [...title, this.#terms()]
    if (CALLOUT.test(line)) return [this.#callouts()]
    const text = this.#paragraphLines()
    if (style.words[0]?.startsWith('source') || /^\s/.test(text[0] ?? ''))
      return [...title, { type: 'code', lang: style.words[1] ?? null, value: text.join('\n') }]
    const [, kind, told = ''] = ADMONITION.exec(text[0] ?? '') ?? []
    const named = kind ?? style.words.find((word) => ADMONITION_STYLE.test(word))
    const body = [kind === undefined ? (text[0] ?? '') : told, ...text.slice(1)].join('\n')
    const node = paragraph(...this.#inline(body))
    if (named !== undefined) return [this.#admonition(named, style, [node])]
    return style.words[0] === 'quote' ? [{ type: 'blockquote', children: [node] }] : [...title, node]
  }

  #admonition(word: string, { title }: Style, children: RootContent[]): RootContent {
    const own = title === null ? calloutTitle(word) : this.#inline(title)
    return { type: 'admonition', kind: calloutKind(word) ?? 'note', title: own, children }
  }

  /** Lines up to a blank line or the start of another block. */
  #paragraphLines(): string[] {
    const lines: string[] = []
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? ''
      if (
        line === '' ||
        (lines.length > 0 &&
          (FENCE.test(line) ||
            line.startsWith('|===') ||
            /^\[[^[\]]{0,300}\]$/.test(line) ||
            ITEM.test(line) ||
            CALLOUT.test(line) ||
            line === '+'))
      )
        break
      if (!CONDITION.test(line) && !/^\/\/(?!\/)/.test(line)) lines.push(line.replace(/ \+$/, ''))
    }
    if (lines.length === 0) this.#at += 1
    return lines
  }

  /** The lines up to the same delimiter, or to the end of the document. */
  #body(fence: string): string[] {
    let end = this.#lines.indexOf(fence, this.#at + 1)
    if (end < 0) end = this.#lines.length
    const lines = this.#lines.slice(this.#at + 1, end)
    this.#at = end + 1
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
      const shown = lines
        .filter((line) => !/^include::/.test(line))
        .map((line) => line.replace(/(?:<\.>|<\d{1,2}>)(?=\s|$)/g, '').trimEnd())
      const language = lang !== '' ? lang : style.words[0]?.startsWith('source') ? (style.words[1] ?? null) : null
      return shown.every((line) => line === '')
        ? title
        : [...title, { type: 'code', lang: language, value: shown.join('\n') }]
    }
    const children = this.#inside(lines)
    if (delimiter === '_') return [{ type: 'blockquote', children: children as never }]
    if (style.words.some((word) => word.includes('%collapsible')))
      return [{ type: 'folded', title: style.title ?? 'Details', children }]
    if (delimiter === '*')
      return [
        { type: 'admonition', kind: 'note', title: style.title === null ? [] : this.#inline(style.title), children },
      ]
    return [...title, ...children]
  }

  #list(depth: number, mark: string): List {
    const children: ListItem[] = []
    const isOrdered = mark.startsWith('.') || /^\d/.test(mark)
    while (this.#at < this.#lines.length) {
      const [, own, first = ''] = ITEM.exec(this.#lines[this.#at] ?? '') ?? []
      if (own === undefined || (/^\d/.test(own) ? !/^\d/.test(mark) : own !== mark)) break
      this.#at += 1
      const rest = this.#continued()
      const box = /^\[([ x*])\]\s+/.exec(first)
      const words = [box === null ? first : first.slice(box[0].length), ...rest].join('\n')
      const item: RootContent[] = [paragraph(...this.#inline(words))]
      item.push(...this.#attached(depth, mark))
      children.push({
        type: 'listItem',
        spread: false,
        ...(box !== null && { checked: box[1] !== ' ' }),
        children: item as never,
      })
    }
    return { type: 'list', ordered: isOrdered, ...(isOrdered && { start: 1 }), spread: false, children }
  }

  /** Blocks attached to an item with `+`, and nested lists with other markers. */
  #attached(depth: number, mark: string): RootContent[] {
    const blocks: RootContent[] = []
    for (;;) {
      let at = this.#at
      while (this.#lines[at] === '') at += 1
      const line = this.#lines[at] ?? ''
      const other = ITEM.exec(line)?.[1]
      if (this.#lines[this.#at] === '+') {
        this.#at += 1
        while (this.#at < this.#lines.length && this.#takesStyle(this.#lines[this.#at] ?? ''));
        if (this.#at < this.#lines.length) blocks.push(...this.#block(this.#lines[this.#at] ?? ''))
      } else if (other !== undefined && other !== mark && depth < MAX_DEPTH && isDeeper(other, mark)) {
        this.#at = at
        blocks.push(this.#list(depth + 1, other))
      } else {
        if (other !== undefined) this.#at = at
        return blocks
      }
    }
  }

  #callouts(): List {
    const children: ListItem[] = []
    for (;;) {
      const words = CALLOUT.exec(this.#lines[this.#at] ?? '')?.[1]
      if (words === undefined) break
      this.#at += 1
      const text = [words, ...this.#continued()].join('\n')
      children.push({ type: 'listItem', spread: false, children: [paragraph(...this.#inline(text))] })
    }
    return { type: 'list', ordered: true, start: 1, spread: false, children }
  }

  #continued(): string[] {
    const lines: string[] = []
    for (; this.#at < this.#lines.length; this.#at++) {
      const line = this.#lines[this.#at] ?? ''
      if (
        line === '' ||
        line === '+' ||
        ITEM.test(line) ||
        CALLOUT.test(line) ||
        TERM.test(line) ||
        FENCE.test(line) ||
        line.startsWith('[')
      )
        break
      lines.push(line)
    }
    return lines
  }

  #terms(): List {
    const children: ListItem[] = []
    while (this.#at < this.#lines.length) {
      const line = this.#lines[this.#at] ?? ''
      const [mark = '', term] = TERM.exec(line) ?? []
      if (term === undefined) break
      const rest = line.slice(mark.length).trim() || undefined
      this.#at += 1
      while (rest === undefined && this.#lines[this.#at] === '') this.#at += 1
      const words = [...(rest === undefined ? [] : [rest]), ...this.#continued()].join('\n')
      const item: RootContent[] = [
        paragraph({ type: 'strong', children: this.#inline(term) }),
        ...(words === '' ? [] : [paragraph(...this.#inline(words))]),
      ]
      item.push(...this.#attached(0, '::'))
      children.push({ type: 'listItem', spread: false, children: item as never })
      let at = this.#at
      while (this.#lines[at] === '') at += 1
      if (!TERM.test(this.#lines[at] ?? '')) break
      this.#at = at
    }
    return { type: 'list', ordered: false, spread: false, children }
  }
}

/** A list with another marker is nested, unless the marker belongs to an outer list. */
const isDeeper = (other: string, mark: string): boolean => other[0] !== mark[0] || other.length > mark.length
