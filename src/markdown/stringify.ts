/** From a Markdown tree to Markdown text: the same tree gives the same bytes, and parsing them gives the tree back. */

import type { Root, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'

const writer = unified()
  .use(remarkStringify, {
    bullet: '-',
    emphasis: '_',
    fence: '`',
    fences: true,
    incrementListMarker: true,
    listItemIndent: 'one',
    resourceLink: true,
    rule: '-',
    strong: '*',
  })
  .use(remarkGfm, { tablePipeAlign: false, singleTilde: false })
  .freeze()

/** Markdown of a page, ending in one line feed. */
export function stringify(children: RootContent[]): string {
  const root: Root = { type: 'root', children }
  return `${writer.stringify(root).trim()}\n`
}
