/**
 * Orders parts for readers: the main code, other code, folders beside the code, examples, tests. In the main code, the
 * parts that a reader begins with come first, then those that most other parts use.
 */

import { append, greatest } from '#base/long-arrays.ts'
import { isSideline } from '#generate/beside-code.ts'
import { compareText } from '#generate/model.ts'
import { nameOf } from '#generate/paths.ts'
import type { FileLinks } from './links.ts'
import { isStandIn, isTool, isUtility } from './names.ts'
import type { Context, Part } from './part.ts'
import type { Unit } from './units.ts'

/** The ranks of parts, in reading order. From `BESIDE` on, they are not main code. */
const MAIN = 1
const OTHER = 2
const BESIDE = 3
const TOOLS = 4
const EXAMPLES = 5
const TESTS = 6
/** Ids of parts that bundle others. */
const REST = /(?:smaller folders|folders beside the code)$/
/** Weights of the parts that a reader begins with, and of those they use; the classes of users count far less. */
const NAMESAKE = 400
const ENTRY = 200
const NEXT = 100

/** @param opened - Folders whose contents are listed beside the others; these contents are the main code. */
export function order(parts: readonly Part[], opened: readonly string[], context: Context): Part[] {
  const { users, used } = usesAmong(parts, context.links)
  const own = parts.map((part, index) => weightOf(part, users[index] ?? 0, context))
  const first = own.indexOf(greatest(own))
  const isNext = (part: Part, index: number): boolean =>
    (own[first] ?? 0) >= ENTRY && used[first]?.has(index) === true && !isUtility(part.path) && (own[index] ?? 0) >= 0
  const known = parts.map((part, index) => ({
    part,
    rank: rankOf(part, opened),
    weight: (own[index] ?? 0) + (index === first ? 2 * NEXT : isNext(part, index) ? NEXT : 0),
    isRest: REST.test(part.id) ? 1 : 0,
  }))
  // Groups of the files of one folder stay together.
  const keyOf = ({ part, rank, isRest }: (typeof known)[number]): string => `${rank} ${isRest ? part.id : part.path}`
  const weights = new Map<string, number>()
  for (const one of known) weights.set(keyOf(one), Math.max(weights.get(keyOf(one)) ?? 0, one.weight))
  const heaviest = (one: (typeof known)[number]): number => weights.get(keyOf(one)) ?? 0
  return known
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        heaviest(b) - heaviest(a) ||
        compareText(a.part.path, b.part.path) ||
        a.isRest - b.isRest ||
        compareText(a.part.title, b.part.title),
    )
    .map(({ part }) => part)
}

/**
 * Decides which parts are not main code: tools, benchmarks, examples, tests. If there are only tools, they are the main code.
 *
 * @param parts - The parts of the whole repository.
 * @param run - Files with the programs of packages: parts with such files are main code, whatever their names.
 */
export function besideOf(parts: readonly Part[], run: ReadonlySet<string>): (part: Part) => boolean {
  const hasMain = parts.some((part) => rankOf(part, []) < BESIDE)
  return (part) => rankOf(part, []) >= (hasMain ? BESIDE : EXAMPLES) && !unitsIn(part).some(({ path }) => run.has(path))
}

function rankOf(part: Part, opened: readonly string[]): number {
  const units = unitsIn(part)
  const code = units.filter((unit) => unit.isCode)
  // Examples have a larger size than tests.
  if (code.length === 0) return units.some((unit) => unit.size > 1) ? EXAMPLES : TESTS
  // A Python package inside another is imported with it, whatever its name.
  const isImported = part.path.includes('/') && units.some(({ path }) => path === `${part.path}/__init__.py`)
  // Go's tools ignore `_generator`.
  const isIgnored = code.every(({ path }) => path.endsWith('.go') && /(?:^|\/)_/.test(path))
  if (isIgnored || (part.path !== '' && isSideline(part.path) && !isImported)) return BESIDE
  if (part.id === 'build and tools') return TOOLS
  if (!isImported && code.every((unit) => isTool(unit.path))) return part.path === '' ? TOOLS : BESIDE
  const isMain = opened.some((path) => part.path === path || part.path.startsWith(`${path}/`))
  return isMain || opened.length === 0 || part.path === '' ? MAIN : OTHER
}

/**
 * The weight of a part for readers: the repository's namesake, entries, and widely used parts first; utilities last,
 * and after them polyfills and third-party code.
 */
function weightOf(part: Part, users: number, { name, entries }: Context): number {
  const used = Math.floor(Math.log2(users + 1))
  const isEntry = unitsIn(part).some((unit) => entries.has(unit.path))
  if (isStandIn(part.path) && !isEntry) return -1
  // The part of the files at the top always has the name of the repository.
  const names = part.path === '' ? [] : [part.title, nameOf(part.path)]
  const isNamesake = names.some((one) => one.toLowerCase() === name.toLowerCase())
  if (isNamesake || part.id.endsWith('/top level')) return NAMESAKE + used
  if (isUtility(part.path)) return 0
  return (isEntry ? ENTRY : 1) + used
}

/** For each part, the number of code files in other parts that use its code, and the parts that it uses. */
function usesAmong(parts: readonly Part[], links: FileLinks): { users: number[]; used: Set<number>[] } {
  const users = parts.map(() => 0)
  const used = parts.map(() => new Set<number>())
  const owners = new Map<string, number>()
  for (const [index, part] of parts.entries())
    for (const unit of unitsIn(part)) if (unit.isCode) owners.set(unit.path, index)
  for (const [path, index] of owners) {
    const here = new Set<number>()
    for (const target of links.get(path)?.keys() ?? []) {
      const other = owners.get(target)
      if (other !== undefined && other !== index) here.add(other)
    }
    for (const other of here) {
      users[other] = (users[other] ?? 0) + 1
      used[index]?.add(other)
    }
  }
  return { users, used }
}

function unitsIn(part: Part): Unit[] {
  const units: Unit[] = []
  const queue = [part]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    append(units, next.units)
    append(queue, next.parts)
  }
  return units
}
