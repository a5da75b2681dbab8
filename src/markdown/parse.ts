/**
 * From Markdown text to a tree. Only for text of our own or text that `fragment.ts` has capped: a parser takes more
 * than linear time, and stack, for some inputs.
 */

import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze()

export function parse(markdown: string): Root {
  return parser.parse(markdown)
}
