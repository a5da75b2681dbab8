/** Walks over a Markdown tree, for the steps that change it: depth first, each node before its children. */

import type { Nodes, Parents, RootContent } from 'mdast'

/** Returned by a visitor to skip the children of a node. */
export const SKIP = Symbol('skip')

/**
 * Called for each node below the root of the walk. It may change the children of `parent` from `index` on.
 *
 * @returns `SKIP`, or the index at which to continue in `parent` after the node's children; by default, the next one.
 */
export type Visitor = (node: RootContent, index: number, parent: Parents) => number | typeof SKIP | undefined

/** Recursive: the depth of the tree must have been checked before (`depth.ts`). */
export function walk(parent: Nodes, visit: Visitor): void {
  if (!('children' in parent)) return
  for (let index = 0; index < parent.children.length; ) {
    const node = parent.children[index] as RootContent
    const next = visit(node, index, parent)
    if (next !== SKIP) walk(node, visit)
    index = typeof next === 'number' ? next : index + 1
  }
}
