/** Collects the edges of one file and the positions of their uses. */

import { lowerBound } from '#base/binary-search.ts'
import { TYPED } from '#generate/analyse/edge-confidence.ts'
import { UseRows } from '#generate/analyse/use-rows.ts'
import type { Edge, EdgeKind, EdgeOrigin } from '#generate/model.ts'
import type { FileUnit } from './declarations.ts'
import { E, NONE } from './facts.ts'

export class EdgeList {
  readonly #file: FileUnit
  /** Edges with a use that may mean another overload. */
  readonly #doubtful = new Set<Edge>()
  /** Edges keyed by source, then by target; one edge of each kind. */
  readonly #edges = new Map<string, Map<string, Edge[]>>()
  readonly #uses = new UseRows()

  constructor(file: FileUnit) {
    this.#file = file
  }

  /** @param expr - The used name. */
  add(from: string, to: string, kind: EdgeKind, origin: EdgeOrigin, doubt: number, expr = NONE): void {
    if (from === to) return
    const confidence = Math.round((TYPED[origin] - doubt) * 100) / 100
    let targets = this.#edges.get(from)
    if (targets === undefined) {
      targets = new Map()
      this.#edges.set(from, targets)
    }
    const pair = targets.get(to) ?? []
    if (pair.length === 0) targets.set(to, pair)
    let edge = pair.find((one) => one.kind === kind)
    if (edge === undefined) {
      edge = { from, to, kind, origin, confidence }
      pair.push(edge)
    } else if (doubt > 0) Object.assign(edge, { origin, confidence })
    else if (edge.confidence < confidence && !this.#doubtful.has(edge)) Object.assign(edge, { origin, confidence })
    if (doubt > 0) this.#doubtful.add(edge)
    const offset = expr === NONE ? NONE : this.#file.expr(expr, E.at)
    if (offset === NONE) return
    const line = this.lineOf(expr)
    const column = offset - (this.#file.facts.lines[line - 1] ?? 0) + 1
    const [order, block] = [this.#file.expr(expr, E.order), this.#file.expr(expr, E.block)]
    this.#uses.add(edge, { line, column, order, block })
  }

  /** The line of a used name. */
  lineOf(expr: number): number {
    const { lines } = this.#file.facts
    const offset = this.#file.expr(expr, E.at)
    return lowerBound(lines.length, (line) => (lines[line] ?? 0) <= offset)
  }

  /** Drops `references` where another kind of edge exists between the same ends. */
  done(): { edges: Edge[]; uses: Int32Array } {
    const edges: Edge[] = []
    for (const targets of this.#edges.values()) {
      for (const pair of targets.values()) {
        const saysMore = pair.some(({ kind }) => kind !== 'references' && kind !== 'overrides')
        for (const edge of pair) if (edge.kind !== 'references' || !saysMore) edges.push(edge)
      }
    }
    return { edges, uses: this.#uses.done(edges) }
  }
}
