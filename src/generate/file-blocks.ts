/** The blocks and calls of one file in numeric columns, for passing between threads and for caching. */

import { headRows, headsAt } from './head-rows.ts'
import { BLOCK_KINDS, type Block } from './model.ts'

/** Columns of a block. The name is an index into a list of names, or -1. */
export const B = { kind: 0, parent: 1, startLine: 2, endLine: 3, name: 4 } as const
export const B_WIDTH = 5

/** @typeParam Rows - A form of numbers. */
export interface BlockRows<Rows> {
  /** `B_WIDTH` columns per block, sorted by start, outer blocks before inner ones. */
  readonly columns: Rows
  readonly names: readonly string[]
  /** Rows of `head-rows.ts`. */
  readonly heads: Rows
  /** Rows of `innermost-statements.ts`. */
  readonly statements: Rows
  /** Rows of `call-rows.ts`. */
  readonly calls: Rows
  readonly values: Rows
}

export type FileBlocks = BlockRows<Int32Array>

/** The same rows in another form. */
export const mapRows = <From, To>(rows: BlockRows<From>, to: (one: From) => To): BlockRows<To> => ({
  columns: to(rows.columns),
  names: rows.names,
  heads: to(rows.heads),
  statements: to(rows.statements),
  calls: to(rows.calls),
  values: to(rows.values),
})

export const NO_BLOCKS: FileBlocks = {
  columns: new Int32Array(),
  names: [],
  heads: new Int32Array(),
  statements: new Int32Array(),
  calls: new Int32Array(),
  values: new Int32Array(),
}

/** @param known - Names to which other rows refer. */
export function packBlocks(blocks: readonly Block[], known: readonly string[] = []): FileBlocks {
  const columns = new Int32Array(blocks.length * B_WIDTH)
  const names = [...known]
  for (const [index, { kind, parent, startLine, endLine, name }] of blocks.entries()) {
    const number = name === undefined ? -1 : names.push(name) - 1
    columns.set([BLOCK_KINDS.indexOf(kind), parent, startLine, endLine, number], index * B_WIDTH)
  }
  return { ...NO_BLOCKS, columns, names, heads: Int32Array.from(headRows(blocks)) }
}

/** The block with this index; `undefined` if there is none. */
export function blockAt({ columns, names, heads }: FileBlocks, index: number): Block | undefined {
  if (index < 0 || index * B_WIDTH >= columns.length) return undefined
  const column = (number: number): number => columns[index * B_WIDTH + number] ?? -1
  const name = names[column(B.name)]
  return {
    kind: BLOCK_KINDS[column(B.kind)] ?? 'unknown',
    parent: column(B.parent),
    startLine: column(B.startLine),
    endLine: column(B.endLine),
    ...headsAt(heads, index),
    ...(name === undefined ? {} : { name }),
  }
}
