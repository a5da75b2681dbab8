/** Collects the edges of one file with the places of their uses. */

import type ts from 'typescript'
import type { Binding, Edge, EdgeKind, NameCount } from '#generate/model.ts'
import type { Lines } from './lines.ts'
import { Blocks, type Region } from './regions.ts'
import type { Target } from './symbols.ts'
import { type EdgeUse, type PackedUses, packUses } from './uses.ts'

interface UsedEdge extends Edge {
  readonly index: number
  uses: number
}

/** Uses of one edge. */
const MAX_USES = 1_000

export class UsedEdges {
  readonly #edges = new Map<string, UsedEdge>()
  readonly #uses: { edge: UsedEdge; at: number; region: Region | undefined }[] = []
  readonly #blocks: Blocks
  readonly #lines: Lines

  constructor(tree: ts.SourceFile, lines: Lines) {
    this.#blocks = new Blocks(tree, lines)
    this.#lines = lines
  }

  /** @param at - Position of the used name; without it the edge has no places. */
  add(from: string, { id: to, origin, confidence }: Target, kind: EdgeKind, at?: number, region?: Region): void {
    if (from === to) return
    const key = `${from}\0${to}\0${kind}`
    let edge = this.#edges.get(key)
    if (edge === undefined) {
      edge = { from, to, kind, origin, confidence, index: this.#edges.size, uses: 0 }
      this.#edges.set(key, edge)
    }
    if (at !== undefined && edge.uses++ < MAX_USES) this.#uses.push({ edge, at, region })
  }

  /**
   * The edges without `references` between two that have a stronger one, and their uses.
   *
   * @param regions - What is to be a block whether it holds a use or not.
   */
  finish(
    regions: readonly Region[],
    bindings: readonly Binding[],
    unknownCalls: readonly NameCount[],
  ): { edges: Edge[]; uses: PackedUses } {
    const all = [...this.#edges.values()]
    const stronger = new Set(all.filter(isStronger).map(pairOf))
    const left = all.filter((edge) => edge.kind !== 'references' || !stronger.has(pairOf(edge)))
    const indexes = new Map(left.map((edge, index) => [edge, index]))
    const uses: EdgeUse[] = []
    for (const { edge, at, region } of this.#uses) {
      const index = indexes.get(edge)
      if (index !== undefined) uses.push({ edge: index, ...this.#lines.at(at), block: this.#blocks.indexOf(region) })
    }
    for (const region of regions) this.#blocks.indexOf(region)
    return {
      edges: left.map(({ from, to, kind, origin, confidence }) => ({ from, to, kind, origin, confidence })),
      uses: packUses(this.#blocks.all, uses, { bindings, unknownCalls }),
    }
  }
}

function isStronger({ kind }: Edge): boolean {
  return kind !== 'references' && kind !== 'overrides'
}

function pairOf({ from, to }: Edge): string {
  return `${from}\0${to}`
}
