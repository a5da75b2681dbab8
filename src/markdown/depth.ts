/** How deep a Markdown tree may be. Every later step recurses over it, so this is where the stack is made safe. */

import type { Nodes, Root } from 'mdast'
import { AppError } from '#base/errors.ts'

/** Thrown for Markdown that is nested deeper than anybody writes. */
export class NestedTooDeep extends AppError {
  readonly code = 'NESTED_TOO_DEEP'
}

/** In nodes: forty lists within each other are eighty. */
const MAX_DEPTH = 100

/** @throws {NestedTooDeep} */
export function checkDepth(tree: Root): void {
  let level: Nodes[] = [tree]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) throw new NestedTooDeep(`Expected at most ${MAX_DEPTH} nodes within each other.`)
    level = level.flatMap((node): Nodes[] => ('children' in node ? node.children : []))
  }
}
