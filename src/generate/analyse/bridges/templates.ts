/** Finds the files of templates, which frameworks search for in folders with a conventional name. */

import type { Source, World } from './bridge.ts'

const NAME = /^[\w.@+-]+(?:\/[\w.@+-]+)*$/

interface Search {
  /** The name of the folders to search: `templates`. */
  folder: string
  /** Suffixes to try; '' for the name itself. */
  endings: readonly string[]
  /** Whether the folder may be anywhere in the repository, not only beside or above the code that renders. */
  anywhere: boolean
}

/** The only file for a name; `undefined` if there is not exactly one. */
function templateFile(
  name: string,
  { folder, endings, anywhere }: Search,
  source: Source,
  world: World,
): string | undefined {
  if (!NAME.test(name) || name.split('/').includes('..')) return undefined
  const found = endings.flatMap((ending) => {
    const end = `${folder}/${name}${ending}`
    return world.repository.filesEnding(end).flatMap((path) => {
      const isAbove = source.path.startsWith(path.slice(0, path.length - end.length))
      return anywhere || isAbove ? [{ path, isAbove }] : []
    })
  })
  if (found.length === 1) return found[0]?.path
  const above = found.filter((one) => one.isAbove)
  return above.length === 1 ? above[0]?.path : undefined
}

/** Adds an edge from the code around an offset to the template. */
export function linkTemplate(name: string | undefined, at: number, search: Search, source: Source, world: World): void {
  if (name === undefined) return
  const path = templateFile(name, search, source, world)
  if (path !== undefined) source.builder.link(world.code.enclosing(source.path, source.masked.lineAt(at)), path, 'uses')
}
