/**
 * Turns the tree of an untrusted document into one that is safe in a page: no HTML, only images of the repository, and
 * links as written, for `resolve.ts` to resolve. Recursion is bounded by the depth that the parsers allow.
 */

import type { Code, Heading, PhrasingContent, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'
import { withoutDirectives } from '#generate/formats/example-lines.ts'
import { shownRustLine } from '#generate/formats/rust-examples.ts'
import { codeBlock, forCell, paragraph, plainText, text, trimInline } from '#markdown/build.ts'
import { callout } from '#markdown/callouts.ts'
import { fold, tabs } from '#markdown/folds.ts'
import { linesOfHtml } from '#markdown/html-blocks.ts'
import { alertOf } from './alerts.ts'
import { InlineCleaner } from './clean-inlines.ts'
import { adjustLevels, anchorsIn, titleOf } from './headings.ts'
import { isBlank } from './is-blank.ts'

export interface CleanGuide {
  /** The text of the first heading; `null` without one. */
  title: string | null
  blocks: RootContent[]
  anchors: Map<string, Heading>
  /** Labels of the first heading, which refer to the whole document. */
  labels: readonly string[]
}

/** Limit on the characters of a code block; longer ones are truncated. */
const MAX_CODE = 60_000
const MAX_HTML = 20_000
/** A heading with a version number is not a title (changelogs), nor is `## HEAD` beside such headings. */
const VERSION = /^(?:v(?:ersion)?\.?\s*)?\[?\d+\.\d|^\[?unreleased/i
/** Matches an identifier at the end of a heading: `{#id}`, `{/* #id *\/}`. */
const HEADING_ID = /\{(?:\/\* ?)?#([\w:.-]{1,100})(?:[^\w:.{}-][^{}]{0,100})?\}$/

export function cleanGuide(blocks: readonly RootContent[]): CleanGuide {
  const cleaner = new Cleaner(blocks)
  return cleaner.guide(blocks)
}

class Cleaner {
  readonly #inlines: InlineCleaner
  #groups = 0

  constructor(blocks: readonly RootContent[]) {
    this.#inlines = new InlineCleaner(blocks)
  }

  guide(source: readonly RootContent[]): CleanGuide {
    const blocks = this.#top(source)
    append(blocks, this.#notes())
    const first = blocks.findIndex((block) => block.type === 'heading')
    const head = blocks[first]
    const isVersion = (block: RootContent | undefined): boolean =>
      block?.type === 'heading' && VERSION.test(plainText(block).trim())
    const isTitle =
      head?.type === 'heading' &&
      (head.depth === 1
        ? !isVersion(head)
        : first === 0 && !blocks.some((block) => 'depth' in block && block.depth === head.depth && isVersion(block)))
    const anchors = anchorsIn(blocks)
    if (isTitle) {
      blocks.splice(first, 1)
      for (const [key, heading] of anchors) if (heading === head) anchors.delete(key)
    }
    adjustLevels(blocks)
    const labels = isTitle ? (head.data?.anchors ?? []) : []
    return { title: isTitle ? titleOf(head) : null, blocks, anchors, labels }
  }

  /** Top-level blocks: the only place for headings, tabs and collapsible sections. */
  #top(source: readonly RootContent[]): RootContent[] {
    return source.flatMap((node): RootContent[] => {
      if (node.type === 'heading') return this.#heading(node)
      if (node.type === 'tabSet') {
        const all = node.tabs.map(({ title, children }) => ({ title, blocks: this.#blocks(children) }))
        const full = all.filter((tab) => tab.blocks.length > 0)
        return full.length === 0 ? [] : tabs(++this.#groups, full)
      }
      if (node.type === 'folded') {
        const inside = this.#blocks(node.children)
        return inside.length === 0 ? [] : fold(node.title, inside)
      }
      if (node.type === 'html') return this.#html(node.value, true)
      return this.#block(node)
    })
  }

  #heading(node: Heading): RootContent[] {
    const children = trimInline(this.#inlines.clean(node.children))
    const anchors = [...(node.data?.anchors ?? [])]
    const last = children.at(-1)
    if (last?.type === 'text') {
      const words = last.value.trimEnd()
      const [mark, id] = HEADING_ID.exec(words.slice(-300)) ?? []
      if (mark !== undefined && id !== undefined) {
        anchors.push(id)
        children[children.length - 1] = text(words.slice(0, -mark.length).trimEnd())
      }
    }
    const words = plainText({ type: 'paragraph', children })
    if (words.trim() === '') return []
    return [{ type: 'heading', depth: node.depth, children, data: { anchors } }]
  }

  #blocks(source: readonly RootContent[]): RootContent[] {
    return source.flatMap((node) => this.#block(node))
  }

  #block(node: RootContent): RootContent[] {
    switch (node.type) {
      case 'paragraph':
        return this.#paragraph(node.children)
      case 'heading':
        return this.#bold(node.children)
      case 'html':
        return this.#html(node.value, false)
      case 'code': {
        const language = languageOf(node.lang)
        const code = node.value.slice(0, MAX_CODE)
        const shown = language === 'rust' ? shownRust(code) : shownTwoslash(code, node)
        const value = node.value.length > MAX_CODE ? `${shown}\n…` : shown
        return value.trim() === '' ? [] : [codeBlock(language, value)]
      }
      case 'blockquote': {
        const alert = alertOf(node)
        if (alert !== null) return this.#block(alert)
        const children = this.#blocks(node.children)
        return children.length === 0 ? [] : [{ type: 'blockquote', children: children as never }]
      }
      case 'admonition': {
        const title = node.title === null ? null : trimInline(this.#inlines.clean(node.title))
        const children = this.#blocks(node.children)
        if (children.length === 0 && (title === null || title.length === 0)) return []
        return [callout(node.kind, title, children)]
      }
      // Inside other blocks, tabs and collapsible sections are shown one after another.
      case 'tabSet':
        return node.tabs.flatMap(({ title, children }) => [...this.#bold([text(title)]), ...this.#blocks(children)])
      case 'folded':
        return [...this.#bold([text(node.title)]), ...this.#blocks(node.children)]
      case 'list': {
        const spread = node.spread ?? false
        const children = node.children.flatMap(({ checked, children }) => {
          const blocks = this.#blocks(children)
          const mark = typeof checked === 'boolean' && { checked }
          return blocks.length === 0 ? [] : [{ type: 'listItem' as const, spread, ...mark, children: blocks as never }]
        })
        if (children.length === 0) return []
        const start = node.ordered === true ? { start: node.start ?? 1 } : {}
        return [{ type: 'list', ordered: node.ordered ?? false, ...start, spread, children }]
      }
      case 'table': {
        const rows = node.children.map((row) => ({
          type: 'tableRow' as const,
          children: row.children.map((cell) => ({
            type: 'tableCell' as const,
            children: this.#inlines.clean(cell.children).map(forCell),
          })),
        }))
        return rows.length === 0 ? [] : [{ type: 'table', align: node.align ?? [], children: rows }]
      }
      case 'thematicBreak':
        return [{ type: 'thematicBreak' }]
      default:
        return []
    }
  }

  #paragraph(source: readonly PhrasingContent[]): RootContent[] {
    const children = trimInline(this.#inlines.clean(source))
    return isBlank(children) ? [] : [{ type: 'paragraph', children }]
  }

  #bold(source: readonly PhrasingContent[]): RootContent[] {
    const children = trimInline(this.#inlines.clean(source))
    return isBlank(children) ? [] : [paragraph({ type: 'strong', children })]
  }

  /** A block of HTML as lines of visible text. */
  #html(value: string, isTop: boolean): RootContent[] {
    return linesOfHtml(value.slice(0, MAX_HTML)).flatMap(({ depth, spans }): RootContent[] => {
      const words = spans.map((span): PhrasingContent => {
        const plain: PhrasingContent =
          span.image === undefined
            ? span.isCode && span.words.trim() !== ''
              ? { type: 'inlineCode', value: span.words.trim() }
              : { type: 'text', value: span.words }
            : { type: 'image', url: span.image.url, alt: span.image.alt }
        return span.url === null ? plain : { type: 'link', url: span.url, children: [plain] }
      })
      if (depth === null) return this.#paragraph(words)
      return isTop ? this.#heading({ type: 'heading', depth: depth as 1, children: words }) : this.#bold(words)
    })
  }

  /** The cited footnotes, as a list for the end of the document. */
  #notes(): RootContent[] {
    const items: RootContent[][] = []
    for (const children of this.#inlines.footnotes()) items.push(this.#blocks(children))
    if (items.length === 0) return []
    const children = items.map((blocks) => ({
      type: 'listItem' as const,
      spread: false,
      children: (blocks.length === 0 ? [paragraph('…')] : blocks) as never,
    }))
    return [{ type: 'thematicBreak' }, { type: 'list', ordered: true, start: 1, spread: false, children }]
  }
}

/** `js` of `js{1,3} title="a"`, `rust` of `rust,ignore`, `python` of `{.python}`. */
function languageOf(lang: string | null | undefined): string | null {
  const plain = /^[{.\s]*([A-Za-z0-9+#_-]{1,30})/.exec(lang ?? '')?.[1]?.toLowerCase() ?? null
  // Diagrams of authors are shown as source text, because their contents are not checked.
  return plain === 'mermaid' ? 'text' : plain
}

const shownRust = (value: string): string =>
  value
    .split('\n')
    .flatMap((line) => shownRustLine(line) ?? [])
    .join('\n')

/** Removes what twoslash hides from readers: its directives, cut code, and blocks that others include. */
function shownTwoslash(value: string, { lang, meta }: Code): string {
  if (!/\btwoslash\b/.test(`${lang ?? ''} ${meta ?? ''}`)) return value
  return lang === 'twoslash' && meta?.startsWith('include ') === true ? '' : withoutDirectives(value)
}
