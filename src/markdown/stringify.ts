/** From a Markdown tree to Markdown text: the same tree gives the same bytes, and parsing them gives the tree back. */

import type { Root, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify, { type Options } from 'remark-stringify'
import { unified } from 'unified'
import { quickHandlers } from './quick-handlers.ts'

/** How what has several forms is written. */
export const SETTINGS: Options = {
  bullet: '-',
  emphasis: '_',
  fence: '`',
  fences: true,
  incrementListMarker: true,
  listItemIndent: 'one',
  resourceLink: true,
  rule: '-',
  strong: '*',
}

const writer = unified()
  .use(remarkStringify, { ...SETTINGS, handlers: quickHandlers })
  .use(remarkGfm, { tablePipeAlign: false, singleTilde: false })
  .freeze()

/** Markdown of a page, ending in one line feed. */
export function stringify(children: RootContent[]): string {
  const root: Root = { type: 'root', children }
  return `${writer.stringify(root).trim()}\n`
}
