/** The occurrences of a file's edges, in a packed form for the cache and for threads. */

import { type FileBlocks, packBlocks } from '#generate/file-blocks.ts'
import type { Binding, Block, Edge, FileUses, Use } from '#generate/model.ts'
import { packNumbers, unpackNumbers } from './packed-numbers.ts'

export interface PackedUses {
  /** The columns and rows of `FileBlocks`. */
  readonly blocks: string
  readonly heads: string
  /** Rows of `innermost-statements.ts`. */
  readonly statements: string
  readonly names: readonly string[]
  /** Edge, line, column and block of each use, in the order of evaluation. */
  readonly uses: string
  readonly bindings: readonly Binding[]
}

/** An occurrence of an edge, which is given by its index. */
export interface EdgeUse {
  readonly edge: number
  readonly line: number
  readonly column: number
  readonly block: number
}

export function packUses(
  blocks: readonly Block[],
  uses: readonly EdgeUse[],
  names: Pick<PackedUses, 'bindings' | 'statements'>,
): PackedUses {
  const packed = packBlocks(blocks)
  return {
    blocks: packNumbers(packed.columns),
    heads: packNumbers(packed.heads),
    names: packed.names,
    uses: packNumbers(uses.flatMap(({ edge, line, column, block }) => [edge, line, column, block])),
    ...names,
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
    const { blocks, heads, names, statements } = this.#packed
    const numbers = (packed: string): Int32Array => Int32Array.from(unpackNumbers(packed))
    return { columns: numbers(blocks), heads: numbers(heads), names, statements: numbers(statements) }
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
