/** Finds what a call may run besides the named function: overriding methods, and definitions for other builds. */

import { type Component, compareText } from '#generate/model.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { overloadsOf } from '#generate/pages/usage/overloads.ts'
import { folderOf, nameOf } from '#generate/paths.ts'
import { bodyOf, callersOf, linesOf } from './calls.ts'

export interface Dispatch {
  /** Whether the callee has no body: it is abstract or in an interface. */
  isOpen: boolean
  /** Overriding methods in the code, sorted. The call does not tell which of them runs. */
  overriders: readonly Component[]
  /** What runs where nothing else is known: the only one, or the one whose type the code makes in most places. */
  example: Component | null
  /** Whether the build or the platform selects one of several definitions. */
  isOneOfSeveral: boolean
  /** The possible overloads; empty if it is known which one is meant. */
  overloads: readonly Component[]
}

const ABSTRACT = new Set<Component['kind']>(['interface', 'trait'])
const IS_ABSTRACT = /\babstract\s|= 0$/
const MAX_OVERRIDERS = 200
/** Minimum number of functions that make a type whose method is an example. */
const MIN_MADE = 2
/** Limit on the lines of a method that only returns nothing, for others to override. */
const MAX_STUB = 4

export function dispatchOf(repo: RepoIndex, callee: Component, caller: Component): Dispatch {
  if (callee.kind !== 'method' && callee.kind !== 'function')
    return { isOpen: false, overriders: [], example: null, isOneOfSeveral: false, overloads: [] }
  const parent = callee.parent === null ? undefined : repo.components.get(callee.parent)
  const overriders = overridersOf(repo, callee)
  const isStub = overriders.length > 0 && (linesOf(repo, callee) <= MAX_STUB || isRefused(repo, callee))
  const isOpen =
    !repo.callees.has(callee.id) &&
    (isStub ||
      (parent !== undefined && ABSTRACT.has(parent.kind)) ||
      IS_ABSTRACT.test(callee.signature) ||
      callee.decorators?.some((one) => one.includes('abstract')) === true)
  return {
    isOpen,
    overriders,
    example: isOpen ? exampleOf(repo, overriders) : null,
    isOneOfSeveral: isOneOfSeveral(repo, callee, caller),
    overloads: repo.doubtful.get(callee.id)?.has(bodyOf(repo, caller).id) === true ? overloadsOf(repo, callee) : [],
  }
}

/** Whether a method ends by raising that it is for others to implement. */
function isRefused(repo: RepoIndex, { file, startLine, endLine }: Component): boolean {
  const end = { file, startLine: Math.max(startLine, endLine - MAX_STUB), endLine }
  return repo.occurrences.valuesIn(end).some(({ kind }) => kind === 'refusal')
}

/** All methods that override a method, directly or not. */
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

function isOneOfSeveral(repo: RepoIndex, callee: Component, caller: Component): boolean {
  const { file, name, qualifiedName, condition } = callee
  const language = repo.files.get(file)?.language
  if (language === 'go') return isByBuild(repo, callee, caller)
  // Sibling modules each define the function, and their parent selects one.
  const isInModule = condition !== undefined && qualifiedName === name && file !== caller.file
  return language === 'rust' && isInModule && isDefinedTwice(repo, folderOf(file), name)
}

/**
 * Whether a Go package has one definition per build, or the callee is from a package that only such a file imports:
 * a method of a variable whose type depends on the build.
 */
function isByBuild(repo: RepoIndex, { file, qualifiedName }: Component, caller: Component): boolean {
  const [folder, own] = [folderOf(file), folderOf(caller.file)]
  if (folder === own) return isDefinedTwice(repo, folder, qualifiedName)
  return (
    !isImported(repo, folder, caller.file, () => modulesOf(repo, caller.file)) &&
    isImported(repo, folder, `${own}/`, () => modulesByBuild(repo, own))
  )
}

/** Whether one of the modules ends with a folder. Both the modules by their last part and the answers are kept by the key. */
function isImported(repo: RepoIndex, folder: string, key: string, modules: () => Modules): boolean {
  const { answers } = knownOf(repo)
  const pair = `${key}\0${folder}`
  let answer = answers.get(pair)
  if (answer === undefined) {
    const alike = importsOf(repo, key, modules).get(nameOf(folder)) ?? []
    answer = [...alike].some((module) => `/${module}`.endsWith(`/${folder}`))
    answers.set(pair, answer)
  }
  return answer
}

function importsOf(repo: RepoIndex, key: string, modules: () => Modules): Modules {
  const { imports } = knownOf(repo)
  const found = imports.get(key) ?? modules()
  imports.set(key, found)
  return found
}

/** The modules that a file imports, by the last part of their paths. */
function modulesOf(repo: RepoIndex, path: string, found: Map<string, Set<string>> = new Map()): Modules {
  for (const { module } of repo.occurrences.bindingsOf(path)) {
    const last = nameOf(module)
    found.set(last, (found.get(last) ?? new Set()).add(module))
  }
  return found
}

/** Those that files of a folder import which define a name that others define, too. */
function modulesByBuild(repo: RepoIndex, folder: string): Modules {
  const found = new Map<string, Set<string>>()
  for (const file of repo.folders.get(folder) ?? []) {
    const tops = isCode(file) ? (repo.tops.get(file.path) ?? []) : []
    if (tops.some(({ qualifiedName }) => isDefinedTwice(repo, folder, qualifiedName))) modulesOf(repo, file.path, found)
  }
  return found
}

type Modules = ReadonlyMap<string, ReadonlySet<string>>

interface Known {
  /** The names that more than one file of code in a folder defines, by folder. */
  twice: ReadonlyMap<string, ReadonlySet<string>>
  imports: Map<string, Modules>
  /** Whether a file, or those of a folder, import a folder. */
  answers: Map<string, boolean>
}

const known = new WeakMap<RepoIndex, Known>()

function knownOf(repo: RepoIndex): Known {
  const found = known.get(repo) ?? { twice: definedTwice(repo), imports: new Map(), answers: new Map() }
  known.set(repo, found)
  return found
}

const WITH_BUILDS = new Set(['go', 'rust'])

function definedTwice(repo: RepoIndex): ReadonlyMap<string, ReadonlySet<string>> {
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
}

const isDefinedTwice = (repo: RepoIndex, folder: string, name: string): boolean =>
  knownOf(repo).twice.get(folder)?.has(name) === true
