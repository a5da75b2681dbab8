/**
 * Packs the uses of many files for the cache of a language family: each name once, everything else as rows of numbers.
 */

import type { Edge, FileUses, Use } from '#generate/model.ts'
import type { StringTable } from './pack-edges.ts'

/** Columns of a use: from, to, kind, line, column, order, block. */
const USE_WIDTH = 7

export type PackedUses = readonly (Omit<FileUses, 'uses'> & {
  path: string
  uses: Int32Array
})[]

/** @param table - Gets the names. */
export function packUses(files: ReadonlyMap<string, FileUses>, table: StringTable): PackedUses {
  const numberOf = (text: string): number => table.numberOf(text)
  return [...files].map(([path, { uses, blocks, bindings }]) => ({
    path,
    uses: columns(uses, USE_WIDTH, ({ from, to, kind, line, column, order, block }) => [
      ...[numberOf(from), numberOf(to), numberOf(kind)],
      ...[line, column, order, block],
    ]),
    blocks,
    bindings,
  }))
}

export function unpackUses(files: PackedUses, strings: readonly string[]): Map<string, FileUses> {
  const text = (number: number | undefined): string => strings[number ?? -1] ?? ''
  return new Map(
    files.map(({ path, uses, blocks, bindings }) => {
      const readUse = ([from, to, kind, line = 0, column = 0, order = 0, block = -1]: readonly number[]): Use => {
        return { from: text(from), to: text(to), kind: text(kind) as Edge['kind'], line, column, order, block }
      }
      // Arrays from the cache would keep all of its bytes in memory.
      const own = {
        ...blocks,
        columns: blocks.columns.slice(),
        heads: blocks.heads.slice(),
        statements: blocks.statements.slice(),
      }
      return [path, { uses: rows(uses, USE_WIDTH).map(readUse), blocks: own, bindings }]
    }),
  )
}

function columns<T>(all: readonly T[], width: number, row: (one: T) => readonly number[]): Int32Array {
  const packed = new Int32Array(all.length * width)
  for (const [index, one] of all.entries()) packed.set(row(one), index * width)
  return packed
}

function rows(packed: Int32Array, width: number): number[][] {
  return Array.from({ length: packed.length / width }, (_, at) => [...packed.subarray(at * width, (at + 1) * width)])
}
