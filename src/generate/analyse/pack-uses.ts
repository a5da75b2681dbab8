/**
 * Packs the uses of many files for the cache of a language family: each name once, everything else as rows of numbers.
 */

import { headRows, headsAt } from '#generate/head-rows.ts'
import { BLOCK_KINDS, type Block, type Edge, type FileUses, type Use } from '#generate/model.ts'
import type { StringTable } from './pack-edges.ts'

/** Columns of a use: from, to, kind, line, column, order, block. */
const USE_WIDTH = 7
/** Columns of a block: kind, parent, start line, end line, decision, name. */
const BLOCK_WIDTH = 6

export type PackedUses = readonly (Pick<FileUses, 'bindings' | 'unknownCalls'> & {
  path: string
  uses: Int32Array
  blocks: Int32Array
  heads: Int32Array
  statements: Int32Array
})[]

/** @param table - Gets the names. */
export function packUses(files: ReadonlyMap<string, FileUses>, table: StringTable): PackedUses {
  const numberOf = (text: string): number => table.numberOf(text)
  return [...files].map(([path, { uses, blocks, statements, bindings, unknownCalls }]) => ({
    path,
    uses: columns(uses, USE_WIDTH, ({ from, to, kind, line, column, order, block }) => [
      ...[numberOf(from), numberOf(to), numberOf(kind)],
      ...[line, column, order, block],
    ]),
    blocks: columns(blocks, BLOCK_WIDTH, ({ kind, parent, startLine, endLine, decision = -1, name }) => [
      ...[BLOCK_KINDS.indexOf(kind), parent, startLine, endLine, decision],
      name === undefined ? -1 : numberOf(name),
    ]),
    heads: Int32Array.from(headRows(blocks)),
    statements: Int32Array.from(statements),
    bindings,
    unknownCalls,
  }))
}

export function unpackUses(files: PackedUses, strings: readonly string[]): Map<string, FileUses> {
  const text = (number: number | undefined): string => strings[number ?? -1] ?? ''
  return new Map(
    files.map(({ path, uses, blocks, heads, statements, bindings, unknownCalls }) => {
      const readUse = ([from, to, kind, line = 0, column = 0, order = 0, block = -1]: readonly number[]): Use => {
        return { from: text(from), to: text(to), kind: text(kind) as Edge['kind'], line, column, order, block }
      }
      const readBlock = (
        [kind = 0, parent = -1, startLine = 0, endLine = 0, decision, name]: readonly number[],
        index: number,
      ): Block => ({
        kind: BLOCK_KINDS[kind] ?? 'unknown',
        parent,
        startLine,
        endLine,
        ...(decision === -1 || decision === undefined ? {} : { decision }),
        ...headsAt(heads, index),
        ...(name === -1 ? {} : { name: text(name) }),
      })
      return [
        path,
        {
          uses: rows(uses, USE_WIDTH).map(readUse),
          blocks: rows(blocks, BLOCK_WIDTH).map(readBlock),
          statements,
          bindings,
          unknownCalls,
        },
      ]
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
