/**
 * Parses Markdown. Only for our own text, or text that `parse-shallow.ts` has checked: the parser needs more than linear time,
 * and stack, for some inputs.
 */

import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze()

export function parse(markdown: string): Root {
  return parser.parse(markdown)
}
