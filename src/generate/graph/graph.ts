/** A directed graph over ids, and the questions that pages ask of it. Guesses are no edges of it. */

import { type Analysis, compareText, type EdgeKind } from '#generate/model.ts'
import { findCircles } from './circles.ts'
import { rank } from './rank.ts'

/** An arrow; of two between the same nodes the weights are added. */
export interface Arrow {
  readonly from: string
  readonly to: string
  /** Above 0. */
  readonly weight: number
}

export class Graph {
  /** Sorted. */
  readonly nodes: readonly string[]
  readonly #uses = new Map<string, Map<string, number>>()
  readonly #usedBy = new Map<string, Map<string, number>>()

  /** Arrows whose ends are not both nodes, and those from a node to itself, are left out. */
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

  /** What a node uses, with weights. Callees, in a graph of calls. */
  uses(node: string): ReadonlyMap<string, number> {
    return this.#uses.get(node) ?? NOTHING
  }

  /** What uses a node, with weights. Callers, in a graph of calls. */
  usedBy(node: string): ReadonlyMap<string, number> {
    return this.#usedBy.get(node) ?? NOTHING
  }

  /** A shortest way, both ends included; of several the first by the order of nodes. `undefined` when there is none. */
  path(from: string, to: string): string[] | undefined {
    const before = new Map<string, string | null>([[from, null]])
    let edge = this.#uses.has(from) ? [from] : []
    while (edge.length > 0 && !before.has(to)) {
      const next: string[] = []
      for (const node of edge) {
        for (const target of [...this.uses(node).keys()].sort(compareText)) {
          if (before.has(target)) continue
          before.set(target, node)
          next.push(target)
        }
      }
      edge = next
    }
    if (!before.has(to) || !this.#uses.has(from)) return undefined
    const way: string[] = []
    for (let at: string | null = to; at !== null; at = before.get(at) ?? null) way.unshift(at)
    return way
  }

  /** Groups of nodes that use each other in a circle: each sorted, the largest first. */
  circles(): string[][] {
    return findCircles(this.nodes, (node) => this.uses(node).keys())
  }

  /** How central each node is: 1 on the average. */
  ranks(): Map<string, number> {
    return rank(this.nodes, (node) => this.uses(node))
  }
}

const NOTHING: ReadonlyMap<string, number> = new Map()

/** The graph of an analysis' components and files with the confident edges of some kinds, each of weight 1. */
export function graphOf(analysis: Analysis, kinds: readonly EdgeKind[]): Graph {
  const edges = analysis.edges.filter((edge) => edge.origin !== 'unique-name' && kinds.includes(edge.kind))
  const nodes = [...analysis.components.map(({ id }) => id), ...edges.flatMap(({ from, to }) => [from, to])]
  return new Graph(
    nodes,
    edges.map(({ from, to }) => ({ from, to, weight: 1 })),
  )
}
