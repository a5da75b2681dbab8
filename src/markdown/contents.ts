/** Collects the contents of a page from its Markdown tree, for the checks: anchors, links, diagrams, code. */

import type { Nodes, Root } from 'mdast'
import { anchorsOf, namedLines } from './anchors.ts'
import { oneLine, plainText } from './build.ts'

/** Plain data, because it is sent from the thread that renders. */
export interface PageContents {
  /** Keyed by anchor: the text from its heading to the next one, or the text of its list item. */
  sections: Map<string, string>
  /** URLs of all links, with duplicates. */
  links: string[]
  /** URLs of images. */
  images: string[]
  /** Mermaid sources. */
  diagrams: string[]
  /** Inline code, with the number of occurrences. */
  codes: Map<string, number>
  /** Anchors of headings without content. */
  empty: string[]
}

/** Call this before the tree is changed for rendering. */
export function contentsOf(tree: Root): PageContents {
  const sections = new Map<string, string>()
  const empty: string[] = []
  const anchors = anchorsOf(tree.children)
  let anchor: string | null = null
  let parts: string[] = []
  const close = (): void => {
    if (anchor !== null) sections.set(anchor, parts.join('\n'))
  }
  for (const [index, block] of tree.children.entries()) {
    if (block.type === 'heading') {
      close()
      anchor = anchors.get(block) ?? ''
      parts = []
      const next = tree.children[index + 1]
      if (next === undefined || (next.type === 'heading' && next.depth <= block.depth)) empty.push(anchor)
    }
    parts.push(plainText(block))
  }
  close()
  for (const { line } of namedLines(tree.children)) sections.set(anchors.get(line) ?? '', plainText(line))
  return { sections, empty, ...collect(tree) }
}

/** Not recursive, because the tree may be deep. */
function collect(tree: Root): Pick<PageContents, 'links' | 'images' | 'diagrams' | 'codes'> {
  const links: string[] = []
  const images: string[] = []
  const diagrams: string[] = []
  const codes = new Map<string, number>()
  const stack: Nodes[] = [tree]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'link') links.push(node.url)
    if (node.type === 'image') images.push(node.url)
    if (node.type === 'code' && node.lang === 'mermaid') diagrams.push(node.value)
    if (node.type === 'inlineCode') {
      const text = oneLine(node.value)
      codes.set(text, (codes.get(text) ?? 0) + 1)
    }
    if ('children' in node) for (const child of node.children) stack.push(child)
  }
  return { links, images, diagrams, codes }
}
