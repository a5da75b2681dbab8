/**
 * Files that the graph holds together, as far as that does not hang by a thread. Louvain's communities (Blondel and others,
 * 2008) are turned over by a single link in one case of five, so here only strong ties count, which an edit seldom makes or
 * breaks; communities are found several times, each time without some of the ties; and what most runs agree on holds.
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
/** Runs that must agree on two atoms: most pairs are together in nearly all runs or in hardly any, few in so many. */
const AGREE = 5
/** Edges between two atoms that make a tie. */
const STRONG = 6
/** Groups of fewer atoms tell a reader nothing. */
const LEAST = 3
/** From so many ties on, an atom may be one that nearly all others use, which holds nothing together. */
const MIN_HUB = 8
const MAX_ATOMS = 600
/** How often a community that is too large is looked into. */
const MAX_ROUNDS = 3

/** Some atoms that belong together, named by the one with the most ties among them. */
export interface Community {
  centre: string
  /** In the order given. */
  atoms: Atom[]
}

type Tie = readonly [number, number]

/**
 * @param atoms - Sorted by stem.
 * @param fits - Communities that do not are divided once more, where they can be.
 * @returns Sorted by centre; atoms that are in none are left out.
 */
export function communitiesOf(
  atoms: readonly Atom[],
  links: FileLinks,
  fits: (atoms: readonly Atom[]) => boolean,
): Community[] {
  if (atoms.length > MAX_ATOMS) return []
  const ties = tiesAmong(atoms, links)
  const all = (group: readonly number[]): Atom[] => group.flatMap((index) => atoms[index] ?? [])
  let groups = groupsOf(ties, atoms)
  for (let round = 1; round < MAX_ROUNDS; round++) {
    groups = groups.flatMap((group) => {
      if (fits(all(group))) return [group]
      const inside = new Set(group)
      return groupsOf(
        ties.filter(([a, b]) => inside.has(a) && inside.has(b)),
        atoms,
      )
    })
  }
  return groups
    .map((group) => ({ centre: atoms[centreOf(group, ties)]?.stem ?? '', atoms: all(group) }))
    .sort((a, b) => compareText(a.centre, b.centre))
}

/** Pairs of atoms that many edges lead between. */
function tiesAmong(atoms: readonly Atom[], links: FileLinks): Tie[] {
  const owner = new Map(atoms.flatMap((atom, index) => atom.units.map((unit) => [unit.path, index] as const)))
  const counts = new Map<number, number>()
  for (const [index, atom] of atoms.entries()) {
    for (const unit of atom.units) {
      for (const [path, count] of links.get(unit.path) ?? []) {
        const other = owner.get(path)
        if (other === undefined || other === index) continue
        const key = Math.min(index, other) * atoms.length + Math.max(index, other)
        counts.set(key, (counts.get(key) ?? 0) + count)
      }
    }
  }
  return [...counts]
    .filter(([, count]) => count >= STRONG)
    .sort(([a], [b]) => a - b)
    .map(([key]) => [Math.floor(key / atoms.length), key % atoms.length])
}

/** The groups of at least `LEAST` that the ties make, each in order. */
function groupsOf(ties: readonly Tie[], atoms: readonly Atom[]): number[][] {
  const degrees = degreesOf(ties)
  const classOf = (count: number): number => Math.floor(Math.log2(count))
  const isHub = (index: number): boolean => {
    const degree = degrees.get(index) ?? 0
    return degree >= MIN_HUB && classOf(degree) >= classOf(degrees.size) - 1
  }
  const pairs = ties.filter(([a, b]) => !isHub(a) && !isHub(b))
  return connected(agreed(pairs, atoms)).filter((group) => group.length >= LEAST)
}

/** Ties whose ends are in one community in most runs. */
function agreed(ties: readonly Tie[], atoms: readonly Atom[]): Tie[] {
  const named = ties.map((tie) => ({ tie, hash: fnv1a(tie.map((index) => atoms[index]?.stem).join('\0')), votes: 0 }))
  for (let run = 0; run < RUNS; run++) {
    const graph = new UndirectedGraph()
    for (const { tie, hash } of named) if (hash % RUNS !== run) graph.mergeEdge(tie[0], tie[1])
    if (graph.size === 0) continue
    const found = findCommunities(graph, { randomWalk: false })
    for (const one of named) {
      const community = found[one.tie[0]]
      if (community !== undefined && community === found[one.tie[1]]) one.votes += 1
    }
  }
  return named.filter(({ votes }) => votes >= AGREE).map(({ tie }) => tie)
}

/** The connected parts of a graph, in the order of their least numbers. */
function connected(ties: readonly Tie[]): number[][] {
  const above = new Map<number, number>()
  const top = (start: number): number => {
    let index = start
    for (let next = above.get(index); next !== undefined && next !== index; next = above.get(index)) index = next
    return index
  }
  for (const [a, b] of ties) {
    const [first, second] = [top(a), top(b)]
    above.set(Math.max(first, second), Math.min(first, second))
    if (!above.has(Math.min(first, second))) above.set(Math.min(first, second), Math.min(first, second))
  }
  const groups = new Map<number, number[]>()
  const members = [...new Set(ties.flat())].sort((a, b) => a - b)
  for (const index of members) groups.set(top(index), [...(groups.get(top(index)) ?? []), index])
  return [...groups.values()]
}

/** The one with the most ties inside, by classes that double, so that a tie more seldom makes another one first. */
function centreOf(group: readonly number[], ties: readonly Tie[]): number {
  const inside = new Set(group)
  const degrees = degreesOf(ties.filter(([a, b]) => inside.has(a) && inside.has(b)))
  const rank = (index: number): number => Math.floor(Math.log2((degrees.get(index) ?? 0) + 1))
  return group.reduce((best, next) => (rank(next) > rank(best) ? next : best))
}

function degreesOf(ties: readonly Tie[]): Map<number, number> {
  const degrees = new Map<number, number>()
  for (const index of ties.flat()) degrees.set(index, (degrees.get(index) ?? 0) + 1)
  return degrees
}
