/** Tables: each in a box of its own, which scrolls sideways where the page is narrow. */

import type { Root } from 'mdast'
import { SKIP, visit } from 'unist-util-visit'
import { frame } from './frame.ts'

export function boxTables(tree: Root): void {
  visit(tree, 'table', (node, index, parent) => {
    if (parent === undefined || index === undefined) return
    parent.children[index] = frame('div', { className: ['table-box'] }, [node])
    return SKIP
  })
}
