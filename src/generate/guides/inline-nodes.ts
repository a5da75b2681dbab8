/** Tidies inline nodes of a cleaned guide: trims whitespace, finds blank ones, adapts them to table cells. */

import type { PhrasingContent } from 'mdast'
import { plainText, text } from '#markdown/build.ts'

/** Removes line breaks and whitespace at both ends. */
export function trim(children: readonly PhrasingContent[]): PhrasingContent[] {
  const isEdge = (node: PhrasingContent): boolean =>
    node.type === 'break' || (node.type === 'text' && node.value.trim() === '')
  const start = children.findIndex((node) => !isEdge(node))
  const end = children.findLastIndex((node) => !isEdge(node))
  return children.slice(Math.max(0, start), end + 1).map((node, index, all) => {
    if (node.type !== 'text') return node
    const value = index === 0 ? node.value.trimStart() : node.value
    return { type: 'text', value: index === all.length - 1 ? value.trimEnd() : value }
  })
}

/** Whether the nodes contain nothing visible. */
export function isBlank(children: readonly PhrasingContent[]): boolean {
  return children.every((child) => child.type !== 'image' && plainText(child).trim() === '' && !containsImage(child))
}

function containsImage(node: PhrasingContent): boolean {
  return 'children' in node && node.children.some((child) => child.type === 'image' || containsImage(child))
}

/** GFM tables cannot contain code with `\|`: it becomes text. */
export function forCell(node: PhrasingContent): PhrasingContent {
  if (node.type === 'inlineCode' && node.value.includes('\\|')) return text(node.value)
  if (node.type === 'break') return text(' ')
  return node.type === 'link' ? { ...node, children: node.children.map(forCell) } : node
}
