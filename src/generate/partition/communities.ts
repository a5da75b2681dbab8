/**
 * Files that the graph holds together, as far as that does not hang by a thread: Louvain's communities (Blondel and others,
 * 2008) are found several times, each time without some of the links, and only what is together nearly always counts.
 * So a link more or less hardly ever moves a file, though one run of Louvain may be turned over by it.
 */

import { UndirectedGraph } from 'graphology'
import louvain from 'graphology-communities-louvain'
import { compareText } from '#generate/model.ts'
import { fnv1a } from './cut.ts'
import type { FileLinks } from './links.ts'
import type { Atom } from './stems.ts'

/** Its types tell of a default export that the module, which is CommonJS, does not have. */
const findCommunities = louvain as unknown as (
  graph: UndirectedGraph,
  options: { randomWalk: boolean },
) => Record<number, number>

const RUNS = 8
/** In each run one link of this many is left out, another one each time. */
const LEFT_OUT = 8
/** Two atoms are held together when this many runs say so. */
const AGREE = 7
/** Groups of fewer atoms tell a reader nothing. */
const LEAST = 3
/** What is linked to more than this share of all holds nothing together. */
const HUB_SHARE = 1 / 3
const MAX_ATOMS = 600

/** Some atoms that belong together, named by the one that most others are linked to. */
export interface Community {
  hub: string
  /** In the order given. */
  atoms: Atom[]
}

/** @param atoms - Sorted by stem. @returns Sorted by hub; atoms that are in none are left out. */
export function communitiesOf(atoms: readonly Atom[], links: FileLinks): Community[] {
  if (atoms.length < LEAST * 2 || atoms.length > MAX_ATOMS) return []
  const linked = linksAmong(atoms, links)
  const isHub = linked.map((others) => others.size > Math.max(LEAST * 2, atoms.length * HUB_SHARE))
  const pairs: [number, number][] = []
  for (const [a, others] of linked.entries()) {
    for (const b of [...others].sort((x, y) => x - y)) if (a < b && !isHub[a] && !isHub[b]) pairs.push([a, b])
  }
  const agreed = agreement(atoms, pairs)
  const groups = components(atoms.length, agreed)
  return groups
    .filter((group) => group.length >= LEAST)
    .map((group) => ({ hub: hubOf(group, atoms, linked), atoms: group.flatMap((index) => atoms[index] ?? []) }))
    .sort((a, b) => compareText(a.hub, b.hub))
}

function linksAmong(atoms: readonly Atom[], links: FileLinks): Set<number>[] {
  const owner = new Map(atoms.flatMap((atom, index) => atom.units.map((unit) => [unit.path, index] as const)))
  return atoms.map((atom, index) => {
    const others = new Set<number>()
    for (const unit of atom.units) {
      for (const path of links.get(unit.path) ?? []) {
        const other = owner.get(path)
        if (other !== undefined && other !== index) others.add(other)
      }
    }
    return others
  })
}

/** Pairs of atoms that are in one community in nearly all runs. */
function agreement(atoms: readonly Atom[], pairs: readonly [number, number][]): [number, number][] {
  const nameOf = ([a, b]: readonly [number, number]): string => `${atoms[a]?.stem}\0${atoms[b]?.stem}`
  const votes = new Map<string, { pair: [number, number]; count: number }>()
  for (let run = 0; run < RUNS; run++) {
    const graph = new UndirectedGraph()
    for (const index of atoms.keys()) graph.addNode(index)
    for (const pair of pairs) if (fnv1a(nameOf(pair)) % LEFT_OUT !== run) graph.addEdge(pair[0], pair[1])
    if (graph.size === 0) continue
    const found = findCommunities(graph, { randomWalk: false })
    for (const pair of pairs) {
      if (found[pair[0]] !== found[pair[1]]) continue
      const vote = votes.get(nameOf(pair))
      if (vote === undefined) votes.set(nameOf(pair), { pair, count: 1 })
      else vote.count += 1
    }
  }
  return [...votes.values()].filter(({ count }) => count >= AGREE).map(({ pair }) => pair)
}

/** The connected parts of a graph of numbers. */
function components(count: number, pairs: readonly [number, number][]): number[][] {
  const above = Array.from({ length: count }, (_, index) => index)
  const top = (start: number): number => {
    let index = start
    while ((above[index] ?? index) !== index) index = above[index] ?? index
    return index
  }
  for (const [a, b] of pairs) {
    const [first = 0, second = 0] = [top(a), top(b)].sort((x, y) => x - y)
    above[second] = first
  }
  const groups = new Map<number, number[]>()
  for (let index = 0; index < count; index++) groups.set(top(index), [...(groups.get(top(index)) ?? []), index])
  return [...groups.values()]
}

/** The atom with the most links inside, by classes that double, so that a link more seldom makes another one first. */
function hubOf(group: readonly number[], atoms: readonly Atom[], linked: readonly Set<number>[]): string {
  const inside = new Set(group)
  const ranked = group.map((index) => {
    const degree = [...(linked[index] ?? [])].filter((other) => inside.has(other)).length
    return { stem: atoms[index]?.stem ?? '', rank: Math.floor(Math.log2(degree + 1)) }
  })
  return ranked.reduce((best, next) => (next.rank > best.rank ? next : best)).stem
}
