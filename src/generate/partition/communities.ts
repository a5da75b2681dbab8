/**
 * Finds groups of files that the graph connects, in a way that is stable under small edits. A single link changes
 * Louvain's communities (Blondel and others, 2008) in one case of five, so only strong ties are used here, which an
 * edit seldom adds or removes; communities are computed several times, each time without some of the ties; and only
 * groups that most runs agree on are kept.
 */

import { UndirectedGraph } from 'graphology'
import louvain from 'graphology-communities-louvain'
import { fnv1a } from '#base/fnv1a.ts'
import { push } from '#base/multimap.ts'
import { compareText } from '#generate/model.ts'
import type { FileLinks } from './links.ts'
import type { Atom } from './stems.ts'

/** The package's types declare a default export that the module, which is CommonJS, does not have. */
const findCommunities = louvain as unknown as (
  graph: UndirectedGraph,
  options: { randomWalk: boolean },
) => Record<number, number>

const RUNS = 8
/**
 * The number of runs that must agree on two atoms. Few pairs are close to it: most are together in nearly all runs or hardly any.
 */
const AGREE = 5
/** Minimum number of edges between two atoms with a strong tie. */
const MIN_EDGES = 6
/** Minimum number of atoms in a group; smaller groups do not help readers. */
const MIN_ATOMS = 3
/** Minimum number of ties of an atom that nearly all others use and that therefore groups nothing. */
const MIN_HUB = 8
const MAX_ATOMS = 600
/** Limit on dividing a community that is too large. */
const MAX_ROUNDS = 3

/** Atoms that belong together, named after the one with the most ties among them. */
export interface Community {
  centre: string
  /** The atoms, in the given order. */
  atoms: Atom[]
}

type Tie = readonly [number, number]

/**
 * @param atoms - Sorted by stem.
 * @param fits - Whether a community is small enough; others are divided again if possible.
 * @returns Communities sorted by centre, without atoms that are in none.
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

/** Pairs of atoms that many edges connect. */
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
    .filter(([, count]) => count >= MIN_EDGES)
    .sort(([a], [b]) => a - b)
    .map(([key]) => [Math.floor(key / atoms.length), key % atoms.length])
}

/** The groups of at least `MIN_ATOMS` atoms that the ties form, each in order. */
function groupsOf(ties: readonly Tie[], atoms: readonly Atom[]): number[][] {
  const degrees = degreesOf(ties)
  const classOf = (count: number): number => Math.floor(Math.log2(count))
  const isHub = (index: number): boolean => {
    const degree = degrees.get(index) ?? 0
    return degree >= MIN_HUB && classOf(degree) >= classOf(degrees.size) - 1
  }
  const pairs = ties.filter(([a, b]) => !isHub(a) && !isHub(b))
  return connected(agreed(pairs, atoms)).filter((group) => group.length >= MIN_ATOMS)
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

/** The connected components of a graph, ordered by their smallest numbers. */
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
  for (const index of members) push(groups, top(index), index)
  return [...groups.values()]
}

/** The atom with the most ties inside the group, counted in powers of two so that one more tie seldom changes the centre. */
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
