/** Writes the beginning of the overview: what the repository is. */

import type { BlockContent } from 'mdast'
import { openingOf, purposeOf } from '#generate/pages/module/purpose.ts'
import { describesNothing } from '#generate/pages/telling.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { plainText } from '#markdown/build.ts'
import { ownWords } from './introduce.ts'

const MAX_CHARS = 3_000

/** Without a last paragraph that introduces missing content, or links to documentation: `It gives you:`, `Read more:`. */
function withoutLead(blocks: BlockContent[]): BlockContent[] {
  const at = blocks.length - (isOfLinks(blocks.at(-1)) ? 2 : 1)
  const lead = blocks[at]
  return lead?.type === 'paragraph' && plainText(lead).trimEnd().endsWith(':') ? blocks.slice(0, at) : blocks
}

const isOfLinks = (block: BlockContent | undefined): boolean =>
  block?.type === 'list' &&
  block.children.every(({ children }) =>
    children.every((one) => one.type === 'paragraph' && one.children.every(({ type }) => type === 'link')),
  )

/** After the first paragraph, praise and asides are omitted. */
const isDescribing = (block: BlockContent, at: number): boolean =>
  at === 0 || block.type !== 'paragraph' || !describesNothing(plainText(block))

/** The introduction, otherwise the purpose of the first module. */
export function whatItIs(writing: Writing): BlockContent[] {
  const own = ownWords(writing)
  if (own.length > 0)
    return own.flatMap(({ words, path }) =>
      withoutLead(docBlocks(writing, words, path, MAX_CHARS)).filter(isDescribing),
    )
  const [first] = writing.root.children
  const purpose = first === undefined || first.isBeside === true ? null : purposeOf(writing, first)
  return purpose === null || purpose.sentence === null ? [] : openingOf(purpose.blocks)
}
