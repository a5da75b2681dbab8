/** A parser-independent view of tree-sitter trees: named nodes, with kinds classified by shape. */

import { NodeFlag, type Nodes } from '#generate/analyse/tree/nodes.ts'
import type { Names } from '#generate/analyse/tree-sitter.ts'

/** The shapes of nodes that matter here. */
export const Shape = {
  other: 0,
  list: 1,
  index: 2,
  string: 3,
  function: 4,
  import: 5,
  assignment: 6,
  tag: 7,
  comparison: 8,
} as const

export interface ReadTree {
  readonly text: string
  readonly size: number
  /** The `Shape` of each kind of node. */
  readonly shapes: Uint8Array
  readonly kinds: ArrayLike<number>
  readonly starts: ArrayLike<number>
  readonly ends: ArrayLike<number>
  /** For each node, the index after its last descendant. */
  readonly after: ArrayLike<number>
  isNamed(node: number): boolean
  nameOfKind(kind: number): string
}

/**
 * Kinds of all grammars. A name shared by several grammars has the same shape in each, except `field_declaration`: only
 * that of Go may have a tag, so its reader checks the language.
 */
const SHAPES: Readonly<Record<string, number>> = {
  argument_list: Shape.list,
  arguments: Shape.list,
  value_arguments: Shape.list,
  bracketed_argument_list: Shape.list,
  annotation_argument_list: Shape.list,
  token_tree: Shape.list,
  subscript: Shape.index,
  subscript_expression: Shape.index,
  element_reference: Shape.index,
  index_expression: Shape.index,
  string: Shape.string,
  string_literal: Shape.string,
  raw_string_literal: Shape.string,
  interpreted_string_literal: Shape.string,
  line_string_literal: Shape.string,
  multi_line_string_literal: Shape.string,
  encapsed_string: Shape.string,
  verbatim_string_literal: Shape.string,
  simple_symbol: Shape.string,
  function_definition: Shape.function,
  function_declaration: Shape.function,
  function_item: Shape.function,
  method_declaration: Shape.function,
  method: Shape.function,
  singleton_method: Shape.function,
  local_function_statement: Shape.function,
  import_statement: Shape.import,
  import_from_statement: Shape.import,
  use_declaration: Shape.import,
  assignment: Shape.assignment,
  field_declaration: Shape.tag,
  comparison_operator: Shape.comparison,
}

export function shapeOfKind(name: string): number {
  return SHAPES[name] ?? Shape.other
}

const known = new WeakMap<Names, { shapes: Uint8Array; names: string[] }>()

/** @param text - The text whose offsets the nodes have. */
export function treeOfNodes(text: string, nodes: Nodes, names: Names): ReadTree {
  let tables = known.get(names)
  if (tables === undefined) {
    tables = { shapes: new Uint8Array(0x10000), names: [] }
    for (const { symbol, name, isNamed } of names.kinds) {
      tables.names[symbol] = name
      if (isNamed) tables.shapes[symbol] = shapeOfKind(name)
    }
    known.set(names, tables)
  }
  const { shapes, names: kindNames } = tables
  const { size, kinds, starts, ends, after, flags } = nodes
  return {
    text,
    size,
    shapes,
    kinds,
    starts,
    ends,
    after,
    isNamed: (node) => ((flags[node] ?? 0) & NodeFlag.named) !== 0,
    nameOfKind: (kind) => kindNames[kind] ?? 'ERROR',
  }
}

export function kindAt(tree: ReadTree, node: number): string {
  return tree.nameOfKind(tree.kinds[node] ?? 0)
}

export function shapeAt(tree: ReadTree, node: number): number {
  return tree.shapes[tree.kinds[node] ?? 0] ?? 0
}

export function startOf(tree: ReadTree, node: number): number {
  return tree.starts[node] ?? 0
}

export function endOf(tree: ReadTree, node: number): number {
  return tree.ends[node] ?? 0
}

export function textAt(tree: ReadTree, node: number): string {
  return tree.text.slice(startOf(tree, node), endOf(tree, node))
}

/** Limit on the children that are read; longer lists hold data, not arguments. */
const MAX_CHILDREN = 64

/** The first named children, comments left out. */
export function childrenOf(tree: ReadTree, node: number): number[] {
  const children: number[] = []
  const end = tree.after[node] ?? 0
  for (let child = node + 1; child < end && children.length < MAX_CHILDREN; child = tree.after[child] ?? end) {
    if (tree.isNamed(child) && !kindAt(tree, child).endsWith('comment')) children.push(child)
  }
  return children
}
