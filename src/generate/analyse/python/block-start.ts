/** A line of a docstring that may start a block, and where the block's Markdown goes. */

import type { DocParts } from '#generate/analyse/doc-comment.ts'

export interface BlockStart {
  readonly lines: readonly string[]
  readonly i: number
  readonly indent: number
  /** The line without its indentation. */
  readonly content: string
  readonly output: string[]
  readonly depth: number
  readonly parts: DocParts
  /** Converts the text inside the block; unchanged if blocks are nested too deeply. @param parts - Those of the docstring by default. */
  nested(lines: readonly string[], parts?: DocParts): string[]
}
