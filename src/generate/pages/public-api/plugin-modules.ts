/**
 * Detects modules that a program loads by path: the files of one folder that all export the same names, as `match` and
 * `get_new_command` of each rule. Nobody imports them.
 */

import { push } from '#base/multimap.ts'
import type { Surface, SurfacePath } from '#generate/model.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'

/** Minimum number of modules in one folder that export the same name. */
const MIN_MODULES = 8
/** Languages where each file is a module with an import path. */
const LANGUAGES = new Set(['javascript', 'jsx', 'python', 'tsx', 'typescript'])

/** The paths of plug-ins: more than half of the modules beside them export one of their names, and no code imports it. */
export function pluginPaths(repo: RepoIndex, { paths }: Surface): ReadonlySet<SurfacePath> {
  const folders = new Map<string, SurfacePath[]>()
  for (const one of paths)
    if (LANGUAGES.has(one.language)) push(folders, one.path.slice(0, Math.max(0, one.path.search(/[./][^./]*$/))), one)
  const found = new Set<SurfacePath>()
  for (const [folder, siblings] of folders) {
    if (folder === '' || siblings.length < MIN_MODULES) continue
    const byName = new Map<string, SurfacePath[]>()
    for (const path of siblings) for (const { name, to } of path.names) if (isUnused(repo, to)) push(byName, name, path)
    for (const plugins of byName.values())
      if (plugins.length >= MIN_MODULES && plugins.length * 2 > siblings.length)
        for (const path of plugins) found.add(path)
  }
  return found
}

/** Whether the repository defines something that no main code of other files uses. */
function isUnused(repo: RepoIndex, id: string | null): boolean {
  const component = repo.components.get(id ?? '')
  if (component === undefined) return false
  return [...(repo.users.get(component.id)?.keys() ?? [])].every((end) => {
    const file = repo.components.get(end)?.file ?? end
    return file === component.file || !isMain(file, repo)
  })
}
