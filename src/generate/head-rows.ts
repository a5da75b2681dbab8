/** The heads of the blocks of one file as rows of numbers, sorted by block. */

import { lowerBound } from '#base/binary-search.ts'
import { type Block, type BlockHead, HEAD_KINDS } from './model.ts'

/** Columns of a row: block, kind, start, end. */
export const HEAD_WIDTH = 4

export function headRows(blocks: readonly Pick<Block, 'heads'>[]): number[] {
  const rows: number[] = []
  for (const [index, { heads = [] }] of blocks.entries())
    for (const { kind, start, end } of heads) rows.push(index, HEAD_KINDS.indexOf(kind), start, end)
  return rows
}

/** The heads of a block; `{}` for one without. */
export function headsAt(rows: ArrayLike<number>, block: number): Pick<Block, 'heads'> {
  const count = rows.length / HEAD_WIDTH
  const heads: BlockHead[] = []
  for (
    let row = lowerBound(count, (index) => (rows[index * HEAD_WIDTH] ?? 0) < block);
    row < count && rows[row * HEAD_WIDTH] === block;
    row++
  ) {
    const [kind = 0, start = 0, end = 0] = [1, 2, 3].map((column) => rows[row * HEAD_WIDTH + column])
    heads.push({ kind: HEAD_KINDS[kind] ?? 'unknown', start, end })
  }
  return heads.length === 0 ? {} : { heads }
}
