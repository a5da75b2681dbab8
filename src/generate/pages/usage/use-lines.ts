/** Finds the lines on which a component is used. */

import type { Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { isInheritance, type RepoIndex } from '#generate/pages/repo-index.ts'
import type { Writing } from '#generate/pages/writing.ts'

/** A use on a line: a call, if there is one. */
export interface UseLine {
  file: string
  line: number
  /** From 1. */
  column: number
  /** Whether the line calls it or creates an object of it, rather than passing it on or naming it. */
  isCall: boolean
  /** Distance from the main path: 0 if it always runs, 1 in a branch, 2 in failure handling. */
  aside: number
}

/** The lines of each user, a component or a whole file, in order; possibly none. */
export type Uses = ReadonlyMap<string, readonly UseLine[]>

/** Caches the last result: callers ask repeatedly about the same component. */
const cache = new WeakMap<RepoIndex, { id: string; uses: Uses }>()

export function usesOf({ repo }: Writing, component: Component): Uses {
  const known = cache.get(repo)
  if (known?.id === component.id) return known.uses
  const uses = findUses(repo, component)
  cache.set(repo, { id: component.id, uses })
  return uses
}

function findUses(repo: RepoIndex, component: Component): Uses {
  const declarations = repo.twins.get(component.id) ?? [component]
  // Constants of an enum are often used without its name: after `case`, or after `use Kind::*`.
  const constants = component.kind === 'enum' ? declarations.flatMap(({ id }) => repo.members.get(id) ?? []) : []
  const places = [...declarations, ...constants.filter(({ kind }) => kind === 'constant')]
  const users = repo.users.get(component.id)?.keys() ?? []
  return new Map([...users].map((user) => [user, linesUsing(repo, places, user)]))
}

/** Inheritance is listed only if there is no other use. */
function linesUsing(repo: RepoIndex, components: readonly Component[], user: string): UseLine[] {
  const byLine = new Map<number, UseLine>()
  for (const component of components) {
    if (repo.users.get(component.id)?.has(user) !== true) continue
    const uses = repo.occurrences.usesOf(user, component.id).filter((use) => isUse(repo, component, use))
    const others = uses.filter(({ kind }) => !isInheritance(kind) && kind !== 'overrides')
    for (const use of others.length > 0 ? others : uses) {
      const isCall = use.kind === 'calls' || use.kind === 'instantiates'
      const known = byLine.get(use.line)
      if (known?.isCall !== true) byLine.set(use.line, { ...use, isCall, aside: asideOf(repo, use) })
    }
  }
  return [...byLine.values()].sort((a, b) => a.line - b.line)
}

/** Omits imports, manifests, and references at the top level of the component's own file: `module.exports = { plan }`. */
const isUse = (repo: RepoIndex, component: Component, { kind, from, file }: Occurrence): boolean =>
  kind !== 'imports' &&
  repo.files.get(file)?.role !== 'manifest' &&
  !(kind === 'references' && from === file && file === component.file)

function asideOf(repo: RepoIndex, use: Occurrence): number {
  const around = repo.occurrences.blocksAround(use)
  return around.some(({ kind }) => kind === 'failure') ? 2 : around.some(({ kind }) => kind === 'branch') ? 1 : 0
}
