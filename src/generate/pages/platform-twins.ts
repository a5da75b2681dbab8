/** Definitions of Go that several files of a package declare, each for another system. */

import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from './repo-index.ts'

const known = new WeakMap<RepoIndex['components'], ReadonlyMap<string, readonly Component[]>>()

/** The methods that a Go file declares of which another file, for another system, has the entry; in order of lines. */
export function twinMethodsIn(repo: RepoIndex, path: string): readonly Component[] {
  return twinsIn(repo, path).filter(({ kind }) => kind === 'method')
}

/** The same for all definitions. */
export function twinsIn({ components }: RepoIndex, path: string): readonly Component[] {
  const twins = known.get(components) ?? twinsOf(components)
  known.set(components, twins)
  return twins.get(path) ?? []
}

function twinsOf(components: RepoIndex['components']): ReadonlyMap<string, readonly Component[]> {
  const found = new Map<string, { line: number; component: Component }[]>()
  for (const component of components.values()) {
    if (!component.file.endsWith('.go')) continue
    for (const { file, startLine } of component.declarations ?? [])
      if (file !== component.file) push(found, file, { line: startLine, component })
  }
  return new Map(
    [...found].map(([path, all]) => [path, all.sort((a, b) => a.line - b.line).map(({ component }) => component)]),
  )
}
