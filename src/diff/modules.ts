/** Finds modules whose files differ between two sets. */

import type { ApiModule } from '#store/public-api.ts'
import type { ModuleChange } from './change.ts'

/** Maximum number of files listed for one module. */
const MAX_FILES = 200

export function compareModules(before: readonly ApiModule[], after: readonly ApiModule[]): ModuleChange[] {
  const old = new Map(before.map((module) => [module.id, module]))
  const now = new Map(after.map((module) => [module.id, module]))
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((id): ModuleChange[] => {
    const [was, is] = [old.get(id), now.get(id)]
    const files = changedFiles(was?.files ?? [], is?.files ?? [])
    if (files.length === 0) return []
    const change = was === undefined ? 'added' : is === undefined ? 'removed' : 'changed'
    const title = (is ?? was)?.title ?? id
    return [{ change, title, before: was?.page ?? null, after: is?.page ?? null, files: files.slice(0, MAX_FILES) }]
  })
}

function changedFiles(before: ApiModule['files'], after: ApiModule['files']): string[] {
  const [old, now] = [new Map(before), new Map(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter((path) => old.get(path) !== now.get(path)).sort()
}
