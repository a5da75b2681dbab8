/** Uses of one file as rows of numbers, beside their edges; the form in which they are cached. */

import type { Edge, FileUses, Use } from '#generate/model.ts'
import { blocksOf, type FileBlocks } from './blocks/file-blocks.ts'

/** Columns of a use; its edge is an index in the file's list of edges. */
export const U = { edge: 0, line: 1, column: 2, order: 3, block: 4 } as const
export const U_WIDTH = 5
/** Uses of one edge. */
export const MAX_USES = 1_000

export class UseRows {
  readonly #rows: number[] = []
  readonly #counts = new Map<Edge, number>()
  readonly #edges: { edge: Edge }[] = []

  /** @param at - The place of a use; only the first ones of an edge are recorded. */
  add(edge: Edge, at: { line: number; column: number; order: number; block: number }): void {
    const count = this.#counts.get(edge) ?? 0
    if (count >= MAX_USES) return
    this.#counts.set(edge, count + 1)
    this.#edges.push({ edge })
    this.#rows.push(at.line, at.column, at.order, at.block)
  }

  /** @param edges - Uses of other edges are left out. */
  done(edges: readonly Edge[]): Int32Array {
    const indexes = new Map(edges.map((edge, index) => [edge, index]))
    const rows: number[] = []
    for (const [number, { edge }] of this.#edges.entries()) {
      const index = indexes.get(edge)
      if (index !== undefined) rows.push(index, ...this.#rows.slice(number * 4, number * 4 + 4))
    }
    return Int32Array.from(rows)
  }
}

/** Uses in the form of the model. */
export function fileUsesOf(
  edges: readonly Edge[],
  rows: ArrayLike<number>,
  blocks: FileBlocks,
  { bindings, unknownCalls }: { readonly [K in 'bindings' | 'unknownCalls']: readonly FileUses[K][number][] },
): FileUses {
  const uses: Use[] = []
  for (let at = 0; at < rows.length; at += U_WIDTH) {
    const edge = edges[rows[at + U.edge] ?? -1]
    if (edge === undefined) continue
    const [line = 0, column = 0, order = 0, block = -1] = [1, 2, 3, 4].map((index) => rows[at + index])
    uses.push({ from: edge.from, to: edge.to, kind: edge.kind, line, column, order, block })
  }
  uses.sort((a, b) => a.order - b.order)
  return { blocks: blocksOf(blocks), uses, bindings: [...bindings], unknownCalls: [...unknownCalls] }
}
