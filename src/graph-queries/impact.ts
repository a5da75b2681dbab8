/**
 * Finds what is affected by a change, and which tests to run. Effects go from a definition to its users, from a method to callers of
 * the method it overrides, from a constructor to its class, and from a function to the enclosing one. Guesses are not followed.
 */

import { nodesAtLines } from './changed-nodes.ts'
import { EDGE_KINDS, type EdgeKind } from './format.ts'
import type { Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import { type Answers, MAX_DEPTH, type Question } from './questions.ts'
import { resolve } from './resolve.ts'
import { idOf, pageOf, refOf, refsOf } from './symbol-refs.ts'
import { testsOfFiles } from './tests-of-files.ts'

/** Uses that pass on the effects of a change. An import alone does not tell what of a file is used. */
const AFFECTING: ReadonlySet<EdgeKind> = new Set([
  'calls',
  'instantiates',
  'references',
  'uses-type',
  'extends',
  'implements',
  'mixes-in',
])

const MAX_CHANGED = 200
const MAX_TEST_FILES = 500
/** Maximum number of test names in a file, and number of nearest files whose names are listed. */
const MAX_TEST_NAMES = 20
const MAX_NAMED_FILES = 20

/** The affected nodes, nearest first, and for each node: its distance, the reason, and the node that affects it. */
interface Affected {
  order: number[]
  /** 0 for nodes that are not affected. */
  distances: Uint8Array
  /** Index in `REASONS`. */
  reasons: Uint8Array
  causes: Int32Array
}

const REASONS = [...EDGE_KINDS, 'member'] as const

export async function impactOf(
  graph: GraphFile,
  question: Extract<Question, { ask: 'impact' }>,
  tally: Tally,
): Promise<Answers['impact']> {
  const changed = await changedNodes(graph, question, tally)
  const affected = follow(graph, changed, tally)
  const near = affected.order.filter(
    (node) => (affected.distances[node] ?? 0) <= question.depth && !graph.isInTests(node),
  )
  const { items, ...page } = pageOf(near, question)
  const [rows, causes, seeds] = await Promise.all([
    graph.rowsOf(items, tally),
    graph.rowsOf(
      items.map((node) => affected.causes[node] ?? 0),
      tally,
    ),
    refsOf(graph, changed.slice(0, MAX_CHANGED), tally),
  ])
  const results = await Promise.all(
    items.map(async (node, index) => {
      const [row, cause] = [rows[index], causes[index]]
      if (row === undefined || cause === undefined) return []
      const [distance, because] = [affected.distances[node] ?? 0, REASONS[affected.reasons[node] ?? 0] ?? 'member']
      return [{ ...(await refOf(graph, node, row, tally)), distance, because, of: idOf(cause) }]
    }),
  )
  const tests = await testsOf(graph, changed, affected, tally)
  return {
    commit: graph.header.commit,
    ...page,
    changed: seeds,
    results: results.flat(),
    tests: tests.slice(0, MAX_TEST_FILES),
    tests_total: tests.length,
  }
}

async function changedNodes(
  graph: GraphFile,
  { symbol, lines }: { symbol: readonly string[]; lines: readonly string[] },
  tally: Tally,
): Promise<number[]> {
  const found = new Set<number>()
  for (const each of symbol) found.add((await resolve(graph, each, tally)).node)
  for (const node of await nodesAtLines(graph, lines, tally)) found.add(node)
  return [...found].sort((a, b) => a - b)
}

/** All affected nodes, code before tests at each distance. */
function follow(graph: GraphFile, changed: readonly number[], tally: Tally): Affected {
  const distances = new Uint8Array(graph.size)
  const reasons = new Uint8Array(graph.size)
  const causes = new Int32Array(graph.size)
  const isChanged = new Uint8Array(graph.size)
  for (const node of changed) isChanged[node] = 1
  const order: number[] = []
  let level = [...changed]
  for (let distance = 1; level.length > 0 && distance <= MAX_DEPTH; distance++) {
    const next: number[] = []
    const reach = (node: number, because: (typeof REASONS)[number], of: number): void => {
      if (distances[node] !== 0 || isChanged[node] === 1) return
      distances[node] = distance
      reasons[node] = REASONS.indexOf(because)
      causes[node] = of
      next.push(node)
    }
    for (const node of level) {
      graph.eachTo(node, tally, (edge, from) => {
        const kind = graph.kindOfEdge(edge)
        // The top-level code of a file affects the files that import it.
        const isAffecting = AFFECTING.has(kind) || (kind === 'imports' && graph.isFile(node) && distance === 1)
        if (isAffecting && !graph.isGuess(edge)) reach(from, kind, node)
      })
      graph.eachFrom(node, tally, (edge, to) => {
        if (graph.kindOfEdge(edge) === 'overrides' && !graph.isGuess(edge)) reach(to, 'overrides', node)
      })
      const parent = graph.parentOf(node)
      if (parent !== -1 && (isFunction(graph, parent) || graph.isConstructor(node))) reach(parent, 'member', node)
    }
    next.sort((a, b) => a - b)
    for (const inTests of [false, true])
      for (const node of next) if (graph.isInTests(node) === inTests) order.push(node)
    level = next
  }
  return { order, distances, reasons, causes }
}

const isFunction = (graph: GraphFile, node: number): boolean =>
  graph.kindOf(node) === 'function' || graph.kindOf(node) === 'method'

/** Test files: by the tests in them that reach a change, then those that may execute a changed file. */
async function testsOf(
  graph: GraphFile,
  changed: readonly number[],
  affected: Affected,
  tally: Tally,
): Promise<Answers['impact']['tests']> {
  const byFile = new Map<number, { distance: number | null; nodes: number[] }>()
  for (const node of [...changed, ...affected.order]) {
    if (!graph.isInTests(node)) continue
    const file = graph.fileOf(node)
    const known = byFile.get(file) ?? { distance: affected.distances[node] ?? 0, nodes: [] }
    if (!graph.isFile(node) && known.nodes.length < MAX_TEST_NAMES) known.nodes.push(node)
    byFile.set(file, known)
  }
  for (const file of await testsOfFiles(graph, new Set(changed.map((node) => graph.fileOf(node))), tally))
    if (!byFile.has(file)) byFile.set(file, { distance: null, nodes: [] })
  const files = [...byFile]
  const paths = await graph.pathsOf(
    files.map(([file]) => file),
    tally,
  )
  const named = files.slice(0, MAX_NAMED_FILES).map(([, { nodes }]) => nodes)
  const rows = await graph.rowsOf(named.flat(), tally)
  let at = 0
  return files.map(([, { distance }], index) => {
    const count = named[index]?.length ?? 0
    const tests = rows.slice(at, at + count).map((row) => row[2])
    at += count
    return { file: paths[index] ?? '', distance, tests }
  })
}
