/** Reads operators, for which the syntax tree has no nodes, from the text between their operands. */

import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'

/** The text between two operands without comments and the backslashes that continue a line: `or`, `not in`. */
export const operatorBetween = (tree: SyntaxTree, left: number, right: number): string =>
  tree.text
    .slice(tree.end(left), tree.start(right))
    .replace(/#.*|\\/g, '')
    .trim()
