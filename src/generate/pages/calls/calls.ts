/** Finds callers and callees by resolved calls only. */

import { memoized } from '#base/memoize.ts'
import { push } from '#base/multimap.ts'
import type { Component } from '#generate/model.ts'
import type { Occurrence } from '#generate/occurrences.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'

const CALLED = new Set<Component['kind']>(['function', 'method', 'class', 'struct'])
/** Names of constructors by language. In other languages, a constructor has the name of its type or does not exist. */
const CONSTRUCTORS: Readonly<Record<string, string>> = {
  javascript: 'constructor',
  jsx: 'constructor',
  typescript: 'constructor',
  tsx: 'constructor',
  vue: 'constructor',
  svelte: 'constructor',
  kotlin: 'constructor',
  php: '__construct',
  python: '__init__',
  ruby: 'initialize',
  swift: 'init',
}
/** Languages that write the return type before the name; their constructors have the name of the type. */
export const RESULT_FIRST = new Set(['c', 'cpp', 'csharp', 'groovy', 'java'])

/** The components that a body calls or instantiates, unordered. A type with a single constructor represents it. */
export function calleesOf(repo: RepoIndex, caller: Component): Component[] {
  const body = bodyOf(repo, caller)
  const row = new Set(repo.callees.get(body.id)?.keys())
  const all = [...row].flatMap((id) => repo.components.get(id) ?? [])
  const called = all.filter(
    (one) =>
      CALLED.has(one.kind) &&
      isCode(repo.files.get(one.file)) &&
      // A struct literal runs no code.
      (one.kind !== 'struct' || bodyOf(repo, one) !== one),
  )
  const made = new Set(called.flatMap((one) => (isConstructor(repo, one) ? [one.parent] : [])))
  return called.filter((one) => {
    // A known constructor is more precise than its type.
    if (made.has(one.id)) return bodyOf(repo, one) !== one
    const type = isConstructor(repo, one) ? repo.components.get(one.parent ?? '') : undefined
    return type === undefined || !row.has(type.id) || bodyOf(repo, type) === type
  })
}

export const isCallUse = ({ kind }: Occurrence): boolean => kind === 'calls' || kind === 'instantiates'

/** Callers keyed by the id of what they call. */
const callers = memoized((repo: RepoIndex): ReadonlyMap<string, Component[]> => {
  const all = new Map<string, Component[]>()
  for (const [from, row] of repo.callees) {
    const caller = repo.components.get(from)
    if (caller === undefined || !isCode(repo.files.get(caller.file)) || repo.inTests.has(caller.id)) continue
    for (const to of row.keys()) if (repo.possibleUsers.get(to)?.has(caller.id) !== true) push(all, to, caller)
  }
  for (const own of all.values()) own.sort((a, b) => (a.id < b.id ? -1 : 1))
  return all
})

/** The code that calls or instantiates a component, sorted by id, without tests. */
export const callersOf = (repo: RepoIndex, { id }: Component): readonly Component[] => callers(repo).get(id) ?? []

/** Whether a member of a type has the name of a constructor in its language. */
export function isConstructor(repo: RepoIndex, { name, parent, file }: Component): boolean {
  const owner = parent === null ? undefined : repo.components.get(parent)
  const language = repo.files.get(file)?.language ?? ''
  return owner !== undefined && name === (RESULT_FIRST.has(language) ? owner.name : CONSTRUCTORS[language])
}

/** The component whose body runs when a component is called: for a type, its only constructor. */
export function bodyOf(repo: RepoIndex, component: Component): Component {
  if (component.kind !== 'class' && component.kind !== 'struct') return component
  const [first, ...others] = (repo.members.get(component.id) ?? []).filter((one) => isConstructor(repo, one))
  return first === undefined || others.length > 0 ? component : first
}

/** The number of lines of a body; in Python without its docstring. */
export function linesOf(repo: RepoIndex, { file, startLine, endLine, doc }: Component): number {
  const docLines = doc !== null && repo.files.get(file)?.language === 'python' ? doc.split('\n').length : 0
  return Math.max(1, endLine - startLine + 1 - docLines)
}

/** Whether a call only creates a value. */
export const makes = (repo: RepoIndex, callee: Component): boolean =>
  callee.kind === 'class' || callee.kind === 'struct' || isConstructor(repo, callee)

/** Limit on the base types of a type. */
const MAX_BASES = 20

/** The types of the repository that a type extends or implements, directly or not. */
export function basesOf({ components, bases }: RepoIndex, { id }: Component): Component[] {
  const above = new Set([id])
  for (const one of above) for (const base of bases.get(one) ?? []) if (above.size <= MAX_BASES) above.add(base)
  return [...above].slice(1).flatMap((one) => components.get(one) ?? [])
}
