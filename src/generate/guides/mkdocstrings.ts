/** References to code in Markdown, `::: name`, which mkdocstrings replaces with the documentation of the name. */

import type { RootContent } from 'mdast'
import { paragraph, plainText } from '#markdown/build.ts'

/** A name, perhaps with parameters; the options of mkdocstrings follow in the same paragraph. */
const REFERENCE = /^::: ((?:\w+(?:\.|::))*\w+)(\([^\n]{0,400}\))?(?:\s+(?::\w+:|\w+:\s)|$)/

/** Whether a block only names code. */
export const isReference = (block: RootContent): boolean =>
  block.type === 'paragraph' && REFERENCE.test(plainText(block))

/** Replaces references with code that links to the entry of its name. */
export const namingCode = (blocks: readonly RootContent[]): RootContent[] =>
  blocks.map((block) => {
    const [, symbol, parameters = ''] = (block.type === 'paragraph' && REFERENCE.exec(plainText(block))) || []
    if (symbol === undefined) return block
    return paragraph({ type: 'inlineCode', value: symbol + parameters, data: { isQuoted: true, symbol } })
  })
