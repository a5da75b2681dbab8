/** Lists the users of a definition, and the definitions it uses. */

import type { EdgeKind } from './format.ts'
import type { FoundEdge, Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import type { Answers, Question } from './questions.ts'
import { resolve } from './resolve.ts'
import { pageOf, refOf, refsOf, useOf } from './symbol-refs.ts'

type NeighbourQuestion = Extract<Question, { ask: 'callers' | 'callees' }>

interface Neighbour {
  node: number
  edges: FoundEdge[]
}

export async function neighboursOf(
  graph: GraphFile,
  question: NeighbourQuestion,
  tally: Tally,
): Promise<Answers['callers']> {
  const { node, others } = await resolve(graph, question.symbol, tally)
  const isUp = question.ask === 'callers'
  const edges = (isUp ? graph.edgesTo(node, tally) : graph.edgesFrom(node, tally)).filter(
    ofKinds(graph, question.kinds),
  )
  const { listed, guessed } = divide(graph, group(edges, isUp), question.guesses)
  const [symbol] = await refsOf(graph, [node], tally)
  const sorted = isUp ? listed.sort(byStanding(graph)) : await byPlace(graph, node, listed, tally)
  const { items, ...page } = pageOf(sorted, question)
  const rows = await graph.rowsOf(
    items.map((each) => each.node),
    tally,
  )
  // The row of the source says where the edge is used.
  const [own] = await graph.rowsOf([node], tally)
  const results = await Promise.all(
    items.map(async (each, index) => {
      const row = rows[index]
      const source = isUp ? row : own
      if (row === undefined || source === undefined || symbol === undefined) return []
      const ref = await refOf(graph, each.node, row, tally)
      return [{ ...ref, uses: each.edges.map((edge) => useOf(graph, edge, source)) }]
    }),
  )
  return {
    commit: graph.header.commit,
    ...page,
    symbol: symbol as NonNullable<typeof symbol>,
    other_matches: others,
    results: results.flat(),
    guesses: guessed,
  }
}

export const ofKinds = (graph: GraphFile, kinds: readonly EdgeKind[]) => {
  const wanted: ReadonlySet<EdgeKind> = new Set(kinds)
  return ({ edge }: FoundEdge): boolean => wanted.has(graph.kindOfEdge(edge))
}

/** Groups edges of several kinds between the same two nodes into one neighbour. */
function group(edges: readonly FoundEdge[], isUp: boolean): Neighbour[] {
  const found = new Map<number, Neighbour>()
  for (const edge of edges) {
    const node = isUp ? edge.from : edge.to
    const known = found.get(node)
    if (known === undefined) found.set(node, { node, edges: [edge] })
    else known.edges.push(edge)
  }
  return [...found.values()]
}

function divide(graph: GraphFile, all: readonly Neighbour[], withGuesses: boolean) {
  const isKnown = ({ edges }: Neighbour): boolean => edges.some(({ edge }) => !graph.isGuess(edge))
  const known = all.filter(isKnown)
  const certain = ({ edge }: FoundEdge): boolean => withGuesses || !graph.isGuess(edge)
  const listed = (withGuesses ? [...all] : known).map(({ node, edges }) => ({ node, edges: edges.filter(certain) }))
  return { listed, guessed: all.length - known.length }
}

/** Code before tests, then by file and line. */
export const byStanding =
  (graph: GraphFile) =>
  (a: { node: number }, b: { node: number }): number =>
    Number(graph.isInTests(a.node)) - Number(graph.isInTests(b.node)) || a.node - b.node

/** Sorts neighbours in the order in which the code uses them. */
async function byPlace(graph: GraphFile, node: number, all: Neighbour[], tally: Tally): Promise<Neighbour[]> {
  const [row] = await graph.rowsOf([node], tally)
  const placed = all.map((each) => {
    const lines = each.edges.flatMap((edge) =>
      (row?.[9][graph.positionOf(edge)]?.[2] ?? []).map(([line, column]) => [line, column] as const),
    )
    const [line = Number.MAX_SAFE_INTEGER, column = 0] = lines.sort((a, b) => a[0] - b[0] || a[1] - b[1])[0] ?? []
    return { each, line, column }
  })
  return placed
    .sort((a, b) => a.line - b.line || a.column - b.column || a.each.node - b.each.node)
    .map(({ each }) => each)
}
