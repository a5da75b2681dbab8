/** Finds what a call may run besides the named function: overriding methods, and definitions for other builds. */

import { memoized } from '#base/memoize.ts'
import { type Component, compareText } from '#generate/model.ts'
import { isFunction } from '#generate/pages/entry/inheritance.ts'
import { isCode, isCodeEnd, type RepoIndex } from '#generate/pages/repo-index.ts'
import { overloadsOf } from '#generate/pages/usage/overloads.ts'
import { folderOf } from '#generate/paths.ts'
import { bodyOf, callersOf, linesOf } from './calls.ts'

export interface Dispatch {
  /** Whether the callee has no body: it is abstract or in an interface. */
  isOpen: boolean
  /** Overriding methods in the code, sorted. The call does not tell which of them runs. */
  overriders: readonly Component[]
  /** Whether objects of anonymous classes override it, too, so `overriders` is incomplete. */
  hasAnonymous: boolean
  /** The method that probably runs: the only one, or the one whose type is created in most places. */
  example: Component | null
  /** Whether the build or the platform selects one of several definitions. */
  isOneOfSeveral: boolean
  /** The possible overloads; empty if the call determines one. */
  overloads: readonly Component[]
}

const ABSTRACT = new Set<Component['kind']>(['interface', 'trait'])
const IS_ABSTRACT = /\babstract\s|= 0$/
const MAX_OVERRIDERS = 200
/** Minimum number of functions that create the type of an example. */
const MIN_MADE = 2
/** Limit on the lines of an empty method that others override. */
const MAX_STUB = 4

export function dispatchOf(repo: RepoIndex, callee: Component, caller: Component): Dispatch {
  if (callee.kind !== 'method' && callee.kind !== 'function')
    return {
      isOpen: false,
      overriders: [],
      hasAnonymous: false,
      example: null,
      isOneOfSeveral: false,
      overloads: [],
    }
  const parent = callee.parent === null ? undefined : repo.components.get(callee.parent)
  // What passes a call on to an object of its own contract hardly means itself.
  const overriders = overridersOf(repo, callee).filter(({ id }) => id !== caller.id)
  const hasAnonymous = hasAnonymousOverriders(repo, callee)
  const isStub = overriders.length > 0 && (linesOf(repo, callee) <= MAX_STUB || raisesNotImplemented(repo, callee))
  const isOpen =
    !repo.callees.has(callee.id) &&
    (isStub ||
      (parent !== undefined && ABSTRACT.has(parent.kind)) ||
      IS_ABSTRACT.test(callee.signature) ||
      callee.decorators?.some((one) => one.includes('abstract')) === true)
  return {
    isOpen,
    overriders,
    hasAnonymous,
    example: isOpen && !(hasAnonymous && overriders.length === 1) ? exampleOf(repo, overriders) : null,
    isOneOfSeveral: isOneOfSeveral(repo, callee),
    overloads:
      repo.possibleUsers.get(callee.id)?.has(bodyOf(repo, caller).id) === true ? overloadsOf(repo, callee) : [],
  }
}

/** Whether a method ends by raising an error because subclasses must implement it. */
function raisesNotImplemented(repo: RepoIndex, { file, startLine, endLine }: Component): boolean {
  const end = { file, startLine: Math.max(startLine, endLine - MAX_STUB), endLine }
  return repo.occurrences.valuesIn(end).some(({ kind }) => kind === 'refusal')
}

/** The methods that override a method, directly or indirectly, up to a limit. */
export function overridersOf(repo: RepoIndex, { id }: Component): Component[] {
  const found = new Map<string, Component>()
  const queue = [id]
  for (let next = queue.pop(); next !== undefined && found.size < MAX_OVERRIDERS; next = queue.pop()) {
    for (const [heir, kind] of repo.heirs.get(next) ?? []) {
      const component = repo.components.get(heir)
      if (kind !== 'overrides' || component === undefined || found.has(heir) || heir === id) continue
      if (!isCode(repo.files.get(component.file))) continue
      found.set(heir, component)
      queue.push(heir)
    }
  }
  return [...found.values()].sort((a, b) => compareText(a.id, b.id))
}

/** Whether functions or files create objects of anonymous classes that inherit from the type of a method. */
export function hasAnonymousOverriders(repo: RepoIndex, { parent }: Component): boolean {
  const type = repo.components.get(parent ?? '')
  if (type === undefined) return false
  // Java creates them like objects of the type itself.
  if ((ABSTRACT.has(type.kind) || IS_ABSTRACT.test(type.signature)) && callersOf(repo, type).length > 0) return true
  return [...(repo.heirs.get(type.id)?.keys() ?? [])].some(
    (heir) => isCodeEnd(heir, repo) && (!repo.components.has(heir) || isFunction(repo, heir)),
  )
}

function exampleOf(repo: RepoIndex, overriders: readonly Component[]): Component | null {
  const [only = null, ...others] = overriders
  if (others.length === 0) return only
  const counts = overriders.map((one) => {
    const type = repo.components.get(one.parent ?? '')
    const makers = type === undefined ? [] : [type, bodyOf(repo, type)].flatMap((made) => callersOf(repo, made))
    return { one, count: new Set(makers.filter(({ parent }) => parent !== type?.id)).size }
  })
  const [first, second] = counts.sort((a, b) => b.count - a.count)
  return first === undefined ||
    first.count < MIN_MADE ||
    first.count === second?.count ||
    !repo.callees.has(first.one.id)
    ? null
    : first.one
}

/** Whether a folder has another definition of it: in Go, one per build; in Rust, sibling modules of which their parent selects one. */
function isOneOfSeveral(repo: RepoIndex, { file, name, qualifiedName, condition }: Component): boolean {
  const language = repo.files.get(file)?.language
  const isSelected = language === 'go' || (language === 'rust' && condition !== undefined && qualifiedName === name)
  return isSelected && definedTwice(repo).get(folderOf(file))?.has(qualifiedName) === true
}

const WITH_BUILDS = new Set(['go', 'rust'])

/** The names defined by more than one code file of a folder, by folder. */
const definedTwice = memoized((repo: RepoIndex): ReadonlyMap<string, ReadonlySet<string>> => {
  const once = new Map<string, Set<string>>()
  const twice = new Map<string, Set<string>>()
  for (const { id, file } of repo.components.values()) {
    const source = repo.files.get(file)
    if (!isCode(source) || !WITH_BUILDS.has(source?.language ?? '') || !id.startsWith(`${file}#`)) continue
    const folder = folderOf(file)
    const name = id.slice(file.length + 1)
    const names = once.get(folder) ?? new Set()
    once.set(folder, names)
    if (names.has(name)) twice.set(folder, (twice.get(folder) ?? new Set()).add(name))
    names.add(name)
  }
  return twice
})
