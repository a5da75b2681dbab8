/** Flattens blocks to the inline content of a table cell: items get bullets, code becomes inline code. */

import type { PhrasingContent, RootContent } from 'mdast'

export function phrasingOf(blocks: readonly RootContent[]): PhrasingContent[] {
  const parts = blocks.map(partOf).filter((part) => part.length > 0)
  return parts.flatMap((part, at) => (at === 0 ? part : [{ type: 'break' as const }, ...part]))
}

function partOf(block: RootContent): PhrasingContent[] {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.children
    case 'code':
      return block.value.trim() === '' ? [] : [{ type: 'inlineCode', value: block.value.replace(/\s+/g, ' ').trim() }]
    case 'list':
      return block.children.flatMap(({ children }, at) => {
        const mark = block.ordered === true ? `${(block.start ?? 1) + at}. ` : '• '
        const space: PhrasingContent[] = at === 0 ? [] : [{ type: 'break' }]
        return [...space, { type: 'text', value: mark }, ...phrasingOf(children)]
      })
    case 'admonition':
      return phrasingOf([...(block.title === null ? [] : [titled(block.title)]), ...block.children])
    case 'folded':
      return phrasingOf([titled([{ type: 'text', value: block.title }]), ...block.children])
    case 'tabSet':
      return phrasingOf(
        block.tabs.flatMap(({ title, children }) => [titled([{ type: 'text', value: title }]), ...children]),
      )
    case 'table':
      return phrasingOf(
        block.children.map(({ children }) => ({
          type: 'paragraph',
          children: children.flatMap((cell) => [...cell.children, { type: 'text', value: ' ' }]),
        })),
      )
    case 'blockquote':
      return phrasingOf(block.children)
    default:
      return []
  }
}

const titled = (children: PhrasingContent[]): RootContent => ({
  type: 'paragraph',
  children: [{ type: 'strong', children }],
})
