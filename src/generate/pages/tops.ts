/** The top-level definitions of each file, what files add to types of other files, and the owners of members. */

import { push } from '#base/multimap.ts'
import { type Component, compareText, TYPE_KINDS } from '#generate/model.ts'
import type { RepoIndex } from './repo-index.ts'

type Components = RepoIndex['components']

export const TYPES = TYPE_KINDS

function isTop(component: Component, components: Components): boolean {
  const parent = parentOf(component, components)
  return parent === undefined || (parent.file !== component.file && !isAdded(component, components))
}

/** Whether a file adds it to a type of another file. Declarations in a namespace of C++ are the file's own. */
export function isAdded(component: Component, components: Components): boolean {
  const parent = parentOf(component, components)
  if (parent === undefined || parent.file === component.file) return false
  // An associated type of Rust is a part of an `impl`, as methods are.
  if (component.kind === 'type' && component.file.endsWith('.rs')) return parent.kind !== 'namespace'
  if (TYPES.has(component.kind)) return false
  return parent.kind !== 'namespace' || parent.file.endsWith('.rb')
}

export function topsOf(components: Components): Pick<RepoIndex, 'tops' | 'additions'> {
  const all = [...components.values()]
  return {
    tops: group(
      all.filter((component) => isTop(component, components)),
      ({ file }) => file,
    ),
    additions: group(
      all.filter((component) => isAdded(component, components)),
      ({ file }) => file,
    ),
  }
}

export function membersOf(components: Components): Map<string, Component[]> {
  const inside = [...components.values()].filter((component) => parentOf(component, components) !== undefined)
  const all = group(inside, (component) => component.parent ?? '')
  for (const [id, members] of all) {
    const home = components.get(id)?.file
    if (members.some(({ file }) => file !== home))
      members.sort(
        (a, b) =>
          Number(b.file === home) - Number(a.file === home) || compareText(a.file, b.file) || a.startLine - b.startLine,
      )
  }
  return all
}

/** Whether it is at the top level of its file, apart from namespaces. */
export function isOuter(repo: RepoIndex, component: Component): boolean {
  const parent = parentOf(component, repo.components)
  return parent?.kind === 'namespace' || isTop(component, repo.components)
}

/** The members of a component that are in its own file. */
export function ownMembers(repo: RepoIndex, { id, file }: Component): Component[] {
  return (repo.members.get(id) ?? []).filter((member) => member.file === file)
}

/** The members of a component that other files add to it. */
export function membersElsewhere(repo: RepoIndex, { id, file }: Component): Component[] {
  return (repo.members.get(id) ?? []).filter((member) => member.file !== file)
}

/**
 * The top-level definitions of a file, and those that it adds to types of other files; without tests. A namespace is replaced by
 * its contents in the file.
 */
export function declaredIn(path: string, repo: RepoIndex): Component[] {
  const found: Component[] = []
  const stack = (repo.tops.get(path) ?? []).toReversed()
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const inside = next.kind === 'namespace' ? ownMembers(repo, next) : []
    if (repo.inTests.has(next.id)) continue
    if (inside.length === 0) found.push(next)
    for (const member of inside.toReversed()) stack.push(member)
  }
  return [...found, ...(repo.additions.get(path) ?? []).filter(({ id }) => !repo.inTests.has(id))]
}

export function hasDefinitions({ tops, additions }: RepoIndex, path: string): boolean {
  return tops.has(path) || additions.has(path)
}

export function parentOf(component: Component, components: Components): Component | undefined {
  return component.parent === null ? undefined : components.get(component.parent)
}

function group(components: Component[], key: (component: Component) => string): Map<string, Component[]> {
  const groups = new Map<string, Component[]>()
  for (const component of components) push(groups, key(component), component)
  for (const list of groups.values())
    list.sort(
      (a, b) =>
        a.startLine - b.startLine ||
        compareText(a.file, b.file) ||
        (a.order ?? 0) - (b.order ?? 0) ||
        compareText(a.id, b.id),
    )
  return groups
}
