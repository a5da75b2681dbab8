/** Finds the overloads that a call with the same number of arguments may mean. */

import { memoized } from '#base/memoize.ts'
import type { Component } from '#generate/model.ts'
import type { RepoIndex } from '#generate/pages/repo-index.ts'
import { readParameters } from '#generate/signature-parameters.ts'

/** Limit on the overloads of one name. */
const MAX_OVERLOADS = 200

/** The overloads that accept the same number of arguments, including the component itself. */
export function overloadsOf(repo: RepoIndex, component: Component): Component[] {
  const group = groupsOf(repo).get(keyOf(component)) ?? [component]
  return group.filter((one) => one === component || mayTakeAsMany(repo, one, component))
}

function mayTakeAsMany(repo: RepoIndex, one: Component, other: Component): boolean {
  const [a, b] = [rangeOf(repo, one), rangeOf(repo, other)]
  return a.least <= b.most && b.least <= a.most
}

function rangeOf(repo: RepoIndex, { signature, name, file }: Component): { least: number; most: number } {
  const parameters = readParameters(signature, name, repo.files.get(file)?.language ?? '')
  if (parameters === null) return { least: 0, most: Number.POSITIVE_INFINITY }
  const isRest = /\.\.\.|\bvararg |\bparams /.test(signature)
  const needed = parameters.filter((parameter) => parameter.default === '').length
  return {
    least: isRest ? Math.max(0, needed - 1) : needed,
    most: isRest ? Number.POSITIVE_INFINITY : parameters.length,
  }
}

const keyOf = ({ parent, file, qualifiedName }: Component): string => `${parent ?? file}\0${qualifiedName}`

const groupsOf = memoized((repo: RepoIndex): ReadonlyMap<string, Component[]> => {
  const groups = new Map<string, Component[]>()
  for (const component of repo.components.values()) {
    if (component.label === undefined) continue
    const group = groups.get(keyOf(component))
    if (group === undefined) groups.set(keyOf(component), [component])
    else if (group.length < MAX_OVERLOADS) group.push(component)
  }
  return groups
})
