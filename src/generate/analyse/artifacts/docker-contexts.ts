/** Finds the build context of a Dockerfile, which the file itself does not state. */

import { memoized } from '#base/memoize.ts'
import { folderOf, joinPath } from '#generate/paths.ts'
import { buildsOf, isComposePath } from './compose-builds.ts'
import { buildSteps, githubWorkflow } from './github-actions.ts'
import type { Repository } from './repository.ts'

/**
 * The build context of a Dockerfile: the one in compose files and workflows, otherwise the only one of its own folder
 * and the root that contains all copied paths.
 *
 * @param sources - The paths that it copies.
 * @returns `undefined` when uncertain.
 */
export function contextOf(path: string, sources: readonly string[], repository: Repository): string | undefined {
  const contexts = statedContexts(repository).get(path)
  if (contexts !== undefined && contexts.size === 1) return [...contexts][0]
  const candidates = contexts ?? new Set([folderOf(path), ''])
  const hasAll = (folder: string): boolean =>
    sources.every((source) => {
      const found = joinPath(folder, source.replace(/^\/+/, ''))
      return repository.isFile(found) || repository.isFolder(found)
    })
  const fitting = [...candidates].filter(hasAll)
  return fitting.length === 1 ? fitting[0] : undefined
}

const statedContexts = memoized((repository: Repository): ReadonlyMap<string, ReadonlySet<string>> => {
  const stated = new Map<string, Set<string>>()
  const add = (file: string | undefined, context: string | undefined): void => {
    if (file === undefined || context === undefined || !repository.isFolder(context)) return
    stated.set(file, (stated.get(file) ?? new Set()).add(context))
  }
  for (const { path, text } of repository.all()) {
    if (text === null) continue
    if (isComposePath(path)) for (const build of buildsOf(path, text)) add(build.dockerfile, build.context)
    else if (githubWorkflow.fits(path, text) && text.includes('docker/build-push-action@')) {
      for (const { file, context } of buildSteps(text)) add(joinPath('', file), joinPath('', context))
    }
  }
  return stated
})
