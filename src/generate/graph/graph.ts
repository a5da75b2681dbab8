/** A directed graph over ids, and the queries that pages need. Guessed edges are not part of it. */

import { type Analysis, compareText, type EdgeKind } from '#generate/model.ts'
import { findCycles } from './cycles.ts'

/** A weighted edge; the weights of parallel edges are added. */
export interface Arrow {
  readonly from: string
  readonly to: string
  /** Positive. */
  readonly weight: number
}

export class Graph {
  /** The ids of the nodes, sorted. */
  readonly nodes: readonly string[]
  readonly #uses = new Map<string, Map<string, number>>()
  readonly #usedBy = new Map<string, Map<string, number>>()

  /** Edges from a node to itself, and edges with an end that is not a node, are dropped. */
  constructor(nodes: Iterable<string>, arrows: Iterable<Arrow>) {
    this.nodes = [...new Set(nodes)].sort(compareText)
    for (const node of this.nodes) {
      this.#uses.set(node, new Map())
      this.#usedBy.set(node, new Map())
    }
    for (const { from, to, weight } of arrows) {
      const row = this.#uses.get(from)
      const column = this.#usedBy.get(to)
      if (from === to || row === undefined || column === undefined) continue
      row.set(to, (row.get(to) ?? 0) + weight)
      column.set(from, (column.get(from) ?? 0) + weight)
    }
  }

  /** The nodes that a node uses, with weights: the callees in a call graph. */
  uses(node: string): ReadonlyMap<string, number> {
    return this.#uses.get(node) ?? NOTHING
  }

  /** The nodes that use a node, with weights: the callers in a call graph. */
  usedBy(node: string): ReadonlyMap<string, number> {
    return this.#usedBy.get(node) ?? NOTHING
  }

  /** A shortest path, both ends included, deterministic; `undefined` when there is none. */
  path(from: string, to: string): string[] | undefined {
    const before = new Map<string, string | null>([[from, null]])
    let frontier = this.#uses.has(from) ? [from] : []
    while (frontier.length > 0 && !before.has(to)) {
      const next: string[] = []
      for (const node of frontier) {
        for (const target of [...this.uses(node).keys()].sort(compareText)) {
          if (before.has(target)) continue
          before.set(target, node)
          next.push(target)
        }
      }
      frontier = next
    }
    if (!before.has(to) || !this.#uses.has(from)) return undefined
    const path: string[] = []
    for (let at: string | null = to; at !== null; at = before.get(at) ?? null) path.push(at)
    return path.reverse()
  }

  /** Groups of nodes that use each other in a cycle: each sorted, the largest group first. */
  cycles(): string[][] {
    return findCycles(this.nodes, (node) => this.uses(node).keys())
  }
}

const NOTHING: ReadonlyMap<string, number> = new Map()

/** The components and files of an analysis with the edges of some kinds, each of weight 1, without guesses. */
export function graphOf(analysis: Analysis, kinds: readonly EdgeKind[]): Graph {
  const edges = analysis.edges.filter((edge) => edge.origin !== 'unique-name' && kinds.includes(edge.kind))
  const nodes = [...analysis.components.map(({ id }) => id), ...edges.flatMap(({ from, to }) => [from, to])]
  return new Graph(
    nodes,
    edges.map(({ from, to }) => ({ from, to, weight: 1 })),
  )
}
