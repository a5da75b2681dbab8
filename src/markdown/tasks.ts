/** Items of task lists: a sign instead of a check box, which could not be ticked and would need a name. */

import type { Root } from 'mdast'
import { walk } from './walk.ts'

export function signTasks(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'listItem' || typeof node.checked !== 'boolean') return undefined
    const first = node.children[0]
    const sign = { type: 'text' as const, value: node.checked ? '☑ ' : '☐ ' }
    if (first?.type === 'paragraph') first.children.unshift(sign)
    node.checked = null
    return undefined
  })
}
