/**
 * The occurrences of each edge in the source, in typed arrays, because there may be millions of them. Uses
 * without an edge are dropped.
 */

import { lowerBound } from '#base/binary-search.ts'
import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { argumentsAt, namesCalledIn, valuesIn } from './call-rows.ts'
import { B_WIDTH, blockAt, type FileBlocks, NO_BLOCKS } from './file-blocks.ts'
import { type Statement, statementAt } from './innermost-statements.ts'
import {
  type Binding,
  type Block,
  type Component,
  compareText,
  type Edge,
  type FileUses,
  type PassedArgument,
  type Use,
  type ValueUse,
} from './model.ts'

/** A use and the file it is in. */
export interface Occurrence extends Use {
  file: string
}

/** Limit on the uses of one edge in all files. */
const MAX_OF_EDGE = 1_000
/** Number of fields stored for a use. */
const USE_FIELDS = 5

const NO_USES: FileUses = { blocks: NO_BLOCKS, uses: [], bindings: [] }

/** Rows of an edge and the fields of its use, in an array that grows. */
class UseList {
  numbers = new Int32Array(1_024 * (USE_FIELDS + 1))
  length = 0

  add(edge: number, file: number, { line, column, order, block }: Use): void {
    if (this.length === this.numbers.length) {
      const grown = new Int32Array(this.numbers.length * 2)
      grown.set(this.numbers)
      this.numbers = grown
    }
    const { numbers, length } = this
    numbers[length] = edge
    numbers[length + 1] = file
    numbers[length + 2] = line
    numbers[length + 3] = column
    numbers[length + 4] = order
    numbers[length + 5] = block
    this.length = length + USE_FIELDS + 1
  }
}

export class Occurrences {
  static readonly none: Occurrences = Occurrences.of([], new Map())

  readonly #edges: readonly Edge[]
  /** Indexes of edges, keyed by source, sorted by target and kind. */
  readonly #edgesFrom = new Map<string, number[]>()
  /** The uses of edge `n` are those from `#first[n]` up to `#first[n + 1]`. */
  #first: Int32Array
  /** File, line, column, order and block of each use. */
  #uses: Int32Array
  #paths: readonly string[]
  readonly #blocks = new Map<string, FileBlocks>()
  readonly #bindings = new Map<string, readonly Binding[]>()

  /** @param edges - Edges without duplicates. */
  static of(edges: readonly Edge[], files: ReadonlyMap<string, FileUses>): Occurrences {
    return new Occurrences(edges, files)
  }

  private constructor(edges: readonly Edge[], files: ReadonlyMap<string, FileUses>) {
    this.#edges = edges
    for (const [index, { from }] of edges.entries()) push(this.#edgesFrom, from, index)
    this.#paths = [...files.keys()].sort(compareText)
    if (files.size > 0) for (const own of this.#edgesFrom.values()) own.sort((a, b) => this.#compare(a, b))
    const counts = new Int32Array(edges.length + 1)
    const found = new UseList()
    for (const [file, path] of this.#paths.entries()) {
      const { blocks, uses, bindings } = files.get(path) ?? NO_USES
      if (blocks.columns.length + blocks.statements.length + blocks.values.length > 0) this.#blocks.set(path, blocks)
      if (bindings.length > 0) this.#bindings.set(path, bindings)
      for (const use of uses) {
        const edge = this.#edgeOf(use)
        const count = counts[edge + 1] ?? 0
        if (edge === -1 || count === MAX_OF_EDGE) continue
        counts[edge + 1] = count + 1
        found.add(edge, file, use)
      }
    }
    for (let index = 1; index < counts.length; index++) counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0)
    this.#first = counts
    this.#uses = groupUses(found, counts)
  }

  /**
   * The same occurrences, assigned to other edges.
   *
   * @param edges - Sorted by source, target and kind.
   * @param sources - For each new edge, the indexes of the current edges that it replaces.
   * @param idOf - The new id of a component that is imported; `null` if it no longer exists.
   */
  regrouped(
    edges: readonly Edge[],
    sources: readonly (readonly number[])[],
    idOf: (id: string) => string | null,
  ): Occurrences {
    const other = new Occurrences(edges, new Map())
    let total = 0
    for (const [index, own] of sources.entries()) {
      let count = 0
      for (const edge of own) count += (this.#first[edge + 1] ?? 0) - (this.#first[edge] ?? 0)
      total += Math.min(count, MAX_OF_EDGE)
      other.#first[index + 1] = total
    }
    other.#uses = new Int32Array(total * USE_FIELDS)
    let at = 0
    const copy = (from: number, to: number): void => {
      other.#uses.set(this.#uses.subarray(from, to), at)
      at += to - from
    }
    for (const own of sources) {
      const [edge = 0] = own
      if (own.length === 1) copy((this.#first[edge] ?? 0) * USE_FIELDS, (this.#first[edge + 1] ?? 0) * USE_FIELDS)
      else for (const row of this.#rowsOf(own)) copy(row, row + USE_FIELDS)
    }
    other.#paths = this.#paths
    for (const [path, blocks] of this.#blocks) other.#blocks.set(path, blocks)
    for (const [path, all] of this.#bindings)
      other.#bindings.set(
        path,
        all.map((one) => (one.to === null ? one : { ...one, to: idOf(one.to) })),
      )
    return other
  }

  /** Offsets of the uses of several edges in `#uses`, sorted by file and order. */
  #rowsOf(edges: readonly number[]): number[] {
    const rows: number[] = []
    for (const edge of edges)
      for (let use = this.#first[edge] ?? 0; use < (this.#first[edge + 1] ?? 0); use++) rows.push(use * USE_FIELDS)
    const [file, order] = [0, 3]
    const at = (row: number, column: number): number => this.#uses[row + column] ?? 0
    return rows.sort((a, b) => at(a, file) - at(b, file) || at(a, order) - at(b, order)).slice(0, MAX_OF_EDGE)
  }

  /** Uses of `to` in `from`, whatever the kind of the edge; sorted by kind, file and order. */
  usesOf(from: string, to: string): Occurrence[] {
    const own = this.#edgesFrom.get(from) ?? []
    const targetOf = (index: number): string => this.#edges[own[index] ?? -1]?.to ?? ''
    const first = lowerBound(own.length, (index) => compareText(targetOf(index), to) < 0)
    const found: Occurrence[] = []
    for (let index = first; index < own.length && targetOf(index) === to; index++)
      append(found, this.ofEdge(own[index] ?? -1))
    return found
  }

  /**
   * The file that an edge comes from: the file of its source, except for a Rust `impl`, which may be in another file
   * than its type.
   *
   * @param home - The file of the source.
   */
  fileOf({ from, to, kind }: Pick<Edge, 'from' | 'to' | 'kind'>, home: string): string {
    if (kind !== 'implements' || !home.endsWith('.rs')) return home
    return this.usesOf(from, to).find((use) => use.kind === kind)?.file ?? home
  }

  /** Everything that a component or the top level of a file uses. */
  usesIn(from: string): Occurrence[] {
    return (this.#edgesFrom.get(from) ?? []).flatMap((edge) => this.ofEdge(edge))
  }

  /** @param index - Index of the edge in the list given to `of`. */
  ofEdge(index: number): Occurrence[] {
    const edge = this.#edges[index]
    const found: Occurrence[] = []
    if (edge === undefined || this.#first[index] === this.#first[index + 1]) return found
    const { from, to, kind } = edge
    const uses = this.#uses
    const end = (this.#first[index + 1] ?? 0) * USE_FIELDS
    for (let at = (this.#first[index] ?? 0) * USE_FIELDS; at < end; at += USE_FIELDS) {
      const file = this.#paths[uses[at] ?? 0] ?? ''
      const [line = 0, column = 0, order = 0, block = -1] = [uses[at + 1], uses[at + 2], uses[at + 3], uses[at + 4]]
      found.push({ from, to, kind, file, line, column, order, block })
    }
    return found
  }

  /** The block with this index in its file. */
  blockOf(path: string, index: number): Block | undefined {
    return blockAt(this.#blocks.get(path) ?? NO_BLOCKS, index)
  }

  /** The short statement around an offset, if it contains no other ones. */
  statementAt(path: string, offset: number): Statement | undefined {
    return statementAt((this.#blocks.get(path) ?? NO_BLOCKS).statements, offset)
  }

  /** What a body does with values, in order. */
  valuesIn({ file, startLine, endLine }: Pick<Component, 'file' | 'startLine' | 'endLine'>): ValueUse[] {
    return valuesIn(this.#blocks.get(file) ?? NO_BLOCKS, startLine, endLine)
  }

  /** The names that a body calls, whether or not their definitions are known. */
  namesCalledIn({ file, startLine, endLine }: Pick<Component, 'file' | 'startLine' | 'endLine'>): Set<string> {
    return namesCalledIn(this.#blocks.get(file) ?? NO_BLOCKS, startLine, endLine)
  }

  /** The arguments of a call; `undefined` if they are unknown. */
  argumentsAt(path: string, place: Pick<Use, 'line' | 'column'>): PassedArgument[] | undefined {
    return argumentsAt(this.#blocks.get(path) ?? NO_BLOCKS, place)
  }

  /** All blocks of a file, sorted by start. */
  blocksOf(path: string): Block[] {
    const count = (this.#blocks.get(path) ?? NO_BLOCKS).columns.length / B_WIDTH
    return Array.from({ length: count }, (_, index) => this.blockOf(path, index)).filter((one) => one !== undefined)
  }

  /** The blocks around a use, innermost first. */
  blocksAround({ file, block }: Pick<Occurrence, 'file' | 'block'>): Block[] {
    const around: Block[] = []
    for (let next = this.blockOf(file, block); next !== undefined; next = this.blockOf(file, next.parent)) {
      around.push(next)
    }
    return around
  }

  /** The names bound by the imports of a file, sorted by line. */
  bindingsOf(path: string): readonly Binding[] {
    return this.#bindings.get(path) ?? []
  }

  #compare(a: number, b: number): number {
    const [one, other] = [this.#edges[a], this.#edges[b]]
    if (one === undefined || other === undefined) return 0
    return compareText(one.to, other.to) || compareText(one.kind, other.kind)
  }

  /** The index of the edge of a use; -1 without an edge. */
  #edgeOf({ from, to, kind }: Use): number {
    const own = this.#edgesFrom.get(from)
    if (own === undefined) return -1
    let low = 0
    let high = own.length
    while (low < high) {
      const middle = (low + high) >> 1
      const index = own[middle] ?? -1
      const edge = this.#edges[index]
      if (edge === undefined) return -1
      const order = edge.to === to ? compareText(edge.kind, kind) : compareText(edge.to, to)
      if (order === 0) return index
      if (order < 0) low = middle + 1
      else high = middle
    }
    return -1
  }
}

/**
 * Groups uses by edge, in their order.
 *
 * @param uses - The edge of each use, then its fields.
 * @param first - The position of the first use of each edge.
 */
function groupUses({ numbers, length }: UseList, first: Int32Array): Int32Array {
  const grouped = new Int32Array((first.at(-1) ?? 0) * USE_FIELDS)
  const next = first.slice()
  for (let from = 0; from < length; from += USE_FIELDS + 1) {
    const edge = numbers[from] ?? 0
    const at = (next[edge] ?? 0) * USE_FIELDS
    for (let field = 0; field < USE_FIELDS; field++) grouped[at + field] = numbers[from + field + 1] ?? 0
    next[edge] = (next[edge] ?? 0) + 1
  }
  return grouped
}
