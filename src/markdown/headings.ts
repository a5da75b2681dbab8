/** Headings: an id that can be linked to, a link that shows it, and the list of them for the table of contents. */

import type { Root } from 'mdast'
import { anchorsOf, namedLines } from './anchors.ts'
import { plainText } from './build.ts'
import { frame } from './frame.ts'
import { Slugger } from './slug.ts'
import { SKIP, walk } from './walk.ts'

/** The same shape as the `Heading` of a published set. */
export interface Heading {
  /** 1 to 6. */
  depth: number
  id: string
  /** Plain text, trimmed. */
  text: string
}

/** Give every line that begins with a name its id. Call it while folds and headings are as they were written. */
export function anchorLines(tree: Root): void {
  const anchors = anchorsOf(tree.children)
  for (const { line } of namedLines(tree.children)) line.data = { ...line.data, hProperties: { id: anchors.get(line) } }
}

/**
 * Give every heading its id and, below the first level, a permanent link beside it; the link is no part of the heading,
 * so that its name stays what was written.
 *
 * @returns The headings in order.
 */
export function anchorHeadings(tree: Root): Heading[] {
  const slugger = new Slugger()
  const headings: Heading[] = []
  walk(tree, (node, index, parent) => {
    if (node.type !== 'heading') return undefined
    const text = plainText(node).replace(/\s+/g, ' ').trim()
    const id = slugger.next(text)
    headings.push({ depth: node.depth, id, text })
    node.data = { ...node.data, hProperties: { id } }
    if (node.depth === 1) return SKIP
    const link = frame('a', { className: ['anchor'], href: `#${id}`, ariaLabel: `Link to “${text}”` }, [])
    parent.children[index] = frame('div', { className: ['heading', `heading-${node.depth}`] }, [node, link])
    return SKIP
  })
  return headings
}
