/** The blocks of one file in numeric columns, for passing between threads and for caching. */

import { headsAt } from '#generate/head-rows.ts'
import { BLOCK_KINDS, type Block } from '#generate/model.ts'

/** Columns of a block. The name is an index into a list of names, or -1. */
export const B = { kind: 0, parent: 1, startLine: 2, endLine: 3, decision: 4, name: 5 } as const
export const B_WIDTH = 6

export interface FileBlocks {
  /** `B_WIDTH` columns per block, sorted by start, outer blocks before inner ones. */
  readonly columns: Int32Array
  readonly names: readonly string[]
  /** Rows of `head-rows.ts`. */
  readonly heads: Int32Array
  /** See `FileUses`. */
  readonly statements: Int32Array
}

/** Converts to the form of the model. */
export function blocksOf({ columns, names, heads }: FileBlocks): Block[] {
  const all: Block[] = []
  for (let at = 0; at < columns.length; at += B_WIDTH) {
    const column = (index: number): number => columns[at + index] ?? -1
    const [decision, name] = [column(B.decision), names[column(B.name)]]
    all.push({
      kind: BLOCK_KINDS[column(B.kind)] ?? 'unknown',
      parent: column(B.parent),
      startLine: column(B.startLine),
      endLine: column(B.endLine),
      ...(decision === -1 ? {} : { decision }),
      ...headsAt(heads, all.length),
      ...(name === undefined ? {} : { name }),
    })
  }
  return all
}
