/** The syntax tree in which blocks are found. */

/** The nodes of a text in document order, independent of the parser. */
export interface BlockTree {
  readonly text: string
  readonly size: number
  readonly kinds: ArrayLike<number>
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  /** For each node, the index after its last descendant. */
  readonly after: ArrayLike<number>
  /** The field of each node; empty for a tree without fields. */
  readonly fields: ArrayLike<number>
  /** Whether the node is named and not a comment. */
  isChild(node: number): boolean
}

export const startOf = (tree: BlockTree, node: number): number => tree.starts[node] ?? 0
export const endOf = (tree: BlockTree, node: number): number => tree.ends[node] ?? 0
export const kindOf = (tree: BlockTree, node: number): number => tree.kinds[node] ?? 0

/** The first `length` characters of a node. */
export const headOf = (tree: BlockTree, node: number, length: number): string =>
  tree.text.slice(startOf(tree, node), Math.min(endOf(tree, node), startOf(tree, node) + length))

/** @returns The node itself if there is no such child. */
export function childAt(tree: BlockTree, node: number, index: number): number {
  const end = tree.after[node] ?? 0
  let left = index
  for (let child = node + 1; child < end; child = tree.after[child] ?? end)
    if (tree.isChild(child) && left-- === 0) return child
  return node
}

/** @returns -1 if the child is the first one. */
export function childBefore(tree: BlockTree, node: number, child: number): number {
  let before = -1
  for (let one = node + 1; one < child; one = tree.after[one] ?? child) if (tree.isChild(one)) before = one
  return before
}

/** @returns The node itself if it has no children. */
export function lastChildOf(tree: BlockTree, node: number): number {
  const end = tree.after[node] ?? 0
  let last = node
  for (let child = node + 1; child < end; child = tree.after[child] ?? end) if (tree.isChild(child)) last = child
  return last
}
