/** Converts a `Product` to JSON for the cache and back; repeated values, such as ids, are stored once. */

import type { FileReads } from '#generate/analyse/reads/file-reads.ts'
import { type BlockRows, mapRows } from '#generate/file-blocks.ts'
import type {
  Binding,
  Component,
  ComponentKind,
  Edge,
  EdgeKind,
  EdgeOrigin,
  FileExport,
  Visibility,
} from '#generate/model.ts'
import type { Guess } from './edges.ts'
import type { Product } from './product.ts'

/** The parts in order. Ids in this file are stored without its path. */
type Parts = [
  ids: readonly string[],
  /** For each edge: from, to, kind, origin, confidence. */
  edges: readonly number[],
  components: readonly ComponentRow[],
  /** For each guess: from, name, position. */
  guesses: readonly number[],
  offered: readonly number[],
  counts: readonly [resolved: number, unresolved: number],
  doc: string | null,
  /** For each export: name, and target or -1. */
  exports: readonly number[],
  hasError: boolean,
  reads: FileReads | null,
  uses: readonly number[],
  blocks: BlockRows<readonly number[]>,
  bindings: readonly Binding[],
]

type ComponentRow = readonly [
  id: number,
  kind: ComponentKind,
  name: string,
  startLine: number,
  endLine: number,
  exported: boolean,
  visibility: Visibility,
  signature: string,
  doc: string | null,
  parent: number,
  more: Pick<Component, 'condition' | 'overloads' | 'implementation' | 'decorators' | 'details'>,
]

const decoder = new TextDecoder()

export function writeProduct(path: string, product: Product): Uint8Array {
  const ids: string[] = []
  const numbers = new Map<string, number>()
  const numberOf = (id: string): number => {
    const known = numbers.get(id)
    if (known !== undefined) return known
    numbers.set(id, ids.length)
    return ids.push(id === path || id.startsWith(`${path}#`) ? id.slice(path.length) : `=${id}`) - 1
  }
  const edges: number[] = []
  for (const { from, to, kind, origin, confidence } of product.edges) {
    edges.push(numberOf(from), numberOf(to), numberOf(kind), numberOf(origin), confidence)
  }
  const components = product.components.map(
    (one): ComponentRow => [
      numberOf(one.id),
      one.kind,
      one.name,
      one.startLine,
      one.endLine,
      one.exported,
      one.visibility,
      one.signature,
      one.doc,
      one.parent === null ? -1 : numberOf(one.parent),
      {
        ...(one.condition !== undefined && { condition: one.condition }),
        ...(one.overloads && { overloads: one.overloads }),
        ...(one.implementation && { implementation: one.implementation }),
        ...(one.decorators && { decorators: one.decorators }),
        ...(one.details && { details: one.details }),
      },
    ],
  )
  const guesses: number[] = []
  for (const { from, name, place } of product.guesses)
    guesses.push(numberOf(from), numberOf(name), place.line, place.column, place.order, place.block)
  const offered = product.offered.map(numberOf)
  const { resolved, unresolved } = product.counts
  const exports = product.exports.flatMap(({ name, to }) => [numberOf(name), to === null ? -1 : numberOf(to)])
  const about = [product.doc, exports, product.hasError, product.reads] as const
  const { uses, blocks, bindings } = product
  const places = [Array.from(uses), mapRows(blocks, (rows) => Array.from(rows)), bindings] as const
  const parts: Parts = [ids, edges, components, guesses, offered, [resolved, unresolved], ...about, ...places]
  return Buffer.from(JSON.stringify(parts))
}

/** @param bytes - As written by `writeProduct` for this path. */
export function readProduct(path: string, bytes: Uint8Array): Product {
  const parts: Parts = JSON.parse(decoder.decode(bytes))
  const [given, edges, rows, guesses, offered, [resolved, unresolved], ...about] = parts
  const [doc, exported, hasError, reads, uses, blocks, bindings] = about
  const ids = given.map((id) => (id.startsWith('=') ? id.slice(1) : path + id))
  const idAt = (number: number | undefined): string => ids[number ?? -1] ?? ''
  const product = {
    components: rows.map((row) => readComponent(path, row, idAt)),
    edges: [] as Edge[],
    guesses: [] as Guess[],
    counts: { resolved, unresolved },
    doc,
    offered: offered.map(idAt),
    exports: [] as FileExport[],
    hasError,
    reads,
    uses,
    blocks: mapRows(blocks, (one) => Int32Array.from(one)),
    bindings,
  }
  for (let i = 0; i < edges.length; i += 5) {
    product.edges.push({
      from: idAt(edges[i]),
      to: idAt(edges[i + 1]),
      kind: idAt(edges[i + 2]) as EdgeKind,
      origin: idAt(edges[i + 3]) as EdgeOrigin,
      confidence: edges[i + 4] ?? 0,
    })
  }
  for (let i = 0; i < guesses.length; i += 6) {
    const [line = 0, column = 0, order = 0, block = -1] = guesses.slice(i + 2, i + 6)
    const place = { line, column, order, block }
    product.guesses.push({ from: idAt(guesses[i]), name: idAt(guesses[i + 1]), place })
  }
  for (let i = 0; i < exported.length; i += 2) {
    product.exports.push({ name: idAt(exported[i]), to: exported[i + 1] === -1 ? null : idAt(exported[i + 1]) })
  }
  return product
}

function readComponent(path: string, row: ComponentRow, idAt: (number: number) => string): Component {
  const [id, kind, name, startLine, endLine, exported, visibility, signature, doc, parent, more] = row
  const { details, ...others } = more
  // In the order of `componentOf`, which `ComponentRow` keeps, so that the bytes do not depend on what was cached.
  return {
    id: idAt(id),
    kind,
    name,
    qualifiedName: idAt(id).slice(path.length + 1),
    file: path,
    startLine,
    endLine,
    exported,
    visibility,
    signature,
    ...others,
    doc,
    ...(details && { details }),
    parent: parent === -1 ? null : idAt(parent),
  }
}
