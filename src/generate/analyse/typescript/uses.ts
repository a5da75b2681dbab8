/** The occurrences of a file's edges, in a packed form for the cache and for threads. */

import { headRows, headsAt } from '#generate/head-rows.ts'
import {
  type Binding,
  BLOCK_KINDS,
  type Block,
  type Edge,
  type FileUses,
  type UnknownCall,
  type Use,
} from '#generate/model.ts'
import { packNumbers, unpackNumbers } from './packed-numbers.ts'

export interface PackedUses {
  /** Kind, parent, first line, number of further lines and decision of each block. */
  readonly blocks: string
  /** Rows of `head-rows.ts`. */
  readonly heads: string
  /** See `FileUses`. */
  readonly statements: string
  readonly names: ReadonlyMap<number, string>
  /** Edge, line, column and block of each use, in the order of evaluation. */
  readonly uses: string
  readonly bindings: readonly Binding[]
  readonly unknownCalls: readonly UnknownCall[]
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
  names: Pick<PackedUses, 'bindings' | 'unknownCalls' | 'statements'>,
): PackedUses {
  return {
    blocks: packNumbers(
      blocks.flatMap(({ kind, parent, startLine, endLine, decision = -1 }) => [
        BLOCK_KINDS.indexOf(kind),
        parent,
        startLine,
        endLine - startLine,
        decision,
      ]),
    ),
    heads: packNumbers(headRows(blocks)),
    names: new Map(blocks.flatMap(({ name }, index) => (name === undefined ? [] : [[index, name] as const]))),
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

  get blocks(): Block[] {
    const blocks: Block[] = []
    const numbers = unpackNumbers(this.#packed.blocks)
    const heads = unpackNumbers(this.#packed.heads)
    for (let at = 0; at < numbers.length; at += 5) {
      const [kind = 0, parent = -1, startLine = 1] = [numbers[at], numbers[at + 1], numbers[at + 2]]
      const [more = 0, decision = -1] = [numbers[at + 3], numbers[at + 4]]
      const name = this.#packed.names.get(blocks.length)
      blocks.push({
        kind: BLOCK_KINDS[kind] ?? 'unknown',
        parent,
        startLine,
        endLine: startLine + more,
        ...(decision === -1 ? {} : { decision }),
        ...headsAt(heads, blocks.length),
        ...(name === undefined ? {} : { name }),
      })
    }
    return blocks
  }

  get statements(): readonly number[] {
    return unpackNumbers(this.#packed.statements)
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

  get unknownCalls(): UnknownCall[] {
    return [...this.#packed.unknownCalls]
  }
}
