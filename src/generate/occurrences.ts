/**
 * The occurrences of each edge in the source, in typed arrays, because there may be millions of them. Uses
 * without an edge are dropped.
 */

import {
  type Binding,
  BLOCK_KINDS,
  type Block,
  compareText,
  type Edge,
  type FileUses,
  type NameCount,
  type Use,
} from './model.ts'

/** A use and the file it is in. */
export interface Occurrence extends Use {
  file: string
}

/** Limit on the uses of one edge in all files. */
const MAX_OF_EDGE = 1_000
/** Number of fields stored for a block, and for a use. */
const BLOCK_FIELDS = 5
const USE_FIELDS = 5

const NO_USES: FileUses = { blocks: [], uses: [], bindings: [], unknownCalls: [] }

export class Occurrences {
  static readonly none: Occurrences = Occurrences.of([], new Map())

  readonly #edges: readonly Edge[]
  /** Indexes of edges, keyed by source. */
  readonly #edgesFrom = new Map<string, number[]>()
  /** The uses of edge `n` are those from `#first[n]` up to `#first[n + 1]`. */
  #first: Int32Array
  /** File, line, column, order and block of each use. */
  #uses: Int32Array
  #paths: readonly string[]
  /** Keyed by path: kind, parent, lines and decision of each block, and the names of named blocks. */
  readonly #blocks = new Map<string, { columns: Int32Array; names: ReadonlyMap<number, string> }>()
  readonly #bindings = new Map<string, readonly Binding[]>()
  readonly #unknownCalls = new Map<string, { file: string; count: number }[]>()

  /** @param edges - Edges without duplicates. */
  static of(edges: readonly Edge[], files: ReadonlyMap<string, FileUses>): Occurrences {
    return new Occurrences(edges, files)
  }

  private constructor(edges: readonly Edge[], files: ReadonlyMap<string, FileUses>) {
    this.#edges = edges
    for (const [index, { from }] of edges.entries()) {
      const known = this.#edgesFrom.get(from)
      if (known === undefined) this.#edgesFrom.set(from, [index])
      else known.push(index)
    }
    this.#paths = [...files.keys()].sort(compareText)
    const edgeOf = this.#edgeFinder()
    const counts = new Int32Array(edges.length + 1)
    for (const { uses } of files.values()) {
      for (const use of uses) {
        const edge = edgeOf(use)
        if (edge !== -1) counts[edge + 1] = Math.min(MAX_OF_EDGE, (counts[edge + 1] ?? 0) + 1)
      }
    }
    for (let index = 1; index < counts.length; index++) counts[index] = (counts[index] ?? 0) + (counts[index - 1] ?? 0)
    this.#first = counts
    this.#uses = new Int32Array((counts.at(-1) ?? 0) * USE_FIELDS)
    const next = counts.slice()
    for (const [file, path] of this.#paths.entries()) {
      const { blocks, uses, bindings, unknownCalls } = files.get(path) ?? NO_USES
      this.#addUnknown(path, unknownCalls)
      if (blocks.length > 0) this.#blocks.set(path, packBlocks(blocks))
      if (bindings.length > 0) this.#bindings.set(path, bindings)
      for (const use of uses) {
        const edge = edgeOf(use)
        const at = next[edge] ?? 0
        if (edge === -1 || at === counts[edge + 1]) continue
        this.#uses.set([file, use.line, use.column, use.order, use.block], at * USE_FIELDS)
        next[edge] = at + 1
      }
    }
  }

  /**
   * The same occurrences, assigned to other edges.
   *
   * @param sources - For each new edge, the indexes of the current edges that it replaces.
   * @param idOf - The new id of a component that is imported; `null` if it no longer exists.
   */
  regrouped(
    edges: readonly Edge[],
    sources: readonly (readonly number[])[],
    idOf: (id: string) => string | null,
  ): Occurrences {
    const other = new Occurrences(edges, new Map())
    const rows = sources.map((of) => this.#rowsOf(of))
    let total = 0
    for (const [index, own] of rows.entries()) {
      total += own.length
      other.#first[index + 1] = total
    }
    other.#uses = new Int32Array(total * USE_FIELDS)
    let at = 0
    for (const own of rows)
      for (const row of own) other.#uses.set(this.#uses.subarray(row, row + USE_FIELDS), at++ * USE_FIELDS)
    other.#paths = this.#paths
    for (const [path, blocks] of this.#blocks) other.#blocks.set(path, blocks)
    for (const [name, calls] of this.#unknownCalls) other.#unknownCalls.set(name, calls)
    for (const [path, all] of this.#bindings)
      other.#bindings.set(
        path,
        all.map((one) => (one.to === null ? one : { ...one, to: idOf(one.to) })),
      )
    return other
  }

  /** Offsets of the uses of some edges in `#uses`, sorted by file and order if there are several edges. */
  #rowsOf(edges: readonly number[]): number[] {
    const rows: number[] = []
    for (const edge of edges)
      for (let use = this.#first[edge] ?? 0; use < (this.#first[edge + 1] ?? 0); use++) rows.push(use * USE_FIELDS)
    if (edges.length < 2) return rows
    const [file, order] = [0, 3]
    const at = (row: number, column: number): number => this.#uses[row + column] ?? 0
    return rows.sort((a, b) => at(a, file) - at(b, file) || at(a, order) - at(b, order)).slice(0, MAX_OF_EDGE)
  }

  /** Uses of `to` in `from`, whatever the kind of the edge; sorted by kind, file and order. */
  usesOf(from: string, to: string): Occurrence[] {
    return (this.#edgesFrom.get(from) ?? []).flatMap((edge) => (this.#edges[edge]?.to === to ? this.ofEdge(edge) : []))
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
    for (let use = this.#first[index] ?? 0; use < (this.#first[index + 1] ?? 0); use++) {
      const [file = 0, line = 0, column = 0, order = 0, block = -1] = this.#uses.subarray(
        use * USE_FIELDS,
        (use + 1) * USE_FIELDS,
      )
      found.push({ from, to, kind, file: this.#paths[file] ?? '', line, column, order, block })
    }
    return found
  }

  /** The block with this index in its file. */
  blockOf(path: string, index: number): Block | undefined {
    const packed = this.#blocks.get(path)
    return packed === undefined || index < 0 ? undefined : unpackBlock(packed.columns, packed.names.get(index), index)
  }

  /** All blocks of a file, sorted by start. */
  blocksOf(path: string): Block[] {
    const packed = this.#blocks.get(path)
    const count = (packed?.columns.length ?? 0) / BLOCK_FIELDS
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

  /** Calls of a member of this name on values of unknown type, counted per file. */
  unknownCallsOf(name: string): readonly { file: string; count: number }[] {
    return this.#unknownCalls.get(name) ?? []
  }

  #addUnknown(file: string, calls: readonly NameCount[]): void {
    for (const [name, count] of calls) {
      const known = this.#unknownCalls.get(name)
      if (known === undefined) this.#unknownCalls.set(name, [{ file, count }])
      else known.push({ file, count })
    }
  }

  /** Finds the edge of a use. */
  #edgeFinder(): (use: Use) => number {
    const known = new Map<string, Map<string, number>>()
    const edgesOf = (from: string): Map<string, number> => {
      const found = known.get(from)
      if (found !== undefined) return found
      const own = new Map<string, number>()
      for (const index of this.#edgesFrom.get(from) ?? []) {
        const edge = this.#edges[index]
        if (edge !== undefined) own.set(`${edge.kind} ${edge.to}`, index)
      }
      known.set(from, own)
      return own
    }
    return ({ from, to, kind }) => edgesOf(from).get(`${kind} ${to}`) ?? -1
  }
}

function packBlocks(blocks: readonly Block[]): { columns: Int32Array; names: ReadonlyMap<number, string> } {
  const columns = new Int32Array(blocks.length * BLOCK_FIELDS)
  const names = new Map<number, string>()
  for (const [index, { kind, parent, startLine, endLine, decision = -1, name }] of blocks.entries()) {
    columns.set([BLOCK_KINDS.indexOf(kind), parent, startLine, endLine, decision], index * BLOCK_FIELDS)
    if (name !== undefined) names.set(index, name)
  }
  return { columns, names }
}

function unpackBlock(columns: Int32Array, name: string | undefined, index: number): Block | undefined {
  const at = index * BLOCK_FIELDS
  const [kind = 0, parent = -1, startLine, endLine, decision = -1] = columns.subarray(at, at + BLOCK_FIELDS)
  if (startLine === undefined || endLine === undefined) return undefined
  return {
    kind: BLOCK_KINDS[kind] ?? 'unknown',
    parent,
    startLine,
    endLine,
    ...(decision === -1 ? {} : { decision }),
    ...(name === undefined ? {} : { name }),
  }
}
