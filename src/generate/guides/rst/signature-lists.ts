/** Joins lists whose items begin with a signature, which directives of API documents produce. */

import type { List, RootContent } from 'mdast'
import { append } from '#base/long-arrays.ts'

/** Appends a block; adjacent lists of signatures become one list. */
export function pushBlock(blocks: RootContent[], block: RootContent): void {
  const last = blocks.at(-1)
  if (block.type === 'list' && last?.type === 'list' && isOfSignatures(block) && isOfSignatures(last)) {
    append(last.children, block.children)
    last.spread = true
    for (const item of last.children) item.spread = true
  } else blocks.push(block)
}

function isOfSignatures({ ordered, children: [item] }: List): boolean {
  const first = item?.children[0]
  return (
    ordered !== true &&
    first?.type === 'paragraph' &&
    first.children.length === 1 &&
    first.children[0]?.type === 'inlineCode'
  )
}
