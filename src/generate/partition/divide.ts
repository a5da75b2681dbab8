/** Divides a folder into at most a dozen parts that a reader would recognise, by folders alone if they suffice. */

import { append } from '#base/long-arrays.ts'
import { compareText } from '#generate/model.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { bundleParts, bundlesOf } from './bundle.ts'
import { cut } from './cut.ts'
import { descend, type Folder, homeOf, isPackage, listFolder } from './folder.ts'
import { fileParts, looseParts } from './loose.ts'
import { isGo, isHead, isInside, titleOfFolder } from './names.ts'
import { open, type Plan, SMALL } from './open.ts'
import { order } from './order.ts'
import { type Context, MAX_LEVEL, type Part } from './part.ts'
import { titled } from './title.ts'
import { fits, fitsFlat, sorted, type Unit } from './units.ts'

/** Size limit in pages of a folder that is too deep to be divided further. */
const LAST_PAGES = 2
/** Limit on the folders that are opened at the last level. */
const MAX_OPENED = 100

/**
 * The parts of a folder: code first, then examples, then tests.
 *
 * @param level - 1 for the parts of the repository; no part is deeper than 3. The recursion ends there.
 */
export function divide(folder: Folder, context: Context, level = 1): Part[] {
  const plan = gather(open(descend(folder), level), context)
  const bundled = bundlesOf(plan, context)
  const parts = [
    ...plan.groups.flatMap((group) => looseParts(group, folder, context, level)),
    ...bundled.kept.flatMap((next) => partsOf(next, context, level)),
    ...bundled.bundles.flatMap((bundle) => bundleParts(bundle, context, level, partsOf)),
  ]
  const opened = plan.groups.slice(1).map((group) => group.path)
  const [only] = parts
  // If the repository is one part, its contents are shown instead.
  if (level === 1 && parts.length === 1 && only !== undefined && only.parts.length > 0) return only.parts
  return order(parts, opened, context)
}

/**
 * Joins small folders with the files beside them, except folders that a language treats as packages. A few files in an
 * opened folder join the files around it, never files of a nested folder, which would not represent them.
 */
function gather(plan: Plan, { packages }: Context): Plan {
  const isApart = (next: Folder): boolean =>
    next.units.some(({ path, isCode }) => isCode && (isGo(path) || isPackage(next, packages)))
  const isSmall = (next: Folder): boolean => next.units.length < SMALL && !isApart(next)
  const groups = new Map(plan.groups.map(({ path, units }) => [path, [...units]]))
  const small = plan.folders.filter(isSmall)
  const apart = plan.folders
    .filter((next) => !small.includes(next))
    .map((next) => ({ ...next, units: [...next.units, ...takeNamesakes(next.path, groups)] }))
  for (const [path, units] of groups) if (units.length >= SMALL) append(units, takeNamesakes(path, groups))
  for (const next of small) append(groups.get(homeOf(next.path, plan.groups)) ?? [], next.units)
  for (const { path, units } of apart) append(units, takePrograms(path, groups))
  for (const [path, units] of groups) if (units.length >= SMALL) append(units, takePrograms(path, groups))
  const deepestFirst = [...groups.keys()].sort((a, b) => b.length - a.length || compareText(a, b))
  for (const path of deepestFirst) {
    const units = groups.get(path) ?? []
    if (path === '' || units.length === 0 || units.length >= SMALL) continue
    const home = deepestFirst.find((other) => other !== path && isInside(path, other) && groups.has(other))
    // A file that represents its folder does not move to the top of the repository.
    if (home === undefined || (home === '' && units.some((unit) => isHead(unit.path)))) continue
    append(groups.get(home) ?? [], units)
    groups.set(path, [])
  }
  return {
    groups: plan.groups.map((group) => ({ ...group, units: sorted(groups.get(group.path) ?? []) })),
    folders: apart.map((next) => ({ ...next, units: sorted(next.units) })),
  }
}

/** Takes the few files beside a folder that have its name, such as `lib/orbit.rb` of `lib/orbit`, from their group. */
function takeNamesakes(path: string, groups: Map<string, Unit[]>): Unit[] {
  const around = folderOf(path)
  const beside = groups.get(around) ?? []
  if (around === '' || beside.filter(({ isCode }) => isCode).length >= SMALL) return []
  return take(groups, around, (unit) => unit.path.replace(/\.\w+$/, '') === path)
}

/** Takes the program whose library a folder is, such as `bin/orbit` of `lib/orbit`. */
function takePrograms(path: string, groups: Map<string, Unit[]>): Unit[] {
  const names = [`bin/${nameOf(path)}`, `exe/${nameOf(path)}`]
  return path.startsWith('lib/') ? take(groups, '', (unit) => names.includes(unit.path)) : []
}

function take(groups: Map<string, Unit[]>, path: string, isTaken: (unit: Unit) => boolean): Unit[] {
  const units = groups.get(path) ?? []
  const taken = units.filter((unit) => unit.isCode && isTaken(unit))
  if (taken.length > 0)
    groups.set(
      path,
      units.filter((unit) => !taken.includes(unit)),
    )
  return taken
}

function partsOf(found: Folder, context: Context, level: number): Part[] {
  const folder = descend(found)
  const title = titleOfFolder(folder, context.name)
  const leaf: Part = { id: folder.id, title, path: folder.path, units: folder.units, parts: [] }
  const holdsPackages = [...context.packages].filter((path) => isInside(path, folder.path)).length > 1
  const isLast = level === MAX_LEVEL
  const isPage =
    fits(folder.units, isLast ? LAST_PAGES : 1) || (listFolder(folder).folders.length === 0 && fitsFlat(folder.units))
  if (isLast) return isPage ? [leaf] : lastParts(folder, context)
  if (isPage && !holdsPackages) return [leaf]
  const parts = divide(folder, context, level + 1)
  return parts.length < 2 ? parts : [{ ...leaf, units: [], parts }]
}

/** Divides a folder that is too large for a page at the last level into its folders and groups of its files. */
function lastParts(whole: Folder, context: Context): Part[] {
  const parts: Part[] = []
  const open = [whole]
  let opened = 0
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const folder = descend(next)
    opened += 1
    if (opened > MAX_OPENED) {
      append(parts, pieceParts(folder, context))
      continue
    }
    const { files, folders } = listFolder(folder)
    const others = [...files]
    for (const inside of folders) {
      const { id, path, units } = descend(inside)
      if (units.length < SMALL) append(others, units)
      else if (!fits(units, LAST_PAGES)) open.push(inside)
      else parts.push({ id, title: titleOfFolder({ id, path }, context.name), path, units, parts: [] })
    }
    const name = titleOfFolder(folder, context.name)
    if (others.length > 0)
      append(
        parts,
        fileParts(
          { ...folder, units: sorted(others) },
          `${folder.id}/top level`,
          titled((words) => words.of(name, words.topLevel)),
          context,
        ),
      )
  }
  return parts
}

/** Divides a folder with too many subfolders into pieces of its list of files. */
function pieceParts(folder: Folder, context: Context): Part[] {
  const found = cut(
    folder.units,
    (unit) => unit.path,
    (units) => fits(units),
  )
  const name = titleOfFolder(folder, context.name)
  return found.map(({ border, items }): Part => {
    const id = border === null ? `${folder.id}/first files` : `${border} and more`
    return {
      id,
      ...titled((words) => words.of(name, words.andMore(nameOf(items[0]?.path ?? '')))),
      path: folder.path,
      units: items,
      parts: [],
    }
  })
}
