/** Finds C# types with the same name and different numbers of type parameters. An import path has such a name only once. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component, Surface } from '#generate/model.ts'
import { isMain, type RepoIndex } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import type { PublicName } from './public-names.ts'

/**
 * The other types of the same package with the name of a public one. Types of tests and other packages are excluded.
 */
export function otherArities({ repo }: Writing, { folder }: Surface, names: readonly PublicName[]): PublicName[] {
  const offered = new Set(names.map(({ component }) => component?.id))
  return names.flatMap((one): PublicName[] => {
    const { component } = one
    if (component === null || one.path.language !== 'csharp' || !TYPES.has(component.kind)) return []
    const others = (byName(repo).get(component.qualifiedName) ?? []).filter(
      ({ id, file }) => !offered.has(id) && isMain(file, repo) && (folder === '' || file.startsWith(`${folder}/`)),
    )
    for (const { id } of others) offered.add(id)
    return others.map((other) => ({ ...one, component: other }))
  })
}

const byName = memoized((repo: RepoIndex): ReadonlyMap<string, readonly Component[]> => {
  const names = new Map<string, Component[]>()
  for (const one of repo.components.values())
    if (one.file.endsWith('.cs') && one.exported && one.parent === null && TYPES.has(one.kind))
      push(names, one.qualifiedName, one)
  return names
})
