/** Splits dotted names in code. */

import type { SyntaxTree } from '#generate/analyse/syntax-tree.ts'
import { K } from './syntax.ts'

/** Limit on the parts of a chain `a.b.c`; longer chains are not followed. */
const MAX_PARTS = 16

/** The parts of `a.b.c`, or `undefined` for any other expression. */
export function dottedParts(
  tree: Pick<SyntaxTree, 'kind' | 'textOf' | 'first' | 'last'>,
  node: number,
): string[] | undefined {
  const parts: string[] = []
  let at = node
  for (let i = 0; i < MAX_PARTS; i++) {
    const kind = tree.kind(at)
    if (kind === K.identifier) {
      parts.push(tree.textOf(at))
      return parts.reverse()
    }
    if (kind !== K.attribute) return undefined
    parts.push(tree.textOf(tree.last(at)))
    at = tree.first(at)
  }
  return undefined
}
