/** A page as its reader gets it: anchors, links, diagrams and sections, from the Markdown text. */

import type { Code, Link, Nodes, Parents, Root } from 'mdast'
import type { Page } from '#generate/model.ts'
import { plainText } from '#markdown/build.ts'
import { parse } from '#markdown/parse.ts'
import { Slugger } from '#markdown/slug.ts'

export interface ReadPage {
  page: Page
  tree: Root
  /** By anchor: the text from its heading to the next one. */
  sections: Map<string, string>
  links: { link: Link; parent: Parents }[]
  diagrams: Code[]
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
  return { page, tree, sections, empty, ...collect(tree) }
}

/** Does not recurse: nobody promised how deep the tree is. */
function collect(tree: Root): Pick<ReadPage, 'links' | 'diagrams'> {
  const links: ReadPage['links'] = []
  const diagrams: Code[] = []
  const stack: Parents[] = [tree]
  for (let parent = stack.pop(); parent !== undefined; parent = stack.pop()) {
    for (const node of parent.children as Nodes[]) {
      if (node.type === 'link') links.push({ link: node, parent })
      if (node.type === 'code' && node.lang === 'mermaid') diagrams.push(node)
      if ('children' in node) stack.push(node)
    }
  }
  return { links, diagrams }
}
