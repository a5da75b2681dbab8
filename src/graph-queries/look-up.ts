/** Finds symbols by name, describes one symbol with its surroundings, and outlines a file. */

import type { Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import { INHERITING, inheritedBy } from './implementations.ts'
import { ofKinds } from './neighbours.ts'
import type { Answers, Question } from './questions.ts'
import { findByName, findFile, isEndOf, NoSuchSymbol, resolve } from './resolve.ts'
import { idOf, pageOf, refOf, refsOf } from './symbol-refs.ts'

const MAX_MEMBERS = 100

export async function listSymbols(
  graph: GraphFile,
  { name, kind, limit, after }: Extract<Question, { ask: 'symbols' }>,
  tally: Tally,
): Promise<Answers['symbols']> {
  const found = await findByName(graph, name, tally)
  const wanted = kind === undefined ? found : found.filter((node) => graph.kindOf(node) === kind)
  const { items, ...page } = pageOf(wanted, { limit, after })
  // Another name may have the same hash.
  const symbols = (await refsOf(graph, items, tally)).filter((ref) => isEndOf(ref.name, name))
  return { commit: graph.header.commit, ...page, symbols }
}

export async function describeSymbol(
  graph: GraphFile,
  { symbol }: Extract<Question, { ask: 'symbol' }>,
  tally: Tally,
): Promise<Answers['symbol']> {
  const { node, others } = await resolve(graph, symbol, tally)
  const members: number[] = []
  const repeats: number[] = []
  for (let other = 0; other < graph.size; other++) {
    if (graph.parentOf(other) !== node) continue
    if (graph.isRepeated(other)) repeats.push(other)
    else members.push(other)
  }
  if (graph.isFile(node)) {
    const end = graph.endOfFile(node)
    for (let each = node + 1; each < end; each++) if (graph.parentOf(each) === -1) members.push(each)
  }
  const inherited = inheritedBy(graph, node, tally)
  const targets = (isOverride: boolean): number[] =>
    inherited.filter(({ edge }) => (graph.kindOfEdge(edge) === 'overrides') === isOverride).map(({ to }) => to)
  const calls = ofKinds(graph, ['calls', 'instantiates'])
  const inherits = ofKinds(graph, INHERITING)
  const known = ({ edge }: { edge: number }): boolean => !graph.isGuess(edge)
  const to = graph.edgesTo(node, tally).filter(known)
  const from = graph.edgesFrom(node, tally).filter(known)
  const distinct = (nodes: number[]): number => new Set(nodes).size
  const parent = graph.parentOf(node)
  const [[own], [around], inside, types, methods, places] = await Promise.all([
    refsOf(graph, [node], tally),
    refsOf(graph, parent === -1 ? [] : [parent], tally),
    refsOf(graph, members.slice(0, MAX_MEMBERS), tally),
    refsOf(graph, targets(false), tally),
    refsOf(graph, targets(true), tally),
    graph.rowsOf(repeats.slice(0, MAX_MEMBERS), tally),
  ])
  return {
    commit: graph.header.commit,
    symbol: own as NonNullable<typeof own>,
    other_matches: others,
    parent: around ?? null,
    declarations: places.map(([file, , , start_line, end_line]) => ({ file, start_line, end_line })),
    members: inside,
    supertypes: types,
    overrides: methods,
    callers: distinct(to.filter(calls).map((edge) => edge.from)),
    callees: distinct(from.filter(calls).map((edge) => edge.to)),
    implementations: distinct(to.filter(inherits).map((edge) => edge.from)),
  }
}

export async function outlineOf(
  graph: GraphFile,
  { file: path, limit, after }: Extract<Question, { ask: 'outline' }>,
  tally: Tally,
): Promise<Answers['outline']> {
  const file = await findFile(graph, path, tally)
  if (file === undefined) throw new NoSuchSymbol(path)
  const nodes = Array.from({ length: graph.endOfFile(file) - file - 1 }, (_, index) => file + 1 + index)
  const { items, ...page } = pageOf(nodes, { limit, after })
  const rows = await graph.rowsOf(items, tally)
  const mains = await graph.rowsOf(
    items.map((node) => graph.mainOf(node)),
    tally,
  )
  const [own] = await refsOf(graph, [file], tally)
  const definitions = await Promise.all(
    items.map(async (node, index) => {
      const [row, main] = [rows[index], mains[index]]
      if (row === undefined || main === undefined) return []
      const same = graph.isRepeated(node) ? { same_as: idOf(main) } : {}
      return [{ ...(await refOf(graph, node, row, tally)), depth: depthOf(graph, node), ...same }]
    }),
  )
  return { commit: graph.header.commit, ...page, file: own as NonNullable<typeof own>, definitions: definitions.flat() }
}

/** Deeper than any code that people write. */
const MAX_NESTING = 100

function depthOf(graph: GraphFile, node: number): number {
  if (graph.isRepeated(node)) return 0
  let depth = 0
  for (let parent = graph.parentOf(node); parent !== -1 && depth < MAX_NESTING; parent = graph.parentOf(parent))
    depth += 1
  return depth
}
