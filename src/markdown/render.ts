/**
 * Renders untrusted Markdown to safe HTML. Some input takes minutes, so pages with content of a repository go through
 * `PageRenderer`, which has a deadline.
 */

import type { Root } from 'mdast'
import remarkHtml from 'remark-html'
import { unified } from 'unified'
import { SCHEMA } from './allowed-html.ts'
import { frameCallouts } from './callouts.ts'
import { contentsOf, type PageContents } from './contents.ts'
import { checkDepth } from './depth.ts'
import { frameDiagrams } from './diagram-figures.ts'
import { frameFolds } from './folds.ts'
import { frame } from './frame.ts'
import { anchorHeadings, anchorLines, type Heading } from './headings.ts'
import { colourCode } from './highlight-code-blocks.ts'
import { dropImages, markExternalLinks } from './links.ts'
import { parse } from './parse.ts'
import { dropRawHtml } from './raw-html.ts'
import { textsBelow } from './sections.ts'
import { linkSignatures } from './signature-links.ts'
import { SKIP, walk } from './walk.ts'

export interface RenderedPage {
  /** Sanitised: no scripts, styles, frames or event handlers; only images of the set; only relative, http, https and mailto links. */
  html: string
  /** The first heading of the first level, or else the first heading, or else empty. */
  title: string
  /** In order. */
  headings: Heading[]
  /** The text below each heading, in order. */
  sections: { id: string; text: string }[]
  /** Number of mermaid diagrams. */
  diagrams: number
  /** The contents of the Markdown; `null` when it was not parsed. */
  contents: PageContents | null
}

const writer = unified().use(remarkHtml, { sanitize: SCHEMA }).freeze()

/**
 * @param options - `isTextOnly`: skip the HTML, the slowest part.
 * @throws {NestedTooDeep}
 */
export function renderMarkdown(markdown: string, { isTextOnly = false } = {}): RenderedPage {
  const tree = parse(markdown)
  checkDepth(tree)
  const contents = contentsOf(tree)
  anchorLines(tree)
  frameFolds(tree)
  frameCallouts(tree)
  dropRawHtml(tree)
  dropImages(tree)
  markExternalLinks(tree)
  linkSignatures(tree)
  const diagrams = frameDiagrams(tree)
  const texts = textsBelow(tree)
  const headings = anchorHeadings(tree)
  const sections = [...texts].map(([node, text]) => ({ id: String(node.data?.hProperties?.id), text: text.trim() }))
  const title = headings.find((heading) => heading.depth === 1) ?? headings[0]
  const html = isTextOnly ? '' : htmlOf(tree)
  return { html, title: title?.text ?? '', headings, sections, diagrams, contents }
}

function htmlOf(tree: Root): string {
  colourCode(tree)
  wrapTables(tree)
  markTasks(tree)
  return writer.stringify(tree)
}

/** Puts each table into a box that scrolls horizontally if the page is narrow. Empty header cells become `td`. */
function wrapTables(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'table') return undefined
    for (const cell of node.children[0]?.children ?? [])
      if (cell.children.length === 0) cell.data = { ...cell.data, hName: 'td' }
    parent.children[index] = frame('div', { className: ['table-box'] }, [node])
    return SKIP
  })
}

/** Shows items of task lists with a symbol instead of a check box, which would need a label and could not be used. */
function markTasks(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'listItem' || typeof node.checked !== 'boolean') return undefined
    const first = node.children[0]
    const symbol = { type: 'text' as const, value: node.checked ? '☑ ' : '☐ ' }
    if (first?.type === 'paragraph') first.children.unshift(symbol)
    node.checked = null
    return undefined
  })
}
