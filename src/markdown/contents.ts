/** What a page holds, for those who check it: anchors, links, diagrams and names, from the tree of its Markdown. */

import type { Nodes, Root } from 'mdast'
import { anchorsOf, namedLines } from './anchors.ts'
import { oneLine, plainText } from './build.ts'

/** Plain data: it crosses from the thread that renders. */
export interface PageContents {
  /** By anchor: the text from its heading to the next one, or that of its line. */
  sections: Map<string, string>
  /** Addresses, each once for each link. */
  links: string[]
  /** Addresses of images. */
  images: string[]
  /** Mermaid texts. */
  diagrams: string[]
  /** What stands in code style within a text, with how often. */
  codes: Map<string, number>
  /** Headings with nothing under them. */
  empty: string[]
}

/** Call it before the tree is changed for rendering. */
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

/** Does not recurse: nobody promised how deep the tree is. */
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
