/**
 * The order in which a reader wants the parts: the main code, other code, what is beside it, examples, tests. Of the main code
 * what is begun with comes first, then what most others use.
 */

import { compareText } from '#generate/model.ts'
import type { FileLinks } from './links.ts'
import { baseName, isSideline, isTool, isUtility } from './names.ts'
import type { Context, Part } from './part.ts'
import type { Unit } from './units.ts'

/** From this rank on, a part is beside the code. */
const BESIDE = 3
const EXAMPLES = 5
/** Parts that are kept together because there is no room for each. */
const REST = /(?:other files|smaller folders|folders beside the code)$/
/** Weights of what a reader begins with, and of what that uses; a part has far fewer classes of users. */
const NAMESAKE = 400
const ENTRY = 200
const NEXT = 100

/** @param opened - Folders whose contents stand beside the others: what is in them is the main code. */
export function order(parts: readonly Part[], opened: readonly string[], context: Context): Part[] {
  const { users, used } = usesAmong(parts, context.links)
  const own = parts.map((part, index) => weightOf(part, users[index] ?? 0, context))
  const first = own.indexOf(Math.max(...own))
  const isNext = (part: Part, index: number): boolean =>
    (own[first] ?? 0) >= ENTRY && used[first]?.has(index) === true && !isUtility(part.path)
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
 * Which parts are no main code: tools, benchmarks, examples, tests. Where there is nothing but tools, they are the main code.
 *
 * @param parts - Of the whole repository.
 * @param run - Files with the programs of packages: what holds them is main code, whatever it is called.
 */
export function besideOf(parts: readonly Part[], run: ReadonlySet<string>): (part: Part) => boolean {
  const hasMain = parts.some((part) => rankOf(part, []) < BESIDE)
  return (part) => rankOf(part, []) >= (hasMain ? BESIDE : EXAMPLES) && !unitsIn(part).some(({ path }) => run.has(path))
}

function rankOf(part: Part, opened: readonly string[]): number {
  const units = unitsIn(part)
  const code = units.filter((unit) => unit.isCode)
  if (code.length === 0) return units.some((unit) => unit.size > 1) ? EXAMPLES : EXAMPLES + 1
  // A package of Python in another one is imported with it, whatever it is called.
  const isImported = part.path.includes('/') && units.some(({ path }) => path === `${part.path}/__init__.py`)
  if (part.path !== '' && isSideline(part.path) && !isImported) return BESIDE
  if (part.id === 'build and tools') return 4
  if (!isImported && code.every((unit) => isTool(unit.path))) return part.path === '' ? 4 : BESIDE
  const isMain = opened.some((path) => part.path === path || part.path.startsWith(`${path}/`))
  return isMain || opened.length === 0 || part.path === '' ? 1 : 2
}

/** How much a reader wants it: what the repository is named after, where it begins, what many use; utilities last. */
function weightOf(part: Part, users: number, { name, entries }: Context): number {
  const used = Math.floor(Math.log2(users + 1))
  // What lies at the top has the name of the repository, whatever it is.
  const names = part.path === '' ? [] : [part.title, baseName(part.path)]
  const isNamesake = names.some((one) => one.toLowerCase() === name.toLowerCase())
  if (isNamesake || part.id.endsWith('/top level')) return NAMESAKE + used
  if (isUtility(part.path)) return 0
  return (unitsIn(part).some((unit) => entries.has(unit.path)) ? ENTRY : 1) + used
}

/** How many files of code of the other parts use code of each, and which parts each uses. */
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
    units.push(...next.units)
    queue.push(...next.parts)
  }
  return units
}
