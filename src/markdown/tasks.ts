/** Shows items of task lists with a symbol instead of a check box, which would need a label and could not be used. */

import type { Root } from 'mdast'
import { walk } from './walk.ts'

export function markTasks(tree: Root): void {
  walk(tree, (node) => {
    if (node.type !== 'listItem' || typeof node.checked !== 'boolean') return undefined
    const first = node.children[0]
    const symbol = { type: 'text' as const, value: node.checked ? '☑ ' : '☐ ' }
    if (first?.type === 'paragraph') first.children.unshift(symbol)
    node.checked = null
    return undefined
  })
}
