/** Bundles small subfolders of a folder into one part if there would be too many parts otherwise. */

import { push } from '#base/multimap.ts'
import { isSideline } from '#generate/beside-code.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { cut } from './cut.ts'
import { type Folder, homeOf, isPackage } from './folder.ts'
import { titleOf, titleOfFolder } from './names.ts'
import type { Plan } from './open.ts'
import { order } from './order.ts'
import { type Context, MANY_PARTS, MAX_LEVEL, type Part } from './part.ts'
import { type Titled, titled } from './title.ts'
import { fitsFlat, sorted } from './units.ts'

/** Additional limit on the parts for tests, examples and other folders beside the code. */
const MANY_SIDE_PARTS = 4
/** Folders with fewer files than a step are bundled; the first step that leaves at most `MANY_PARTS` is used. */
const STEPS = [0, 4, 6, 8, 12, 16, 24, 32, 48]
/** Limit on the folders of a bundle; more are divided into ranges that share a page. */
const MANY_FOLDERS = 48
/** Up to this step, packages are never bundled. */
const PACKAGES_STEP = 6

export interface Bundle {
  /** The folder that contains the bundled folders. */
  home: string
  /** The first folder of a range; `null` for the first range. Absent if the bundle contains the small folders. */
  from?: string | null
  folders: Folder[]
}

interface Bundled {
  kept: Folder[]
  bundles: Bundle[]
}

/** Bundles the smaller folders if there are too many: those of code, and those beside the code. */
export function bundlesOf(plan: Plan, { packages }: Context): Bundled {
  const isMain = (next: Folder): boolean => next.units.some((unit) => unit.isCode) && !isSideline(next.path)
  const hasCode = plan.folders.some(isMain)
  const loose = plan.groups.filter((group) => group.units.length > 0).length
  const main = bundled(
    plan.folders.filter((next) => isMain(next) === hasCode),
    plan,
    MANY_PARTS - loose,
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

function bundled(folders: readonly Folder[], plan: Plan, many: number, packages: ReadonlySet<string>): Bundled {
  let result: Bundled = { kept: [...folders], bundles: [] }
  for (const step of STEPS) {
    const bundles = new Map<string, Folder[]>()
    for (const next of folders) {
      if (next.units.length >= step || (isPackage(next, packages) && step <= PACKAGES_STEP)) continue
      const home = homeOf(next.path, plan.groups)
      push(bundles, home, next)
    }
    // A single folder is not a bundle.
    const several = [...bundles].filter(([, list]) => list.length > 1)
    const taken = new Set(several.flatMap(([, list]) => list))
    result = {
      kept: folders.filter((next) => !taken.has(next)),
      bundles: several.map(([home, list]) => ({ home, folders: list })),
    }
    if (result.kept.length + result.bundles.length <= many) break
  }
  return result.kept.length > MANY_PARTS ? ranges(result) : result
}

/** If even the large folders are too many, bundles them into ranges in the order of their names. */
function ranges({ kept, bundles }: Bundled): Bundled {
  const homes = new Map<string, Folder[]>()
  for (const next of kept) {
    const home = folderOf(next.id)
    push(homes, home, next)
  }
  const found = [...homes].flatMap(([home, list]) =>
    cut(
      list,
      (next) => next.path,
      (piece) => piece.length <= MANY_PARTS,
    ).map(({ border, items }): Bundle => ({ home, from: border, folders: items })),
  )
  return {
    kept: found.filter(({ folders }) => folders.length === 1).flatMap(({ folders }) => folders),
    bundles: [...bundles, ...found.filter(({ folders }) => folders.length > 1)],
  }
}

/** @param partsOf - The parts of one folder at a level. */
export function bundleParts(
  { home, from, folders }: Bundle,
  context: Context,
  level: number,
  partsOf: (folder: Folder, context: Context, level: number) => Part[],
): Part[] {
  const units = sorted(folders.flatMap((next) => next.units))
  const title = namesOf(folders)
  const isSide = folders.every((next) => isSideline(next.path) || !next.units.some((unit) => unit.isCode))
  const around = home === '' ? '' : `${home}/`
  const range = from === null ? 'first folders' : `folders from ${from?.slice(around.length)}`
  const id = around + (from !== undefined ? range : isSide ? 'folders beside the code' : 'smaller folders')
  if (fitsFlat(units)) return [{ id, ...title, path: home, units, parts: [] }]
  if (level < MAX_LEVEL && folders.length <= MANY_FOLDERS) {
    const parts = folders.flatMap((next) => partsOf(next, context, level + 1))
    return [{ id, ...title, path: home, units: [], parts: order(parts, [], context) }]
  }
  const start = home === '' ? 0 : home.length + 1
  const found = cut(
    folders,
    (next) => next.path,
    (list) => fitsFlat(list.flatMap((next) => next.units)),
  )
  return found.flatMap(({ border, items }): Part[] => {
    const [only] = items
    if (items.length === 1 && only !== undefined) return partsOf(only, context, level)
    const [from = '', to = ''] = [items[0], items.at(-1)].map((next) => next?.path.slice(start) ?? '')
    return [
      {
        id: `${id} from ${border?.slice(start) ?? 'the first'}`,
        ...titled((words) => words.of(titleOf(home, context.name), words.range(from, to))),
        path: home,
        units: sorted(items.flatMap((next) => next.units)),
        parts: [],
      },
    ]
  })
}

/** `client, preset and 3 more` */
function namesOf(folders: readonly Folder[]): Titled {
  const names = folders.map((next) => titleOfFolder(next, '') || nameOf(next.path))
  return titled((words) =>
    names.length > 3 ? words.namesAndMore(names.slice(0, 2), names.length - 2) : words.names(names),
  )
}
