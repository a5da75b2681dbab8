/** Labels a module with exactly the folders and files that it consists of. */

import { memoized } from '#base/memoize.ts'
import { compareText, type Module } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { folderOf, foldersAround, nameOf } from '#generate/paths.ts'

/** A module with more parts has no labels. */
const MAX_PARTS = 3

interface Counts {
  /** Number of files below a folder, keyed by its path. */
  below: ReadonlyMap<string, number>
  /** Number of files directly in it. */
  direct: ReadonlyMap<string, number>
}

const countsOfAll = memoized((repo: RepoIndex) => countsOf(repo.leaves.keys()))

/** `src/`; or `src/*` and `src/util/` if other modules have the rest. Empty if there are too many parts. */
export function folderLabels(repo: RepoIndex, module: Module): string[] {
  if (module.path === '') return []
  const files = repo.filesIn.get(module) ?? []
  const all = countsOfAll(repo)
  const own = countsOf(files)
  const isWhole = (folder: string): boolean => folder !== '' && own.below.get(folder) === all.below.get(folder)
  if (isWhole(module.path) && own.below.get(module.path) === files.length) return [`${module.path}/`]
  const parts = new Set<string>()
  for (const path of files) {
    const folder = folderOf(path)
    const whole = foldersAround(path).findLast(isWhole)
    if (whole !== undefined) parts.add(`${whole}/`)
    else if ((own.direct.get(folder) ?? 0) > 1 && own.direct.get(folder) === all.direct.get(folder))
      parts.add(folder === '' ? '*' : `${folder}/*`)
    else parts.add(folder === '' ? nameOf(path) : path)
    if (parts.size > MAX_PARTS) return []
  }
  return [...parts].sort(compareText)
}

function countsOf(paths: Iterable<string>): Counts {
  const below = new Map<string, number>()
  const direct = new Map<string, number>()
  for (const path of paths) {
    const folder = folderOf(path)
    direct.set(folder, (direct.get(folder) ?? 0) + 1)
    for (const one of foldersAround(path)) below.set(one, (below.get(one) ?? 0) + 1)
  }
  return { below, direct }
}
