/**
 * Parses Markdown. Only for our own text, or text that `parse-shallow.ts` has checked: the parser needs more than linear time,
 * and stack, for some inputs.
 */

import type { Root } from 'mdast'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { quickBlocks } from './quick-blocks.ts'

const parser = unified().use(remarkParse).use(remarkGfm, { singleTilde: false }).freeze()

/** @returns The tree. Positions are missing or relative to their block. */
export function parse(markdown: string): Root {
  return { type: 'root', children: quickBlocks(markdown, (block) => parser.parse(block).children) }
}
