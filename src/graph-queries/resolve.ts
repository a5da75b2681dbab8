/** Finds the definition or file that a name refers to. */

import type { Tally } from './graph-columns.ts'
import type { GraphFile } from './graph-file.ts'
import type { SymbolRef } from './questions.ts'
import { idOf, refsOf } from './symbol-refs.ts'

/** Thrown when no definition has the name. */
export class NoSuchSymbol extends Error {
  readonly symbol: string

  constructor(symbol: string) {
    super('There is no such symbol.')
    this.symbol = symbol
  }
}

/** Thrown when several definitions have the name and none matches better than the others. */
export class AmbiguousSymbol extends Error {
  readonly symbol: string
  readonly candidates: SymbolRef[]
  readonly total: number

  constructor(symbol: string, candidates: SymbolRef[], total: number) {
    super('Several symbols have this name.')
    this.symbol = symbol
    this.candidates = candidates
    this.total = total
  }
}

export interface Found {
  node: number
  /** Number of definitions that match the name less well. */
  others: number
}

/** If more definitions than this have the name, only top-level ones outside of tests are examined. */
const MAX_EXAMINED = 40
const MAX_CANDIDATES = 20

/**
 * The definition that a name refers to: by its id, otherwise by the end of its qualified name, otherwise the file with
 * the path. Names in the same case are preferred, then whole names to ends of names, then code to tests.
 *
 * @throws {NoSuchSymbol}
 * @throws {AmbiguousSymbol}
 */
export async function resolve(graph: GraphFile, symbol: string, tally: Tally): Promise<Found> {
  const byId = await findById(graph, symbol, tally)
  if (byId !== undefined) return { node: byId, others: 0 }
  const name = dotted(symbol)
  const all = await findByName(graph, name, tally)
  const isPlain = (node: number): boolean => graph.parentOf(node) === -1 && !graph.isInTests(node)
  const examined = all.length > MAX_EXAMINED ? all.filter(isPlain) : all
  if (all.length > MAX_EXAMINED && (examined.length === 0 || examined.length > MAX_EXAMINED))
    throw await ambiguous(graph, symbol, all, tally)
  const rows = await graph.rowsOf(examined, tally)
  let left = examined
    .map((node, index) => ({ node, name: rows[index]?.[2] ?? '' }))
    .filter((each) => isEndOf(each.name, name))
  const preferences: ((each: { node: number; name: string }) => boolean)[] = [
    ({ name: own }) => own === name || own.endsWith(`.${name}`),
    ({ name: own }) => own === name,
    ({ node }) => !graph.isInTests(node),
    ({ name: own }) => own.toLowerCase() === name.toLowerCase(),
  ]
  for (const isPreferred of preferences) {
    const better = left.filter(isPreferred)
    if (better.length > 0) left = better
  }
  const [first] = left
  if (first === undefined) throw new NoSuchSymbol(symbol)
  if (left.length > 1) {
    const nodes = left.map(({ node }) => node)
    throw await ambiguous(graph, symbol, nodes, tally)
  }
  return { node: first.node, others: all.length - 1 }
}

/**
 * Definitions whose qualified name ends with this name, ignoring case: code before tests, then the most used first.
 * Names with one or two parts are found by a hash alone.
 */
export async function findByName(graph: GraphFile, symbol: string, tally: Tally): Promise<number[]> {
  const name = dotted(symbol)
  // Longer ends of names are not in the index.
  const whole = graph.named(name)
  const ends = name.split('.').slice(-2).join('.')
  const found = whole.length > 0 || ends === name ? whole : graph.named(ends)
  const nodes = [...new Set(found.map((node) => graph.mainOf(node)))].filter((node) => !graph.isFile(node))
  const kept = whole.length > 0 ? nodes : await withName(graph, nodes.slice(0, MAX_EXAMINED), name, tally)
  return kept.sort(
    (a, b) => Number(graph.isInTests(a)) - Number(graph.isInTests(b)) || graph.usesOf(b) - graph.usesOf(a) || a - b,
  )
}

async function withName(graph: GraphFile, nodes: readonly number[], name: string, tally: Tally): Promise<number[]> {
  const rows = await graph.rowsOf(nodes, tally)
  return nodes.filter((_, index) => isEndOf(rows[index]?.[2] ?? '', name))
}

/** Whether a qualified name ends with this one, ignoring case. */
export function isEndOf(qualifiedName: string, name: string): boolean {
  const [own, end] = [qualifiedName.toLowerCase(), dotted(name).toLowerCase()]
  return own === end || own.endsWith(`.${end}`)
}

/** A file by its path. */
export async function findFile(graph: GraphFile, path: string, tally: Tally): Promise<number | undefined> {
  const files = graph.named(path).filter((node) => graph.isFile(node))
  if (files.length === 0) return undefined
  const paths = await graph.pathsOf(files, tally)
  return files[paths.indexOf(path)]
}

/** The node with an id: a path, or `path#Qualified.name`; the path may contain `#`, too. */
async function findById(graph: GraphFile, id: string, tally: Tally): Promise<number | undefined> {
  const file = await findFile(graph, id, tally)
  if (file !== undefined) return file
  for (let at = id.indexOf('#'); at !== -1; at = id.indexOf('#', at + 1)) {
    const own = await findFile(graph, id.slice(0, at), tally)
    if (own === undefined) continue
    const found = await findIn(graph, own, id, id.slice(at + 1), tally)
    if (found !== undefined) return found
  }
  return undefined
}

/** A definition of a file by its id: one of those with its name, which excludes `~2` and signatures at the end. */
async function findIn(graph: GraphFile, file: number, id: string, below: string, tally: Tally) {
  const end = graph.endOfFile(file)
  const named = graph.named(below.replace(/~\d+$/, '')).filter((node) => node > file && node < end)
  for (const nodes of [named, Array.from({ length: end - file - 1 }, (_, index) => file + 1 + index)]) {
    const rows = await graph.rowsOf(nodes, tally)
    const index = rows.findIndex((row) => idOf(row) === id)
    if (index !== -1) return graph.mainOf(nodes[index] ?? 0)
  }
  return undefined
}

async function ambiguous(graph: GraphFile, symbol: string, nodes: readonly number[], tally: Tally) {
  const shown = await refsOf(graph, nodes.slice(0, MAX_CANDIDATES), tally)
  return new AmbiguousSymbol(symbol, shown, nodes.length)
}

/** `Router::match`, `Router#match` and `router->match` as `Router.match`. */
const dotted = (symbol: string): string =>
  symbol
    .trim()
    .replace(/::|->|#/g, '.')
    .replace(/\(\)$/, '')
