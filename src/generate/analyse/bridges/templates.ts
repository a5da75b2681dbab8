/** Which file a template's name means: the framework looks in folders of one name, beside or above the code. */

import { folderOf } from '#generate/analyse/artifacts/format.ts'
import { inFolder } from '#generate/analyse/artifacts/repository.ts'
import type { Source, World } from './bridge.ts'

const NAME = /^[\w.@+-]+(?:\/[\w.@+-]+)*$/
const MAX_FOLDERS = 2_000
const known = new WeakMap<object, Map<string, string[]>>()

interface Search {
  /** The last part of the folders that are looked into: `templates`. */
  folder: string
  /** Tried after the name; '' for the name as it is. */
  endings: readonly string[]
  /** The folder may lie beside any code of the repository, not only beside or above the code that renders. */
  anywhere: boolean
}

/** The one file that a name means; `undefined` when there is none or more than one. */
export function templateFile(name: string, { folder, endings, anywhere }: Search, source: Source, world: World) {
  if (!NAME.test(name) || name.split('/').includes('..')) return undefined
  const folders = foldersCalled(folder, world)
  const found = folders.flatMap((place) => {
    const isAbove = `${source.path}/`.startsWith(parentOf(place))
    if (!anywhere && !isAbove) return []
    return endings.flatMap((ending) => {
      const path = inFolder(place, `${name}${ending}`)
      return world.repository.isFile(path) ? [{ path, isAbove }] : []
    })
  })
  if (found.length === 1) return found[0]?.path
  const above = found.filter((one) => one.isAbove)
  return above.length === 1 ? above[0]?.path : undefined
}

/** An edge from the code around a place to the template. */
export function linkTemplate(name: string | undefined, at: number, search: Search, source: Source, world: World): void {
  if (name === undefined) return
  const path = templateFile(name, search, source, world)
  if (path !== undefined) source.sheet.link(world.code.around(source.path, source.masked.lineAt(at)), path, 'uses')
}

function parentOf(folder: string): string {
  const parent = folderOf(folder)
  return parent === '' ? '' : `${parent}/`
}

function foldersCalled(name: string, { repository }: World): readonly string[] {
  const cache = known.get(repository) ?? new Map<string, string[]>()
  known.set(repository, cache)
  const found = cache.get(name) ?? repository.foldersNamed(name).slice(0, MAX_FOLDERS)
  cache.set(name, found)
  return found
}
