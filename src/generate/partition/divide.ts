/** Dividing a folder into at most a dozen parts that a reader would recognise, by folders alone where they suffice. */

import { compareText } from '#generate/model.ts'
import { cut } from './cut.ts'
import { descend, type Folder, listFolder } from './folder.ts'
import { type Group, groupFiles } from './group.ts'
import type { FileLinks } from './links.ts'
import { baseName, isInside, isSideline, isTool, titleOf } from './names.ts'
import { open, type Plan, SMALL } from './open.ts'
import { order } from './order.ts'
import { fits, type Unit } from './units.ts'

/** A module to be: a leaf has `units`, a parent has `parts`. */
export interface Part {
  id: string
  title: string
  path: string
  units: Unit[]
  parts: Part[]
}

export interface Context {
  /** The repository's name, for what no folder names. */
  name: string
  /** Folders with a manifest of their own; they stay apart while there is room. */
  packages: ReadonlySet<string>
  links: FileLinks
}

const MAX_LEVEL = 3
/** A folder that lies too deep to be divided further may be twice as large as others. */
const LAST_PAGES = 2
const MANY_PARTS = 12
/** Packages are what a reader looks for: where most folders are such, there may be more. */
const MANY_PACKAGES = 16
/** Tests, examples and what is beside the code come on top of those. */
const MANY_SIDE_PARTS = 4
/** Folders with fewer files are kept together; the first step that leaves at most `MANY_PARTS` is taken. */
const STEPS = [0, 4, 6, 8, 12, 16, 24, 32, 48]
/** Up to this step a package is never kept together with others. */
const PACKAGES_STEP = 6

/**
 * The parts of a folder, code first, then examples, then tests.
 *
 * @param level - 1 for the parts of the repository; no part is deeper than 3. The recursion ends there.
 */
export function divide(folder: Folder, context: Context, level = 1): Part[] {
  const plan = gather(open(descend(folder), level), context)
  const bundled = bundlesOf(plan, context)
  const parts = [
    ...plan.groups.flatMap((group) => looseParts(group, folder, context, level)),
    ...bundled.kept.flatMap((next) => partsOf(next, context, level)),
    ...bundled.bundles.flatMap((bundle) => bundleParts(bundle, context, level)),
  ]
  const opened = plan.groups.slice(1).map((group) => group.path)
  return order(parts, opened)
}

/** Small folders join the files beside them; a few files that lie in an opened folder join those of the nearest one. */
function gather(plan: Plan, { packages }: Context): Plan {
  const isSmall = (next: Folder): boolean =>
    next.units.length < SMALL && !(packages.has(next.path) && next.units.some((unit) => unit.isCode))
  const groups = new Map(plan.groups.map(({ path, units }) => [path, [...units]]))
  for (const next of plan.folders.filter(isSmall)) groups.get(homeOf(next.path, plan.groups))?.push(...next.units)
  const deepestFirst = [...groups.keys()].sort((a, b) => b.length - a.length || compareText(a, b))
  for (const path of deepestFirst) {
    const units = groups.get(path) ?? []
    if (path === '' || units.length === 0 || units.length >= SMALL) continue
    const inside = deepestFirst.filter((other) => isInside(other, path) && (groups.get(other)?.length ?? 0) >= SMALL)
    const around = deepestFirst.find((other) => other !== path && isInside(path, other) && groups.has(other))
    const home = inside.at(-1) ?? around
    // The only file of a package beside its folders is its head, such as `lib.rs`.
    if (home === undefined || (home === '' && units.some((unit) => unit.isCode))) continue
    groups.get(home)?.push(...units)
    groups.set(path, [])
  }
  return {
    groups: plan.groups.map(({ path }) => ({ path, units: sorted(groups.get(path) ?? []) })),
    folders: plan.folders.filter((next) => !isSmall(next)),
  }
}

interface Bundle {
  /** The folder around them. */
  home: string
  folders: Folder[]
}

/** Where there are too many folders, the smaller ones are kept together: those of code, and those beside it. */
function bundlesOf(plan: Plan, { packages }: Context): { kept: Folder[]; bundles: Bundle[] } {
  const isMain = (next: Folder): boolean => next.units.some((unit) => unit.isCode) && !isSideline(next.path)
  const hasCode = plan.folders.some(isMain)
  const loose = plan.groups.filter((group) => group.units.length > 0).length
  const isPackaged = plan.folders.filter((next) => packages.has(next.path)).length > plan.folders.length / 2
  const main = bundled(
    plan.folders.filter((next) => isMain(next) === hasCode),
    plan,
    (isPackaged ? MANY_PACKAGES : MANY_PARTS) - loose,
    packages,
  )
  const side = bundled(
    plan.folders.filter((next) => isMain(next) !== hasCode),
    plan,
    MANY_SIDE_PARTS,
    packages,
  )
  return { kept: [...main.kept, ...side.kept], bundles: [...main.bundles, ...side.bundles] }
}

function bundled(
  folders: readonly Folder[],
  plan: Plan,
  many: number,
  packages: ReadonlySet<string>,
): { kept: Folder[]; bundles: Bundle[] } {
  let result: { kept: Folder[]; bundles: Bundle[] } = { kept: [...folders], bundles: [] }
  for (const step of STEPS) {
    const bundles = new Map<string, Folder[]>()
    for (const next of folders) {
      if (next.units.length >= step || (packages.has(next.path) && step <= PACKAGES_STEP)) continue
      const home = homeOf(next.path, plan.groups)
      bundles.set(home, [...(bundles.get(home) ?? []), next])
    }
    // One folder alone is not kept together with anything.
    const several = [...bundles].filter(([, list]) => list.length > 1)
    const taken = new Set(several.flatMap(([, list]) => list))
    result = {
      kept: folders.filter((next) => !taken.has(next)),
      bundles: several.map(([home, list]) => ({ home, folders: list })),
    }
    if (result.kept.length + result.bundles.length <= many) break
  }
  return result
}

function bundleParts({ home, folders }: Bundle, context: Context, level: number): Part[] {
  const units = sorted(folders.flatMap((next) => next.units))
  const title = namesOf(folders)
  const isSide = folders.every((next) => isSideline(next.path) || !next.units.some((unit) => unit.isCode))
  const id = `${home === '' ? '' : `${home}/`}${isSide ? 'folders beside the code' : 'smaller folders'}`
  if (fits(units)) return [{ id, title, path: home, units, parts: [] }]
  if (level < MAX_LEVEL) {
    const parts = folders.flatMap((next) => partsOf(next, context, level + 1))
    return [{ id, title, path: home, units: [], parts: order(parts, []) }]
  }
  const start = home === '' ? 0 : home.length + 1
  const found = cut(
    folders,
    (next) => next.path,
    (list) => fits(list.flatMap((next) => next.units)),
  )
  return found.flatMap(({ border, items }): Part[] => {
    const [only] = items
    if (items.length === 1 && only !== undefined) return partsOf(only, context, level)
    const names = [items[0], items.at(-1)].map((next) => next?.path.slice(start) ?? '')
    return [
      {
        id: `${id} from ${border?.slice(start) ?? 'the first'}`,
        title: `${titleOf(home, context.name)}: ${names.join(' to ')}`,
        path: home,
        units: sorted(items.flatMap((next) => next.units)),
        parts: [],
      },
    ]
  })
}

/** `client, preset and 3 more` */
function namesOf(folders: readonly Folder[]): string {
  const names = folders.map((next) => titleOf(next.path, baseName(next.path)))
  const shown = names.length > 3 ? names.slice(0, 2) : names.slice(0, -1)
  const last = names.length > 3 ? `${names.length - 2} more` : names.at(-1)
  return `${shown.join(', ')} and ${last}`
}

/** The deepest opened folder around a path. */
function homeOf(path: string, groups: readonly Folder[]): string {
  const around = groups.filter((group) => isInside(path, group.path))
  return around.reduce((a, b) => (b.path.length > a.path.length ? b : a)).path
}

function partsOf(found: Folder, context: Context, level: number): Part[] {
  const folder = descend(found)
  const title = titleOf(folder.path, context.name)
  const leaf: Part = { id: folder.path, title, path: folder.path, units: folder.units, parts: [] }
  const holdsPackages = [...context.packages].filter((path) => isInside(path, folder.path)).length > 1
  const isLast = level === MAX_LEVEL
  const isPage =
    fits(folder.units, isLast ? LAST_PAGES : 1) || (listFolder(folder).folders.length === 0 && fitsFlat(folder.units))
  if (isLast) return isPage ? [leaf] : lastParts(folder, context)
  if (isPage && !holdsPackages) return [leaf]
  const parts = divide(folder, context, level + 1)
  return parts.length < 2 ? parts : [{ ...leaf, units: [], parts }]
}

/** A folder that is too large for a page where no deeper level is allowed: its folders and groups of its files, side by side. */
function lastParts(whole: Folder, context: Context): Part[] {
  const parts: Part[] = []
  const open = [whole]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = descend(next)
    const { files, folders } = listFolder(folder)
    const others = [...files]
    for (const inside of folders) {
      const { path, units } = descend(inside)
      if (units.length < SMALL) others.push(...units)
      else if (!fits(units, LAST_PAGES)) open.push(inside)
      else parts.push({ id: path, title: titleOf(path, context.name), path, units, parts: [] })
    }
    if (others.length > 0) parts.push(...groupParts({ path: folder.path, units: sorted(others) }, context, MAX_LEVEL))
  }
  return parts
}

/** Parts for the files of an opened folder, and for what joined them. */
function looseParts(group: Folder, whole: Folder, context: Context, level: number): Part[] {
  if (group.units.length === 0) return []
  if (group.path === '') return topParts(group, context, level)
  const name = titleOf(group.path, context.name)
  if (group.path !== descend(whole).path || whole.path === '') {
    return leafOrGroups(group, group.path, name, context, level)
  }
  // The folder's own name is taken by the parent.
  const [only] = group.units
  const title = group.units.length === 1 && only !== undefined ? baseName(only.path) : 'top level'
  const leaf: Part = {
    id: `${group.path}/top level`,
    title: `${name}: ${title}`,
    path: group.path,
    units: group.units,
    parts: [],
  }
  return fitsFlat(group.units) ? [leaf] : groupParts(group, context, level)
}

function leafOrGroups(group: Folder, id: string, title: string, context: Context, level: number): Part[] {
  if (fitsFlat(group.units)) return [{ id, title, path: group.path, units: group.units, parts: [] }]
  const parts = groupParts(group, context, level + 1)
  if (level === MAX_LEVEL || parts.length < 2) return parts
  return [{ id, title, path: group.path, units: [], parts }]
}

/** Files without folders are parted only where they are clearly too many for a page. */
function fitsFlat(units: readonly Unit[]): boolean {
  return fits(units, 5 / 4)
}

function groupParts(group: Folder, context: Context, level: number): Part[] {
  const name = titleOf(group.path, context.name)
  const start = group.path === '' ? '' : `${group.path}/`
  const groups = groupFiles(group.units, group.path, context.links)
  const leaves = groups.map(({ key, label, units, kind }) => {
    return { kind, part: { id: start + key, title: `${name}: ${label}`, path: group.path, units, parts: [] } }
  })
  const ofKind = (kind: Group['kind']): Part[] => leaves.filter((leaf) => leaf.kind === kind).map(({ part }) => part)
  if (leaves.length <= MANY_PARTS || level >= MAX_LEVEL) return leaves.map(({ part }) => part)
  const nest = (label: string, parts: Part[]): Part[] =>
    parts.length < 2 ? parts : [{ id: start + label, title: `${name}: ${label}`, path: group.path, units: [], parts }]
  return [
    ...ofKind('named'),
    ...nest('large files', order(ofKind('large'), [])),
    ...nest('other files', order(ofKind('rest'), [])),
  ]
}

/** What lies at the top of the repository: its code, and what builds and checks it. */
function topParts(group: Folder, context: Context, level: number): Part[] {
  const isOdd = (unit: Unit): boolean => isTool(unit.path) || !(unit.isCode || !unit.path.includes('/'))
  const tools = group.units.filter(isOdd)
  const main = group.units.filter((unit) => !isOdd(unit))
  if (main.some((unit) => unit.isCode) && main.length >= SMALL) {
    const toolPart = tools.length === 0 ? [] : [topPart(tools, 'build and tools', 'Build and tools')]
    return [...leafOrGroups({ path: '', units: main }, 'top-level files', context.name, context, level), ...toolPart]
  }
  if (fitsFlat(group.units)) return [topPart(group.units, 'top-level files', titleOfTop(group.units, tools.length))]
  return leafOrGroups(group, 'top-level files', 'Top-level files', context, level)
}

function topPart(units: Unit[], id: string, title: string): Part {
  return { id, title, path: '', units, parts: [] }
}

function titleOfTop(units: readonly Unit[], tools: number): string {
  const [only] = units
  if (units.length === 1 && only !== undefined) return baseName(only.path)
  if (tools >= units.length / 2 || units.every((unit) => isSideline(unit.path))) return 'Build and tools'
  return units.every((unit) => !unit.isCode) ? 'Top-level tests and examples' : 'Top-level files'
}

function sorted(units: readonly Unit[]): Unit[] {
  return [...units].sort((a, b) => compareText(a.path, b.path))
}
