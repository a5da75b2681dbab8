/**
 * Replaces raw HTML in Markdown with its plain text. Anything that only looks like a tag, as in `Map<Key, Value>`, is text and
 * stays.
 */

import type { Parents, Root, RootContent } from 'mdast'
import { replaceAt } from '#base/long-arrays.ts'
import { textOfHtml } from './html-text.ts'
import { walk } from './walk.ts'

const LINE_BREAK = /^<br ?\/?>$/i

export function dropRawHtml(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'html') return undefined
    const children: RootContent[] = parent.children
    const kept = contentOf(node.value, parent)
    replaceAt(children, index, kept)
    return index + kept.length
  })
}

function contentOf(html: string, parent: Parents): RootContent[] {
  const isBlock = parent.type === 'root' || parent.type === 'blockquote' || parent.type === 'listItem'
  if (!isBlock && LINE_BREAK.test(html)) return [{ type: 'break' }]
  const value = textOfHtml(html)
  if (value === '' || (isBlock && value.trim() === '')) return []
  return isBlock
    ? [{ type: 'paragraph', children: [{ type: 'text', value: value.trim() }] }]
    : [{ type: 'text', value }]
}
