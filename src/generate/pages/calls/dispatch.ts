/** Finds what a call may run besides the named function: overriding methods, and definitions for other builds. */

import { type Component, compareText } from '#generate/model.ts'
import { codeLines } from '#generate/pages/code-lines.ts'
import { isCode, type RepoIndex } from '#generate/pages/repo-index.ts'
import { overloadsOf } from '#generate/pages/usage/overloads.ts'
import { folderOf } from '#generate/paths.ts'
import { bodyOf, linesOf } from './calls.ts'

export interface Dispatch {
  /** Whether the callee has no body: it is abstract or in an interface. */
  isOpen: boolean
  /** Overriding methods in the code, sorted. The call does not tell which of them runs. */
  overriders: readonly Component[]
  /** Whether the build or the platform selects one of several definitions. */
  isOneOfSeveral: boolean
  /** The possible overloads; empty if it is known which one is meant. */
  overloads: readonly Component[]
}

const ABSTRACT = new Set<Component['kind']>(['interface', 'trait'])
const IS_ABSTRACT = /\babstract\s|= 0$/
const MAX_OVERRIDERS = 200
/** Limit on the lines of a method that only raises an error or returns nothing, for others to override. */
const MAX_STUB = 4

export function dispatchOf(repo: RepoIndex, callee: Component, caller: Component, line: number): Dispatch {
  if (callee.kind !== 'method' && callee.kind !== 'function')
    return { isOpen: false, overriders: [], isOneOfSeveral: false, overloads: [] }
  const parent = callee.parent === null ? undefined : repo.components.get(callee.parent)
  const overriders = overridersOf(repo, callee)
  const isStub = overriders.length > 0 && linesOf(repo, callee) <= MAX_STUB
  const isOpen =
    !repo.callees.has(callee.id) &&
    (isStub ||
      (parent !== undefined && ABSTRACT.has(parent.kind)) ||
      IS_ABSTRACT.test(callee.signature) ||
      callee.decorators?.some((one) => one.includes('abstract')) === true)
  return {
    isOpen,
    overriders,
    isOneOfSeveral: isOneOfSeveral(repo, callee, caller, line),
    overloads: repo.doubtful.get(callee.id)?.has(bodyOf(repo, caller).id) === true ? overloadsOf(repo, callee) : [],
  }
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

function isOneOfSeveral(repo: RepoIndex, callee: Component, caller: Component, line: number): boolean {
  const language = repo.files.get(callee.file)?.language
  if (language === 'go') return isByBuild(repo, callee, caller)
  return language === 'rust' ? isByModule(repo, callee, caller, line) : false
}

/** Whether sibling modules each define the function and their parent selects one; then the call does not name the module. */
function isByModule(
  repo: RepoIndex,
  { file, name, kind, qualifiedName }: Component,
  caller: Component,
  line: number,
): boolean {
  if (kind !== 'function' || qualifiedName !== name || file === caller.file) return false
  const module = file.slice(file.lastIndexOf('/') + 1, -'.rs'.length)
  const [text = ''] = codeLines(repo, caller.file, line, line)
  const isNamed =
    text.includes(`${module}::${name}`) ||
    repo.occurrences.bindingsOf(caller.file).some((one) => one.module.split('::').includes(module))
  return module !== 'mod' && module !== 'lib' && !isNamed && isDefinedTwice(repo, folderOf(file), name)
}

/**
 * Whether a Go package has one definition per build, or the callee is from a package that only such a file imports:
 * a method of a variable whose type depends on the build.
 */
function isByBuild(repo: RepoIndex, { file, qualifiedName }: Component, caller: Component): boolean {
  const folder = folderOf(file)
  if (folder === folderOf(caller.file)) return isDefinedTwice(repo, folder, qualifiedName)
  const isImporting = (path: string): boolean =>
    repo.occurrences.bindingsOf(path).some(({ module }) => `/${module}`.endsWith(`/${folder}`))
  if (isImporting(caller.file)) return false
  const importers = (repo.folders.get(folderOf(caller.file)) ?? []).filter(
    (one) => isCode(one) && isImporting(one.path),
  )
  const tops = importers.flatMap(({ path }) => repo.tops.get(path) ?? [])
  return tops.some((one) => isDefinedTwice(repo, folderOf(caller.file), one.qualifiedName))
}

function isDefinedTwice(repo: RepoIndex, folder: string, name: string): boolean {
  const files = repo.folders.get(folder) ?? []
  return files.filter((one) => isCode(one) && repo.components.has(`${one.path}#${name}`)).length > 1
}
