/** A walk over a tree, for the passes that change it on its way to HTML. Depth first, each node before what it holds. */

import type { Nodes, Parents, RootContent } from 'mdast'

/** What a node holds is not looked at. */
export const SKIP = Symbol('skip')

/**
 * Called for each node below the one where the walk begins. It may change the children of `parent` at and behind `index`.
 *
 * @returns `SKIP`, or the index at which to go on in `parent`; else the walk goes on with what the node holds, then behind it.
 */
export type Visitor = (node: RootContent, index: number, parent: Parents) => number | typeof SKIP | undefined

/** Recursive: the depth of what pages are made of is checked before (`depth.ts`). */
export function walk(parent: Nodes, visit: Visitor): void {
  if (!('children' in parent)) return
  for (let index = 0; index < parent.children.length; ) {
    const node = parent.children[index] as RootContent
    const next = visit(node, index, parent)
    if (next !== SKIP) walk(node, visit)
    index = typeof next === 'number' ? next : index + 1
  }
}
