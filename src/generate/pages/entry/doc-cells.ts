/** Converts blocks of doc comments to the content of table cells. */

import type { BlockContent, PhrasingContent } from 'mdast'
import { quoted } from '#generate/pages/quoted.ts'
import { type Inline, join, plainText } from '#markdown/build.ts'

/** A block on one line. */
export function inlineOf(block: BlockContent): PhrasingContent[] {
  if (block.type === 'paragraph')
    return block.children.flatMap((node) => (node.type === 'break' ? [{ type: 'text' as const, value: ' ' }] : [node]))
  if (block.type === 'code') return [quoted(block.value)]
  if (block.type === 'list') {
    const items = block.children.map((item): Inline[] =>
      join(
        item.children.flatMap((child) => (isBlock(child) ? [inlineOf(child)] : [])),
        ' ',
      ),
    )
    return join(items, ' · ') as PhrasingContent[]
  }
  if (block.type === 'blockquote')
    return join(
      block.children.flatMap((child) => (isBlock(child) ? [inlineOf(child)] : [])),
      ' ',
    ) as PhrasingContent[]
  return [{ type: 'text', value: plainText(block) }]
}

function isBlock(node: { type: string }): node is BlockContent {
  return node.type !== 'definition' && node.type !== 'footnoteDefinition'
}
