/** Lists what implements, extends or overrides a definition, directly or indirectly. */

import { append } from '#base/long-arrays.ts'
import { EDGE_KINDS, type EdgeKind } from './format.ts'
import type { FoundEdge, Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import { byStanding, ofKinds } from './neighbours.ts'
import type { Answers, Question } from './questions.ts'
import { resolve } from './resolve.ts'
import { idOf, pageOf, refOf, refsOf } from './symbol-refs.ts'

/** Kinds of edges from a definition to those it implements, extends or overrides. */
export const INHERITING = ['extends', 'implements', 'mixes-in', 'overrides'] as const satisfies readonly EdgeKind[]

export async function implementationsOf(
  graph: GraphFile,
  question: Extract<Question, { ask: 'implementations' }>,
  tally: Tally,
): Promise<Answers['implementations']> {
  const { node, others } = await resolve(graph, question.symbol, tally)
  const found = nearestFirst(graph, node, tally)
  const { items, ...page } = pageOf(found, question)
  const rows = await graph.rowsOf(
    items.map(({ edge }) => edge.from),
    tally,
  )
  const targets = await graph.rowsOf(
    items.map(({ edge }) => edge.to),
    tally,
  )
  const [symbol] = await refsOf(graph, [node], tally)
  const results = await Promise.all(
    items.map(async ({ edge, distance }, index) => {
      const [row, target] = [rows[index], targets[index]]
      if (row === undefined || target === undefined) return []
      const ref = await refOf(graph, edge.from, row, tally)
      return [{ ...ref, distance, through: graph.kindOfEdge(edge.edge), of: idOf(target) }]
    }),
  )
  return {
    commit: graph.header.commit,
    ...page,
    symbol: symbol as NonNullable<typeof symbol>,
    other_matches: others,
    results: results.flat(),
  }
}

interface Implementation {
  node: number
  /** The edge from it to a definition that is one step nearer. */
  edge: FoundEdge
  /** 1: direct. */
  distance: number
}

function nearestFirst(graph: GraphFile, node: number, tally: Tally): Implementation[] {
  const inherits = ofKinds(graph, INHERITING)
  const visited = new Set([node])
  const found: Implementation[] = []
  let level = [node]
  for (let distance = 1; level.length > 0; distance++) {
    const next: Implementation[] = []
    for (const at of level) {
      for (const edge of graph.edgesTo(at, tally)) {
        if (visited.has(edge.from) || !inherits(edge) || graph.isGuess(edge.edge)) continue
        visited.add(edge.from)
        next.push({ edge, distance, node: edge.from })
      }
    }
    append(found, next.sort(byStanding(graph)))
    level = next.map((each) => each.node)
  }
  return found
}

/** Edges to the supertypes and overridden methods of a definition, in the order of their kinds. */
export const inheritedBy = (graph: GraphFile, node: number, tally: Tally): FoundEdge[] =>
  graph
    .edgesFrom(node, tally)
    .filter((edge) => ofKinds(graph, INHERITING)(edge) && !graph.isGuess(edge.edge))
    .sort(
      (a, b) =>
        EDGE_KINDS.indexOf(graph.kindOfEdge(a.edge)) - EDGE_KINDS.indexOf(graph.kindOfEdge(b.edge)) || a.to - b.to,
    )
