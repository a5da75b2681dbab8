/**
 * References to code in Markdown: `::: name`, which mkdocstrings replaces with the documentation of the name, and
 * `[words][package.name]`, which it links to it.
 */

import type { RootContent } from 'mdast'
import { paragraph, plainText } from '#markdown/build.ts'
import { outsideFences } from '#markdown/fences.ts'
import { symbolLink } from '#markdown/symbol-links.ts'

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

/** Matches code spans, too, which stay as they are. */
const CROSS_REFERENCE =
  /(?<![\w\]\\])\[`?([^\]`[\n]{1,100})`?\]\[((?:[A-Za-z_]\w{0,60}\.){1,8}[A-Za-z_]\w{0,60})\]|(?<!`)`+[^`]+`+/g

/** `[name]: https://…`, which makes `[words][name]` a link of Markdown. */
const DEFINED = /^ {0,3}\[([A-Za-z_][\w.]{0,500})\]:/gm

/** Replaces cross-references outside of code with links to symbols, unless the text defines what they refer to. */
export function withCrossReferences(text: string): string {
  if (!text.includes('][')) return text
  const defined = new Set([...text.matchAll(DEFINED)].map(([, name]) => name))
  return outsideFences(text, (part) =>
    part.replace(CROSS_REFERENCE, (whole, words?: string, name?: string) =>
      words === undefined || name === undefined || defined.has(name) ? whole : symbolLink(name, words),
    ),
  )
}
