/** Finds types that users get without naming them: parameters and return values of functions that documents call. */

import { push } from '#base/multimap.ts'
import { isPublic } from '#generate/is-public.ts'
import type { Component, Edge } from '#generate/model.ts'
import { isConfident, isMain } from '#generate/pages/repo-index.ts'
import { TYPES } from '#generate/pages/tops.ts'
import type { Writing } from '#generate/pages/writing.ts'
import { isDeprecated, isError } from './traits.ts'

/** The types in a signature get this share of the weight of its definition. */
const SHARE = 0.4
/** Number of steps: to the result of `parse`, and to the results of its methods. */
const ROUNDS = 2

/** Weights by type id. Each type counts less than the definition whose signature names it. */
export function metBySignatures(writing: Writing, called: ReadonlyMap<string, number>): Map<string, number> {
  const { repo } = writing
  const named = namedTypes(writing.analysis.edges)
  const met = new Map<string, number>()
  let frontier = [...called]
  for (let round = 0; round < ROUNDS; round++) {
    const next: [string, number][] = []
    for (const [id, count] of frontier) {
      const component = repo.components.get(id)
      if (component === undefined) continue
      const open = [component, ...(repo.members.get(id) ?? []).filter((member) => isPublic(member, repo))]
      for (const from of open.filter(isCalled))
        for (const to of named.get(from.id) ?? []) {
          const type = repo.components.get(to)
          const share = count * SHARE
          if (type === undefined || !isMet(writing, type) || share <= (met.get(to) ?? called.get(to) ?? 0)) continue
          met.set(to, share)
          next.push([to, share])
        }
    }
    frontier = next
  }
  return met
}

const isCalled = ({ kind }: Component): boolean => kind === 'function' || kind === 'method'

function isMet({ repo }: Writing, type: Component): boolean {
  return (
    TYPES.has(type.kind) &&
    type.kind !== 'namespace' &&
    isMain(type.file, repo) &&
    isPublic(type, repo) &&
    !isError(repo, type) &&
    !isDeprecated(type)
  )
}

function namedTypes(edges: readonly Edge[]): Map<string, string[]> {
  const named = new Map<string, string[]>()
  for (const edge of edges) {
    if (edge.kind !== 'uses-type' || !isConfident(edge)) continue
    push(named, edge.from, edge.to)
  }
  return named
}
