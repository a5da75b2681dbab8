/** Limits the depth of a Markdown tree, because all later steps are recursive and would overflow the stack. */

import type { Nodes, Root } from 'mdast'
import { AppError } from '#base/errors.ts'

/** Thrown for Markdown that is nested too deeply. */
export class NestedTooDeep extends AppError {
  readonly code = 'NESTED_TOO_DEEP'
}

/** In nodes: forty nested lists are eighty nodes deep. */
const MAX_DEPTH = 100

/** @throws {NestedTooDeep} */
export function checkDepth(tree: Root): void {
  if (isDeeper(tree, MAX_DEPTH)) throw new NestedTooDeep(`Expected at most ${MAX_DEPTH} levels of nested nodes.`)
}

/** Whether nodes are nested more than `maxDepth` levels below the root. Not recursive. */
export function isDeeper(tree: Root, maxDepth: number): boolean {
  let level: Nodes[] = [tree]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > maxDepth) return true
    level = level.flatMap((node): Nodes[] => ('children' in node ? node.children : []))
  }
  return false
}
