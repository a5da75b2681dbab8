/** Finds a shortest path from one definition to another along its uses. */

import type { EdgeKind } from './format.ts'
import type { FoundEdge, Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import type { Answers, Question } from './questions.ts'
import { resolve } from './resolve.ts'
import { refOf, refsOf, useOf } from './symbol-refs.ts'

/** Symbols of the path that an answer lists. */
const MAX_STEPS = 200

/** A step: along an edge, or from a method to one that overrides it, against the edge. */
interface Step {
  edge: FoundEdge
  to: number
}

/**
 * Guesses are not followed. A class also represents its members. A call of a method may reach a method that overrides it, so a
 * path may continue from there.
 */
export async function pathBetween(
  graph: GraphFile,
  question: Extract<Question, { ask: 'path_between' }>,
  tally: Tally,
): Promise<Answers['path_between']> {
  const { node: from } = await resolve(graph, question.from, tally)
  const { node: to } = await resolve(graph, question.to, tally)
  const [first, last] = await refsOf(graph, [from, to], tally)
  const path = findPath(graph, membersOf(graph, from), new Set(membersOf(graph, to)), question.kinds, tally)
  const all = path === undefined ? [] : [path.start, ...path.steps.map((step) => step.to)]
  const nodes = all.slice(0, MAX_STEPS)
  const rows = await graph.rowsOf(nodes, tally)
  const sources = await graph.rowsOf(path?.steps.slice(0, nodes.length - 1).map(({ edge }) => edge.from) ?? [], tally)
  const steps = await Promise.all(
    nodes.map(async (node, index) => {
      const row = rows[index]
      const step = path?.steps[index - 1]
      const source = sources[index - 1]
      if (row === undefined) return []
      const through = step === undefined || source === undefined ? null : useOf(graph, step.edge, source)
      return [{ ...(await refOf(graph, node, row, tally)), through }]
    }),
  )
  return {
    commit: graph.header.commit,
    from: first as NonNullable<typeof first>,
    to: last as NonNullable<typeof last>,
    found: path !== undefined,
    total: all.length,
    steps: steps.flat(),
  }
}

/** A breadth-first search over both kinds of steps. */
function findPath(
  graph: GraphFile,
  starts: readonly number[],
  ends: ReadonlySet<number>,
  kinds: readonly EdgeKind[],
  tally: Tally,
): { start: number; steps: Step[] } | undefined {
  const wanted: ReadonlySet<EdgeKind> = new Set(kinds)
  /** The edge that reached a node; -1 for none, -2 for a start. */
  const before = new Int32Array(graph.size).fill(-1)
  for (const node of starts) before[node] = -2
  let frontier = [...starts]
  let end = starts.find((node) => ends.has(node))
  while (frontier.length > 0 && end === undefined) {
    const next: number[] = []
    const reach = (edge: number, node: number): void => {
      if (before[node] !== -1 || graph.isGuess(edge)) return
      before[node] = edge
      next.push(node)
      if (ends.has(node)) end ??= node
    }
    for (const node of frontier) {
      graph.eachFrom(node, tally, (edge, to) => wanted.has(graph.kindOfEdge(edge)) && reach(edge, to))
      graph.eachTo(node, tally, (edge, from) => graph.kindOfEdge(edge) === 'overrides' && reach(edge, from))
    }
    frontier = next
  }
  if (end === undefined) return undefined
  const steps: Step[] = []
  let start = end
  for (let edge = before[end] ?? -2; edge >= 0; edge = before[start] ?? -2) {
    const found = graph.endsOf(edge)
    steps.push({ edge: found, to: start })
    start = start === found.to ? found.from : found.to
  }
  return { start, steps: steps.reverse() }
}

/** A definition and everything inside it; for a file, the file alone. */
function membersOf(graph: GraphFile, node: number): number[] {
  if (graph.isFile(node)) return [node]
  const within = new Set([node])
  const end = graph.endOfFile(graph.fileOf(node))
  for (let each = node + 1; each < end; each++)
    if (within.has(graph.parentOf(each)) && !graph.isRepeated(each)) within.add(each)
  return [...within]
}
