/** Dividing a folder into at most a dozen parts that a reader would recognise, by folders alone where they suffice. */

import { compareText } from '#generate/model.ts'
import { cut } from './cut.ts'
import { descend, type Folder, listFolder } from './folder.ts'
import { fits, type Unit, weighCode } from './units.ts'

/** A module to be: a leaf has `units`, a parent has `parts`. */
export interface Part {
  id: string
  title: string
  path: string
  units: Unit[]
  parts: Part[]
}

const MAX_LEVEL = 3
const FEW_PARTS = 4
const MANY_PARTS = 12
/** A folder under this weight is not opened just to have more parts. */
const WORTH_OPENING = 8
/** Folders with fewer files join the files beside them; the first step that leaves at most `MANY_PARTS` is taken. */
const SMALL = [3, 6, 12, 24, 48]

/**
 * The parts of a folder, code first, then examples, then tests.
 *
 * @param packages - Folders with a manifest of their own, sorted; they stay apart while there is room.
 * @param level - 1 for the parts of the repository; no part is deeper than 3. The recursion ends there.
 */
export function divide(folder: Folder, packages: readonly string[], level = 1): Part[] {
  const plan = open(descend(folder))
  const { groups, folders } = gather(plan, packages)
  const parts = [
    ...groups.flatMap((group) => leavesOf(group, group.path === folder.path && folder.path !== '')),
    ...folders.flatMap((next) => partsOf(next, packages, level)),
  ]
  const total = weighCode(folder.units, true)
  const opened = plan.groups.slice(1).map((group) => group.path)
  return parts
    .map((part) => ({ part, rank: rankOf(part, total, opened) }))
    .sort((a, b) => a.rank - b.rank || compareText(a.part.path, b.part.path) || compareText(a.part.id, b.part.id))
    .map(({ part }) => part)
}

interface Plan {
  /** Files that lie directly in an opened folder, by that folder. */
  groups: Folder[]
  folders: Folder[]
}

/** Open the folder, and those inside it that hold most of everything or without which there would be too few parts. */
function open(folder: Folder): Plan {
  const listing = listFolder(folder)
  const groups: Folder[] = [{ path: folder.path, units: listing.files }]
  let folders = listing.folders.map(descend)
  const hasCode = folder.units.some((unit) => unit.weight === 1)
  const weightOf = (next: Folder): number => weighCode(next.units, hasCode)
  const total = weightOf(folder)
  while (folders.length > 0) {
    const largest = folders.reduce((a, b) => (weightOf(b) > weightOf(a) ? b : a))
    const weight = weightOf(largest)
    const inside = listFolder(largest)
    const worthIt = weight >= WORTH_OPENING && inside.folders.some((next) => next.units.length >= (SMALL[0] ?? 0))
    const areEnough = folders.filter((next) => weightOf(next) > 0).length >= FEW_PARTS
    if (!worthIt || (areEnough && weight <= total / 2)) break
    groups.push({ path: largest.path, units: inside.files })
    folders = [...folders.filter((next) => next !== largest), ...inside.folders.map(descend)]
  }
  return { groups, folders }
}

/** Let small folders join the files beside them until there are few enough parts. */
function gather(plan: Plan, packages: readonly string[]): Plan {
  let result: Plan = plan
  for (const [step, small] of SMALL.entries()) {
    const isPackage = new Set(step < 2 ? packages : [])
    const joins = (folder: Folder): boolean => folder.units.length < small && !isPackage.has(folder.path)
    const extra = new Map<string, Unit[]>()
    for (const folder of plan.folders.filter(joins)) {
      const home = homeOf(folder.path, plan.groups)
      extra.set(home, [...(extra.get(home) ?? []), ...folder.units])
    }
    const groups = plan.groups.map(({ path, units }) => ({
      path,
      units: [...units, ...(extra.get(path) ?? [])].sort((a, b) => compareText(a.path, b.path)),
    }))
    result = { groups, folders: plan.folders.filter((folder) => !joins(folder)) }
    const count = result.folders.length + result.groups.reduce((sum, group) => sum + cut(group.units).length, 0)
    if (count <= MANY_PARTS) break
  }
  return result
}

/** The deepest opened folder around a path. */
function homeOf(path: string, groups: Folder[]): string {
  const around = groups.filter((group) => group.path === '' || path.startsWith(`${group.path}/`))
  return around.reduce((a, b) => (b.path.length > a.path.length ? b : a)).path
}

function partsOf(found: Folder, packages: readonly string[], level: number): Part[] {
  const folder = descend(found)
  const holdsPackages = packages.filter((path) => path.startsWith(`${folder.path}/`)).length > 1
  if (fits(folder.units) && !(holdsPackages && level < MAX_LEVEL)) return leavesOf(folder, false)
  if (level === MAX_LEVEL) return leavesOf(folder, false)
  const parts = divide(folder, packages, level + 1)
  const title = baseName(folder.path)
  return parts.length < 2 ? parts : [{ id: folder.path, title, path: folder.path, units: [], parts }]
}

/** Leaves for files of one folder. `inside` tells that the folder's own name is taken by the parent. */
function leavesOf(found: Folder, inside: boolean): Part[] {
  // Files that only joined the top of the repository may all be of one folder.
  const folder = found.path === '' && found.units.length > 0 ? descend(found) : found
  const pieces = cut(folder.units)
  const name = folder.path === '' ? 'Top-level files' : baseName(folder.path)
  return pieces.map((units) => {
    const first = units[0]?.path ?? ''
    if (pieces.length > 1) {
      const prefix = folder.path === '' ? 0 : folder.path.length + 1
      const names = [first, units.at(-1)?.path ?? ''].map((path) => path.slice(prefix))
      const range = names[0] === names[1] ? names[0] : names.join(' to ')
      return { id: `${first}…`, title: `${name}: ${range}`, path: folder.path, units, parts: [] }
    }
    const id = folder.path === '' ? 'top-level files' : inside ? `${folder.path}/other files` : folder.path
    return { id, title: inside ? `${name}: other files` : name, path: folder.path, units, parts: [] }
  })
}

/** Folders beside the code proper. */
const SIDELINE =
  /^(?:\..*|bench(?:es|marks?)?|build|ci|docs?|documentation|fuzz(?:ing)?|integration|perf.*|scripts?|site|tools?|www|website)$/i

/** What a reader wants first: what holds most of the code, the main code, other code, examples, tests, the odd files at the top of the repository. */
function rankOf(part: Part, total: number, opened: readonly string[]): number {
  const units: Unit[] = []
  const queue = [part]
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    units.push(...next.units)
    queue.push(...next.parts)
  }
  if (units.every((unit) => unit.weight < 1)) return units.some((unit) => unit.weight > 0.1) ? 3 : 4
  const weight = weighCode(units, true)
  if (part.path === '') return weight < total / 4 ? 5 : 0
  if (part.path.split('/').some((name) => SIDELINE.test(name))) return 2
  const isMain = opened.length === 0 || opened.some((path) => part.path === path || part.path.startsWith(`${path}/`))
  if (!isMain) return 1
  return weight > total / 2 ? -1 : 0
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
