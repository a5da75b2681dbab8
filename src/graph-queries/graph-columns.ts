/** The nodes and edges of one graph as columns in memory: what can be asked without names and paths. */

import { type ByteReader, DamagedBytes } from '#base/bytes.ts'
import {
  CONSTRUCTOR,
  EDGE_KINDS,
  type EdgeKind,
  EXPORTED,
  GUESS,
  IN_TESTS,
  KIND_MASK,
  NODE_KINDS,
  type NodeKind,
  REPEATED,
} from './format.ts'

/** The cost of a question, in edges that were followed. */
export interface Tally {
  work: number
}

/** An edge as it was found: its number among all edges of the graph, and its ends. */
export interface FoundEdge {
  edge: number
  from: number
  to: number
}

export class GraphColumns {
  /** The number of nodes. */
  readonly size: number
  readonly #kinds: Uint8Array
  readonly #parents: Int32Array
  /** The node of the file that a node is in. */
  readonly #files: Int32Array
  readonly #fileNodes: number[] = []
  /** Edges from node `n` are those from `#first[n]` up to `#first[n + 1]`. */
  readonly #first: Int32Array
  readonly #targets: Int32Array
  readonly #edgeKinds: Uint8Array
  /** The same by target: edges to node `n`, by source. */
  readonly #firstTo: Int32Array
  readonly #edgesTo: Int32Array
  readonly #sources: Int32Array

  /** @throws {DamagedBytes} */
  constructor({ nodes, edges }: { nodes: number; edges: number }, columns: ByteReader) {
    this.size = nodes
    this.#kinds = new Uint8Array(nodes)
    this.#parents = new Int32Array(nodes)
    this.#files = new Int32Array(nodes)
    this.#first = new Int32Array(nodes + 1)
    this.#targets = new Int32Array(edges)
    this.#sources = new Int32Array(edges)
    this.#edgeKinds = new Uint8Array(edges)
    this.#readColumns(columns)
    this.#firstTo = new Int32Array(nodes + 1)
    this.#edgesTo = new Int32Array(edges)
    this.#sortByTarget()
  }

  #readColumns(columns: ByteReader): void {
    const nodes = this.size
    const edges = this.#targets.length
    let edge = 0
    let file = 0
    for (let node = 0; node < nodes; node++) {
      this.#kinds[node] = columns.byte()
      if (this.isFile(node)) {
        file = node
        this.#fileNodes.push(node)
      }
      this.#files[node] = file
      const parent = columns.signed()
      this.#parents[node] = parent === 0 ? -1 : node + parent
      this.#first[node] = edge
      let target = node
      for (let count = columns.number(); count > 0; count--, edge++) {
        target += columns.signed()
        if (edge >= edges || target < 0 || target >= nodes)
          throw new DamagedBytes('An edge of the graph leads nowhere.')
        this.#targets[edge] = target
        this.#sources[edge] = node
        this.#edgeKinds[edge] = columns.byte()
      }
    }
    this.#first[nodes] = edge
  }

  /** Sort the edges by target. */
  #sortByTarget(): void {
    const next = new Int32Array(this.size + 1)
    for (const target of this.#targets) next[target + 1] = (next[target + 1] ?? 0) + 1
    for (let node = 0; node < this.size; node++) next[node + 1] = (next[node + 1] ?? 0) + (next[node] ?? 0)
    this.#firstTo.set(next)
    for (let edge = 0; edge < this.#targets.length; edge++) {
      const target = this.#targets[edge] ?? 0
      const at = next[target] ?? 0
      this.#edgesTo[at] = edge
      next[target] = at + 1
    }
  }

  /** The nodes of files, in order. */
  get fileNodes(): readonly number[] {
    return this.#fileNodes
  }

  kindOf(node: number): NodeKind {
    return NODE_KINDS[(this.#kinds[node] ?? 0) & KIND_MASK] ?? 'file'
  }

  isFile(node: number): boolean {
    return ((this.#kinds[node] ?? 0) & KIND_MASK) === 0
  }

  isConstructor(node: number): boolean {
    return ((this.#kinds[node] ?? 0) & CONSTRUCTOR) !== 0
  }

  isExported(node: number): boolean {
    return ((this.#kinds[node] ?? 0) & EXPORTED) !== 0
  }

  isInTests(node: number): boolean {
    return ((this.#kinds[node] ?? 0) & IN_TESTS) !== 0
  }

  /** The main declaration of a further declaration; any other node itself. */
  mainOf(node: number): number {
    return ((this.#kinds[node] ?? 0) & REPEATED) === 0 ? node : this.parentOf(node)
  }

  /** True for a further declaration of another node. */
  isRepeated(node: number): boolean {
    return this.mainOf(node) !== node
  }

  /** The definition that a node is a member of; -1 for none. */
  parentOf(node: number): number {
    return this.#parents[node] ?? -1
  }

  /** The file that a node is in. */
  fileOf(node: number): number {
    return this.#files[node] ?? 0
  }

  /** The number after that of the last definition of a file. */
  endOfFile(file: number): number {
    let end = file + 1
    while (end < this.size && !this.isFile(end)) end += 1
    return end
  }

  /** Visit the edges from a node. */
  eachFrom(node: number, tally: Tally, visit: (edge: number, to: number) => void): void {
    const start = this.#first[node] ?? 0
    const end = this.#first[node + 1] ?? 0
    tally.work += end - start
    for (let edge = start; edge < end; edge++) visit(edge, this.#targets[edge] ?? 0)
  }

  /** Visit the edges to a node. */
  eachTo(node: number, tally: Tally, visit: (edge: number, from: number) => void): void {
    const start = this.#firstTo[node] ?? 0
    const end = this.#firstTo[node + 1] ?? 0
    tally.work += end - start
    for (let at = start; at < end; at++) {
      const edge = this.#edgesTo[at] ?? 0
      visit(edge, this.#sources[edge] ?? 0)
    }
  }

  /** The edges from a node. */
  edgesFrom(node: number, tally: Tally): FoundEdge[] {
    const found: FoundEdge[] = []
    this.eachFrom(node, tally, (edge, to) => found.push({ edge, from: node, to }))
    return found
  }

  /** The edges to a node. */
  edgesTo(node: number, tally: Tally): FoundEdge[] {
    const found: FoundEdge[] = []
    this.eachTo(node, tally, (edge, from) => found.push({ edge, from, to: node }))
    return found
  }

  endsOf(edge: number): FoundEdge {
    return { edge, from: this.#sources[edge] ?? 0, to: this.#targets[edge] ?? 0 }
  }

  kindOfEdge(edge: number): EdgeKind {
    return EDGE_KINDS[(this.#edgeKinds[edge] ?? 0) & ~GUESS] ?? 'references'
  }

  isGuess(edge: number): boolean {
    return ((this.#edgeKinds[edge] ?? 0) & GUESS) !== 0
  }

  /** The number of edges to a node. */
  usesOf(node: number): number {
    return (this.#firstTo[node + 1] ?? 0) - (this.#firstTo[node] ?? 0)
  }

  /** The position of an edge among those of its source, as in the source's row. */
  positionOf({ edge, from }: FoundEdge): number {
    return edge - (this.#first[from] ?? 0)
  }
}
