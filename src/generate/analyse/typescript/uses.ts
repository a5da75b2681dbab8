/** The occurrences of a file's edges, in a packed form for the cache and for threads. */

import { type BlockRows, type FileBlocks, mapRows, packBlocks } from '#generate/file-blocks.ts'
import type { Binding, Block, Edge, FileUses, Use } from '#generate/model.ts'
import { packNumbers, unpackNumbers } from './packed-numbers.ts'

export interface PackedUses {
  readonly blocks: BlockRows<string>
  /** Edge, line, column and block of each use, in the order of evaluation. */
  readonly uses: string
  readonly bindings: readonly Binding[]
}

/** An occurrence of an edge, which is identified by its index. */
export interface EdgeUse {
  readonly edge: number
  readonly line: number
  readonly column: number
  readonly block: number
}

/** @param rows - The other rows of the file, and the names to which they refer. */
export function packUses(
  blocks: readonly Block[],
  uses: readonly EdgeUse[],
  bindings: readonly Binding[],
  rows: Omit<BlockRows<string>, 'columns' | 'heads'>,
): PackedUses {
  const { columns, names, heads } = packBlocks(blocks, rows.names)
  return {
    blocks: { ...rows, columns: packNumbers(columns), names, heads: packNumbers(heads) },
    uses: packNumbers(uses.flatMap(({ edge, line, column, block }) => [edge, line, column, block])),
    bindings,
  }
}

/** Unpacks on every access, because the objects of all files together would take much memory. */
export class UnpackedUses implements FileUses {
  readonly #edges: readonly Edge[]
  readonly #packed: PackedUses

  /** @param edges - The edges that the uses refer to by index. */
  constructor(edges: readonly Edge[], packed: PackedUses) {
    this.#edges = edges
    this.#packed = packed
  }

  get blocks(): FileBlocks {
    return mapRows(this.#packed.blocks, (rows) => Int32Array.from(unpackNumbers(rows)))
  }

  get uses(): Use[] {
    const uses: Use[] = []
    const numbers = unpackNumbers(this.#packed.uses)
    for (let at = 0; at < numbers.length; at += 4) {
      const edge = this.#edges[numbers[at] ?? -1]
      if (edge === undefined) continue
      const { from, to, kind } = edge
      const [line = 1, column = 1, block = -1] = [numbers[at + 1], numbers[at + 2], numbers[at + 3]]
      uses.push({ from, to, kind, line, column, order: uses.length, block })
    }
    return uses
  }

  get bindings(): Binding[] {
    return [...this.#packed.bindings]
  }
}
