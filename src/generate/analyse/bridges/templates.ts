/** Which file a template's name means: the framework looks in folders of one name, beside or above the code. */

import type { Source, World } from './bridge.ts'

const NAME = /^[\w.@+-]+(?:\/[\w.@+-]+)*$/

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

/** An edge from the code around a place to the template. */
export function linkTemplate(name: string | undefined, at: number, search: Search, source: Source, world: World): void {
  if (name === undefined) return
  const path = templateFile(name, search, source, world)
  if (path !== undefined) source.sheet.link(world.code.around(source.path, source.masked.lineAt(at)), path, 'uses')
}
