/** Image builds of the services in a compose file. */

import { at, entriesAt, type Located, textAt } from '#generate/formats/located.ts'
import { readYaml } from '#generate/formats/read-yaml.ts'
import { folderOf, joinPath, nameOf } from '#generate/paths.ts'

export interface Build {
  context: string
  dockerfile: string | undefined
  stage: string | undefined
}

export function isComposePath(path: string): boolean {
  return /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/.test(nameOf(path))
}

export function buildsOf(path: string, text: string): Build[] {
  return entriesAt(readYaml(text), 'services').flatMap(({ value }) => buildOf(value, folderOf(path)) ?? [])
}

/** Matches the URL of a repository, as `https://…`, `git@host:…` or `github.com/…`. */
const REMOTE = /^(?:[a-z+]{2,10}:|git@|github\.com\/)/

/** @returns `undefined` for an image that is not built here, or whose context has variables or is elsewhere. */
export function buildOf(service: Located, folder: string): Build | undefined {
  const build = at(service, 'build')
  const written = build?.text ?? textAt(build, 'context') ?? (build?.entries === undefined ? undefined : '.')
  const context =
    written === undefined || written.includes('$') || REMOTE.test(written) ? undefined : joinPath(folder, written)
  if (context === undefined) return undefined
  const name = textAt(build, 'dockerfile') ?? 'Dockerfile'
  const dockerfile =
    name.includes('$') || at(build, 'dockerfile_inline') !== undefined ? undefined : joinPath(context, name)
  return { context, dockerfile, stage: textAt(build, 'target') }
}
