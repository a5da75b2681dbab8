/**
 * Packs the uses of many files for the cache of a language family: each name once, everything else as rows of numbers.
 */

import { mapRows } from '#generate/file-blocks.ts'
import type { Edge, FileUses, Use } from '#generate/model.ts'
import type { StringTable } from './pack-edges.ts'

/** Columns of a use: from, to, kind, line, column, order, block. */
const USE_WIDTH = 7

export type PackedUses = readonly (Omit<FileUses, 'uses'> & {
  path: string
  uses: Int32Array
})[]

/** @param table - Receives the names. */
export function packUses(files: ReadonlyMap<string, FileUses>, table: StringTable): PackedUses {
  return [...files].map(([path, { uses, blocks, bindings }]) => {
    const packed = new Int32Array(uses.length * USE_WIDTH)
    let at = 0
    for (const { from, to, kind, line, column, order, block } of uses) {
      packed[at] = table.numberOf(from)
      packed[at + 1] = table.numberOf(to)
      packed[at + 2] = table.numberOf(kind)
      packed[at + 3] = line
      packed[at + 4] = column
      packed[at + 5] = order
      packed[at + 6] = block
      at += USE_WIDTH
    }
    return { path, uses: packed, blocks, bindings }
  })
}

export function unpackUses(files: PackedUses, strings: readonly string[]): Map<string, FileUses> {
  const text = (number: number | undefined): string => strings[number ?? -1] ?? ''
  return new Map(
    files.map(({ path, uses: packed, blocks, bindings }) => {
      const uses: Use[] = []
      for (let at = 0; at < packed.length; at += USE_WIDTH) {
        const kind = text(packed[at + 2]) as Edge['kind']
        const [line = 0, column = 0] = [packed[at + 3], packed[at + 4]]
        const [order = 0, block = -1] = [packed[at + 5], packed[at + 6]]
        uses.push({ from: text(packed[at]), to: text(packed[at + 1]), kind, line, column, order, block })
      }
      // Arrays from the cache would keep all of its bytes in memory.
      return [path, { uses, blocks: mapRows(blocks, (rows) => rows.slice()), bindings }]
    }),
  )
}
