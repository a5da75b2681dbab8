/** Puts each table into a box that scrolls horizontally if the page is narrow. */

import type { Root } from 'mdast'
import { frame } from './frame.ts'
import { SKIP, walk } from './walk.ts'

export function wrapTables(tree: Root): void {
  walk(tree, (node, index, parent) => {
    if (node.type !== 'table') return undefined
    parent.children[index] = frame('div', { className: ['table-box'] }, [node])
    return SKIP
  })
}
