/** Writes what the overview begins with: what the repository is. */

import type { BlockContent } from 'mdast'
import { purposeOf } from '#generate/pages/module/purpose.ts'
import { isAside } from '#generate/pages/telling.ts'
import { docBlocks, type Writing } from '#generate/pages/writing.ts'
import { plainText } from '#markdown/build.ts'
import { ownWords } from './introduce.ts'

const MAX_CHARS = 3_000

/** Without a last paragraph that announces what is not there: `It gives you:`. */
function withoutLead(blocks: BlockContent[]): BlockContent[] {
  const last = blocks.at(-1)
  return last?.type === 'paragraph' && plainText(last).trimEnd().endsWith(':') ? blocks.slice(0, -1) : blocks
}

/** Praise and remarks are left out behind the first paragraph. */
const isDescribing = (block: BlockContent, at: number): boolean =>
  at === 0 || block.type !== 'paragraph' || !isAside(plainText(block))

/** The introduction, otherwise the purpose of the first module. */
export function whatItIs(writing: Writing): BlockContent[] {
  const own = ownWords(writing)
  if (own.length > 0)
    return own.flatMap(({ words, path }) =>
      withoutLead(docBlocks(writing, words, path, MAX_CHARS)).filter(isDescribing),
    )
  const [first] = writing.root.children
  return first === undefined || first.isBeside === true ? [] : (purposeOf(writing, first)?.blocks ?? [])
}
