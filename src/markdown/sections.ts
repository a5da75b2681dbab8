/** Extracts the text below each heading for the search, without code blocks and diagrams. */

import type { Heading, Nodes, Root, RootContent } from 'mdast'

/** Maximum length of a section's text; the rest is not searched. */
const MAX_CHARS = 2_000
/** Nodes that separate words. */
const BLOCKS = new Set(['paragraph', 'heading', 'code', 'listItem', 'tableCell', 'blockquote', 'break', 'frame'])

/** The text below each top-level heading. Call this after `frameDiagrams` and before `anchorHeadings`. */
export function textsBelow(tree: Root): Map<Heading, string> {
  const texts = new Map<Heading, string>()
  let current: Heading | undefined
  for (const node of tree.children) {
    if (node.type === 'heading') {
      current = node
      texts.set(node, '')
    } else if (current !== undefined && node.type !== 'code' && node.data?.hName !== 'figure' && !isUsage(node)) {
      const text = texts.get(current) ?? ''
      if (text.length < MAX_CHARS) texts.set(current, text + wordsIn(node, MAX_CHARS - text.length))
    }
  }
  return texts
}

/** Lists of usages are left out: a search would find them instead of the code that they are about. */
function isUsage({ data }: RootContent): boolean {
  const names = data?.hProperties?.className
  return Array.isArray(names) && names.includes('usage')
}

/** Not recursive, because the tree is untrusted. */
function wordsIn(node: Nodes, most: number): string {
  let text = ''
  const left: (Nodes | ' ')[] = [node]
  for (let next = left.pop(); next !== undefined && text.length < most; next = left.pop()) {
    if (next === ' ') text += text.endsWith(' ') ? '' : ' '
    else if (next.type === 'text' || next.type === 'inlineCode') text += next.value.replace(/\s+/g, ' ')
    else if (BLOCKS.has(next.type)) left.push(' ')
    if (typeof next === 'object' && 'children' in next)
      for (let index = next.children.length - 1; index >= 0; index--) left.push(next.children[index] as Nodes)
  }
  return text.slice(0, most)
}
