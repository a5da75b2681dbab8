/**
 * Markdown to HTML that is safe to show, whatever the Markdown is. Some input takes it minutes, so pages from a
 * repository go through `renderPages`, which has a deadline.
 */

import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkHtml from 'remark-html'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { frameCallouts } from './callouts.ts'
import { contentsOf, type PageContents } from './contents.ts'
import { checkDepth } from './depth.ts'
import { frameDiagrams } from './diagram-figures.ts'
import { frameFolds } from './folds.ts'
import { anchorHeadings, anchorLines, type Heading } from './headings.ts'
import { colourCode } from './highlight-code-blocks.ts'
import { dropImages, tameLinks } from './links.ts'
import { dropRawHtml } from './raw-html.ts'
import { SCHEMA } from './schema.ts'
import { textsBelow } from './sections.ts'
import { boxTables } from './tables.ts'
import { signTasks } from './tasks.ts'

export interface RenderedPage {
  /** Sanitised; no script, style, frame or handler, no images but those of the set, only relative, http, https and mailto links. */
  html: string
  /** The first heading of the first level, else the first heading, else empty. */
  title: string
  /** In order. */
  headings: Heading[]
  /** The words below each heading, by its id, in order. */
  sections: { id: string; text: string }[]
  /** Number of mermaid diagrams. */
  diagrams: number
  /** What the Markdown holds; `null` when it was not read. */
  contents: PageContents | null
}

const processor = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(remarkHtml, { sanitize: SCHEMA })
  .freeze()

/**
 * @throws {NestedTooDeep}
 */
export function renderMarkdown(markdown: string): RenderedPage {
  const tree: Root = processor.parse(markdown)
  checkDepth(tree)
  const contents = contentsOf(tree)
  anchorLines(tree)
  frameFolds(tree)
  frameCallouts(tree)
  dropRawHtml(tree)
  dropImages(tree)
  tameLinks(tree)
  const diagrams = frameDiagrams(tree)
  const texts = textsBelow(tree)
  const headings = anchorHeadings(tree)
  const sections = [...texts].map(([node, text]) => ({ id: String(node.data?.hProperties?.id), text: text.trim() }))
  colourCode(tree)
  boxTables(tree)
  signTasks(tree)
  const title = headings.find((heading) => heading.depth === 1) ?? headings[0]
  return { html: processor.stringify(tree), title: title?.text ?? '', headings, sections, diagrams, contents }
}
