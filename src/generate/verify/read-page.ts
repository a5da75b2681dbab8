/** A page as its reader gets it: anchors, links, diagrams and sections, from the Markdown text. */

import type { Nodes, Root } from 'mdast'
import type { Page } from '#generate/model.ts'
import { oneLine, plainText } from '#markdown/build.ts'
import { parse } from '#markdown/parse.ts'
import { Slugger } from '#markdown/slug.ts'

/** What the checks need of a page; its tree is not kept, since a set may have thousands. */
export interface ReadPage {
  page: Page
  /** By anchor: the text from its heading to the next one. */
  sections: Map<string, string>
  /** Addresses, each once for each link. */
  links: string[]
  /** Mermaid texts. */
  diagrams: string[]
  /** What stands in code style within a text, with how often. */
  codes: Map<string, number>
  /** Headings with nothing under them. */
  empty: string[]
}

export function readPage(page: Page): ReadPage {
  const tree = parse(page.markdown)
  const sections = new Map<string, string>()
  const empty: string[] = []
  const slugger = new Slugger()
  let anchor: string | null = null
  let parts: string[] = []
  const close = (): void => {
    if (anchor !== null) sections.set(anchor, parts.join('\n'))
  }
  for (const [index, block] of tree.children.entries()) {
    if (block.type === 'heading') {
      close()
      anchor = slugger.next(plainText(block))
      parts = []
      const next = tree.children[index + 1]
      if (next === undefined || (next.type === 'heading' && next.depth <= block.depth)) empty.push(anchor)
    }
    parts.push(plainText(block))
  }
  close()
  return { page, sections, empty, ...collect(tree) }
}

/** Does not recurse: nobody promised how deep the tree is. */
function collect(tree: Root): Pick<ReadPage, 'links' | 'diagrams' | 'codes'> {
  const links: string[] = []
  const diagrams: string[] = []
  const codes = new Map<string, number>()
  const stack: Nodes[] = [tree]
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (node.type === 'link') links.push(node.url)
    if (node.type === 'code' && node.lang === 'mermaid') diagrams.push(node.value)
    if (node.type === 'inlineCode') {
      const text = oneLine(node.value)
      codes.set(text, (codes.get(text) ?? 0) + 1)
    }
    if ('children' in node) for (const child of node.children) stack.push(child)
  }
  return { links, diagrams, codes }
}
