/**
 * Groups the files of one folder that is too large for a page, as a reader would: by the words their names begin or end
 * with, then by connections in the graph, then by the alphabet.
 */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import { compareText } from '#generate/model.ts'
import { communitiesOf } from './communities.ts'
import { cut } from './cut.ts'
import type { FileLinks } from './links.ts'
import { type Atom, atomsOf, isSequence } from './stems.ts'
import type { Title } from './title.ts'
import { fits, LARGE, sizeOf, sorted, type Unit } from './units.ts'

export interface Group {
  /** Unique among the groups of a folder, and stable as long as the group exists. */
  key: string
  label: Title
  /** The first and the last name of a piece of the alphabet. */
  ends?: readonly [from: string, to: string] | undefined
  units: Unit[]
  /** `named` by a word that its names share; `large` for a single large file; `rest` for the remaining files. */
  kind: 'named' | 'large' | 'rest'
}

/** Minimum numbers of names in a group; the next one is used if there would be too many groups. */
const MIN_NAMES = [3, 4, 6, 8, 12, 16, 24, 32]
/** Limit on the named groups of a folder. */
const MAX_NAMED_GROUPS = 11
/** Minimum size of a group, as a share of a page; less, such as a few tests, is not a group. */
const MIN_SHARE = 1 / 20
/** Minimum size of a group of files that the graph connects, as a share of a page. */
const MIN_COMMUNITY_SHARE = 1 / 12
/** Limit on the names in the label of such a group; the most used ones are listed. */
const MAX_LISTED = 4
const MOST_USED = 3
/** More pieces of the alphabet are found by their first and last names. */
const MAX_NAMED_PIECES = 3
const MIN_ROOT = 3
const MIN_SUFFIX = 3

/** The groups of a folder's files, the named groups first. */
export function groupFiles(units: readonly Unit[], folder: string, links: FileLinks): Group[] {
  const atoms = atomsOf(units, folder)
  if (isSequence(atoms)) return pieces(atoms, '')
  const keys = keysOf(atoms)
  let named = new Map<string, Atom[]>()
  for (const least of MIN_NAMES) {
    named = chosen(atoms, keys, least)
    if (named.size <= MAX_NAMED_GROUPS) break
  }
  const taken = new Set([...named.values()].flat())
  const groups = [...named].flatMap(([key, list]): Group[] => {
    const label = labelOf(key, list)
    const all = list.flatMap((atom) => atom.units)
    return fits(all)
      ? [{ key: `${key} files`, label: () => label, units: sorted(all), kind: 'named' }]
      : narrower(list, key, label)
  })
  return [
    ...groups.sort((a, b) => compareText(a.key, b.key)),
    ...rest(
      atoms.filter((atom) => !taken.has(atom)),
      atoms,
      links,
    ),
  ]
}

/** The keys that a name may be grouped by: `word*` and `*word`, each with the number of names that have it. */
interface Keys {
  prefix: string | null
  suffix: string | null
}

function keysOf(atoms: readonly Atom[]): Map<Atom, Keys> {
  const carried = carrierOf(atoms)
  const firsts = new Set<string>()
  // In `IPlan`, the letter marks an interface and is not a word.
  const wordsOf = ({ words, stem }: Atom): string[] =>
    words.length > 1 && (words[0] === carried || /^I\p{Lu}\p{Ll}/u.test(stem)) ? words.slice(1) : words
  for (const atom of atoms) firsts.add(wordsOf(atom)[0] ?? '')
  return new Map(
    atoms.map((atom): [Atom, Keys] => {
      if (atom.stem.endsWith('/')) return [atom, { prefix: null, suffix: null }]
      const words = wordsOf(atom)
      const last = words.length > 1 ? (words.at(-1) ?? '') : ''
      const prefix = words[0] === undefined ? null : `${rootOf(words[0], firsts)}*`
      return [atom, { prefix, suffix: last.length >= MIN_SUFFIX ? `*${last}` : null }]
    }),
  )
}

/** The word that more than half of all names begin with, such as `json`, which therefore distinguishes none. */
function carrierOf(atoms: readonly Atom[]): string | null {
  const counts = new Map<string, number>()
  for (const { words } of atoms) counts.set(words[0] ?? '', (counts.get(words[0] ?? '') ?? 0) + 1)
  const most = [...counts].find(([, count]) => count > atoms.length / 2)
  return most?.[0] ?? null
}

/** The shortest first word of another name that a word begins with: `geohash` → `geo`. */
function rootOf(word: string, firsts: ReadonlySet<string>): string {
  for (let length = MIN_ROOT; length < word.length; length++) {
    if (firsts.has(word.slice(0, length))) return word.slice(0, length)
  }
  return word
}

/** Groups names by the more common of their keys, comparing counts in doubling classes. */
function chosen(atoms: readonly Atom[], keys: ReadonlyMap<Atom, Keys>, least: number): Map<string, Atom[]> {
  const counts = new Map<string, number>()
  for (const { prefix, suffix } of keys.values()) {
    for (const key of [prefix, suffix]) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const rank = (key: string | null): number => {
    const count = key === null ? 0 : (counts.get(key) ?? 0)
    return count < least ? -1 : Math.floor(Math.log2(count))
  }
  const groups = new Map<string, Atom[]>()
  for (const atom of atoms) {
    const { prefix = null, suffix = null } = keys.get(atom) ?? {}
    const key = rank(suffix) > rank(prefix) ? suffix : prefix
    if (key === null || rank(key) < 0) continue
    push(groups, key, atom)
  }
  return new Map(
    [...groups].filter(
      ([, list]) =>
        list.length >= least &&
        !fits(
          list.flatMap((one) => one.units),
          MIN_SHARE,
        ),
    ),
  )
}

/** Divides a group that is too large for a page by the next word, `JsonText*`; names without one by the alphabet. */
function narrower(atoms: readonly Atom[], key: string, label: string): Group[] {
  const isPrefix = key.endsWith('*')
  const shorter = atoms.map((atom) => ({ ...atom, words: isPrefix ? atom.words.slice(1) : atom.words.slice(0, -1) }))
  const found = chosen(shorter, keysOf(shorter), MIN_NAMES[0] ?? 1)
  const taken = new Set([...found.values()].flat().map((atom) => atom.stem))
  const groups = [...found].flatMap(([inner, list]): Group[] => {
    const units = sorted(list.flatMap((atom) => atom.units))
    if (!fits(units)) return pieces(list, `${label} `)
    const written = labelOf(inner, list)
    const joined = inner.endsWith('*') === isPrefix && isPrefix ? label.slice(0, -1) + written : `${label} ${written}`
    return [{ key: `${key} ${inner} files`, label: () => joined.replace(/\* \*/, '*'), units, kind: 'named' }]
  })
  const left = atoms.filter((atom) => !taken.has(atom.stem))
  const units = sorted(left.flatMap((atom) => atom.units))
  if (left.length === 0) return groups
  if (fits(units))
    return [...groups, { key: `${key} other files`, label: (words) => words.others(label), units, kind: 'named' }]
  return [...groups, ...pieces(left, `${label} `)]
}

/**
 * Groups the rest into single large files, communities, and pieces of the alphabet; into one group if it fits on a page.
 *
 * @param whole - All files of the folder: communities are found among these, so that they do not depend on other
 *   groups.
 */
function rest(atoms: readonly Atom[], whole: readonly Atom[], links: FileLinks): Group[] {
  const all = sorted(atoms.flatMap((atom) => atom.units))
  if (all.length === 0) return []
  if (fits(all)) return [{ key: 'other files', label: (words) => words.otherFiles, units: all, kind: 'rest' }]
  const isLarge = (atom: Atom): boolean => sizeOf(atom.units) >= LARGE && !atom.stem.endsWith('/')
  const alone = atoms.filter(isLarge).map((atom): Group => {
    return { key: `${atom.stem} file`, label: () => atom.stem, units: sorted(atom.units), kind: 'large' }
  })
  const small = atoms.filter((atom) => !isLarge(atom))
  const isLeft = new Set(small)
  const communities = communitiesOf(whole, links, (list) => fits(list.flatMap((atom) => atom.units)))
    .map(({ centre, atoms: list }) => ({ centre, atoms: list.filter((atom) => isLeft.has(atom)) }))
    .filter(({ atoms: list }) => {
      const inside = list.flatMap((atom) => atom.units)
      return fits(inside) && !fits(inside, MIN_COMMUNITY_SHARE)
    })
  const placed = new Set(communities.flatMap((community) => community.atoms))
  const around = communities.map(({ centre, atoms: list }): Group => {
    const units = sorted(list.flatMap((atom) => atom.units))
    return { key: `around ${centre}`, label: mostUsed(list, links), units, kind: 'rest' }
  })
  const others = small.filter((atom) => !placed.has(atom))
  // Files left over beside other groups are not a range of the alphabet.
  const isAll = others.length === whole.length
  const left = pieces(others, '', isAll ? undefined : links).map((piece, _, { length }): Group => {
    return length > 1 || around.length === 0 ? piece : { ...piece, label: (words) => words.otherFiles, ends: undefined }
  })
  return [...alone, ...around, ...left].sort((a, b) => compareText(a.key, b.key))
}

/** The number of files that use each file. */
const usersIn = memoized((links: FileLinks): ReadonlyMap<string, number> => {
  const users = new Map<string, number>()
  for (const row of links.values()) for (const path of row.keys()) users.set(path, (users.get(path) ?? 0) + 1)
  return users
})

/** The names that most files use, private ones last: `text, rule, spinner and 6 more`. */
function mostUsed(atoms: readonly Atom[], links: FileLinks): Title {
  const users = usersIn(links)
  const names = atoms
    .map(({ stem, units }) => ({
      stem: stem.replace(/\/$/, ''),
      uses: stem.startsWith('_') ? -1 : units.reduce((sum, { path }) => sum + (users.get(path) ?? 0), 0),
    }))
    .sort((a, b) => b.uses - a.uses || compareText(a.stem, b.stem))
    .map(({ stem }) => stem)
  const [only = ''] = names
  const more = names.length - MOST_USED
  return (words) =>
    more > MAX_LISTED - MOST_USED
      ? words.namesAndMore(names.slice(0, MOST_USED), more)
      : names.length === 1
        ? only
        : words.names(names)
}

/**
 * Divides files into pieces of the alphabet: `adlist to blocked`.
 *
 * @param links - If given, a few pieces are named after their most used files.
 */
function pieces(atoms: readonly Atom[], prefix: string, links?: FileLinks): Group[] {
  const found = cut(
    atoms,
    (atom) => atom.stem,
    (list) => fits(list.flatMap((atom) => atom.units)),
  )
  return found.map(({ border, items }): Group => {
    const [from = '', to = ''] = [items[0], items.at(-1)].map((atom) => atom?.stem.replace(/\/$/, '') ?? '')
    const isNamed = links !== undefined && found.length <= MAX_NAMED_PIECES
    const range: Title = (words) => prefix + (from === to ? from : words.range(from, to))
    const label = isNamed ? mostUsed(items, links) : range
    const key = border === null ? `${prefix}first files` : `${prefix}files from ${border}`
    const units = sorted(items.flatMap((atom) => atom.units))
    return { key, label, ends: [prefix + from, from === to ? prefix + from : to], units, kind: 'rest' }
  })
}

/** The label of a group, `cluster*` or `t_*`, in the spelling of its files. */
function labelOf(key: string, atoms: readonly Atom[]): string {
  const word = key.replace('*', '')
  const isPrefix = key.endsWith('*')
  const stems = atoms.map((atom) => atom.stem)
  const at = (stem: string): number => stem.toLowerCase()[isPrefix ? 'indexOf' : 'lastIndexOf'](word)
  const [first = ''] = stems
  const written = at(first) === -1 ? word : first.slice(at(first), at(first) + word.length)
  if (!isPrefix) return `*${written}`
  const after = new Set(stems.map((stem) => stem.charAt(at(stem) + word.length)))
  const [sign = ''] = after
  return `${written}${after.size === 1 && /^[_.-]$/.test(sign) ? sign : ''}*`
}
