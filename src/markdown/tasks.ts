/** Items of task lists: a sign instead of a check box, which could not be ticked and would need a name. */

import type { Root } from 'mdast'
import { visit } from 'unist-util-visit'

export function signTasks(tree: Root): void {
  visit(tree, 'listItem', (node) => {
    if (typeof node.checked !== 'boolean') return
    const first = node.children[0]
    const sign = { type: 'text' as const, value: node.checked ? '☑ ' : '☐ ' }
    if (first?.type === 'paragraph') first.children.unshift(sign)
    node.checked = null
  })
}
