/** Converts a tree to Markdown. The same tree results in the same bytes, and parsing them results in the same tree. */

import type { Root, RootContent } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkStringify, { type Options } from 'remark-stringify'
import { unified } from 'unified'
import { quickHandlers } from './quick-handlers.ts'

/** The choice of syntax where Markdown has several forms. */
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

/** The Markdown of a page, with one final line feed. */
export function stringify(children: RootContent[]): string {
  const root: Root = { type: 'root', children }
  return `${writer.stringify(root).trim()}\n`
}
