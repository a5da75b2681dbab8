/** Stores the uses in one file as rows of numbers next to their edges, the form in which they are cached. */

import type { FileBlocks } from '#generate/file-blocks.ts'
import type { Binding, Edge, FileUses, Use } from '#generate/model.ts'

/** Columns of a use; its edge is an index in the file's list of edges. */
export const U = { edge: 0, line: 1, column: 2, order: 3, block: 4 } as const
const U_WIDTH = 5
/** Limit on the uses of one edge. */
export const MAX_USES = 1_000

export class UseRows {
  readonly #rows: number[] = []
  readonly #counts = new Map<Edge, number>()
  /** The edge of each row. */
  readonly #edges: Edge[] = []

  /** @param at - The position of a use; only the first uses of an edge are recorded. */
  add(edge: Edge, at: { line: number; column: number; order: number; block: number }): void {
    const count = this.#counts.get(edge) ?? 0
    if (count >= MAX_USES) return
    this.#counts.set(edge, count + 1)
    this.#edges.push(edge)
    this.#rows.push(at.line, at.column, at.order, at.block)
  }

  /** @param edges - Uses of other edges are left out. */
  done(edges: readonly Edge[]): Int32Array {
    const indexes = new Map(edges.map((edge, index) => [edge, index]))
    const rows: number[] = []
    for (const [number, edge] of this.#edges.entries()) {
      const index = indexes.get(edge)
      if (index === undefined) continue
      rows.push(index)
      for (let field = number * 4; field < number * 4 + 4; field++) rows.push(this.#rows[field] ?? 0)
    }
    return Int32Array.from(rows)
  }
}

/** The uses in the form of the model, rebuilt on every access because keeping the objects would take much memory. */
export class FileUsesInRows implements FileUses {
  readonly blocks: FileBlocks
  readonly #edges: readonly Edge[]
  readonly #rows: ArrayLike<number>
  readonly #bindings: readonly Binding[]
  readonly #more: readonly Use[]

  /** @param more - Uses of edges that are not in the list. */
  constructor(
    edges: readonly Edge[],
    rows: ArrayLike<number>,
    blocks: FileBlocks,
    { bindings }: { readonly bindings: readonly Binding[] },
    more: readonly Use[] = [],
  ) {
    this.#edges = edges
    this.#rows = rows
    this.blocks = blocks
    this.#bindings = bindings
    this.#more = more
  }

  get isEmpty(): boolean {
    return this.#rows.length + this.#more.length + this.#bindings.length + this.blocks.values.length === 0
  }

  get uses(): Use[] {
    const uses: Use[] = []
    const rows = this.#rows
    for (let at = 0; at < rows.length; at += U_WIDTH) {
      const edge = this.#edges[rows[at + U.edge] ?? -1]
      if (edge === undefined) continue
      const { from, to, kind } = edge
      const [line = 0, column = 0] = [rows[at + U.line], rows[at + U.column]]
      const [order = 0, block = -1] = [rows[at + U.order], rows[at + U.block]]
      uses.push({ from, to, kind, line, column, order, block })
    }
    return uses.concat(this.#more).sort((a, b) => a.order - b.order)
  }

  get bindings(): Binding[] {
    return [...this.#bindings]
  }
}
