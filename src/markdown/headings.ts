/** Adds ids and permanent links to headings, and lists them for the table of contents. */

import type { Root } from 'mdast'
import { anchorsOf, namedLines } from './anchors.ts'
import { plainText } from './build.ts'
import { frame } from './frame.ts'
import { Slugger } from './slug.ts'
import { SKIP, walk } from './walk.ts'

/** The same fields as the `Heading` of a published set. */
export interface Heading {
  /** 1 to 6. */
  depth: number
  id: string
  /** Plain text, trimmed. */
  text: string
}

/** Add ids to list items that begin with a name. Call this before collapsible sections and headings are converted. */
export function anchorLines(tree: Root): void {
  const anchors = anchorsOf(tree.children)
  for (const { line } of namedLines(tree.children)) line.data = { ...line.data, hProperties: { id: anchors.get(line) } }
}

/**
 * Add an id to every heading and, below the first level, a permanent link beside it. The link is not part of the heading, so
 * that it does not change its accessible name.
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
