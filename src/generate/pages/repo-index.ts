/** Indexes the graph for the pages: where each component is, what uses it, and how often. */

import { append } from '#base/long-arrays.ts'
import { push } from '#base/multimap.ts'
import { isFileBeside } from '#generate/beside-code.ts'
import { fileForUser } from '#generate/go-platforms.ts'
import {
  type Analysis,
  type Component,
  compareText,
  type Edge,
  filesOf,
  INHERITANCES,
  type Inheritance,
  type Inventory,
  type Module,
  modulesOf,
  type SourceFile,
} from '#generate/model.ts'
import type { Occurrences } from '#generate/occurrences.ts'
import { typedTwins } from '#generate/pages/entry/typed-twins.ts'
import { testsInCode } from '#generate/pages/usage/test-only-code.ts'
import { folderOf } from '#generate/paths.ts'
import { withoutStaleComments } from './stale-comments.ts'
import { staleVersions } from './stale-versions.ts'
import { membersOf, parentOf, TYPES, topsOf } from './tops.ts'

/** How one component derives from another. */
export type Inheriting = Inheritance | 'overrides'

export interface RepoIndex {
  readonly files: ReadonlyMap<string, SourceFile>
  /** The files directly in each folder, by its path ('' for the root), sorted. */
  readonly folders: ReadonlyMap<string, SourceFile[]>
  readonly components: ReadonlyMap<string, Component>
  readonly fileDocs: ReadonlyMap<string, string>
  /** The locations of the edges. */
  readonly occurrences: Occurrences
  /** Top-level components of a file, in order of lines: those without a parent, and types whose parent is in another file. */
  readonly tops: ReadonlyMap<string, Component[]>
  /** Members, except types, that a file adds to types of other files, in order of lines. */
  readonly additions: ReadonlyMap<string, Component[]>
  /** Members by parent: those in its file first, each file in order of lines. */
  readonly members: ReadonlyMap<string, Component[]>
  /** The leaf of each file. */
  readonly leaves: ReadonlyMap<string, Module>
  /** The modules around a module, the outermost first, itself last; without the root. */
  readonly around: ReadonlyMap<Module, Module[]>
  /** All files of a module and its submodules, sorted, including the root; `codeIn` excludes tests and examples. */
  readonly filesIn: ReadonlyMap<Module, readonly string[]>
  readonly codeIn: ReadonlyMap<Module, readonly string[]>
  /** Number of confident edges from a file to another, by both; `linksTo` is the same by the target first. */
  readonly links: ReadonlyMap<string, ReadonlyMap<string, number>>
  readonly linksTo: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** Components and files outside a component that use it or a member of it, with the number of edges. */
  readonly users: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** The same without users that only inherit from or override it; see `heirs`. */
  readonly places: ReadonlyMap<string, ReadonlyMap<string, number>>
  /** The components that inherit from or override a component itself, and how. */
  readonly heirs: ReadonlyMap<string, ReadonlyMap<string, Inheriting>>
  /** The components that a component itself overrides. */
  readonly overridden: ReadonlyMap<string, readonly string[]>
  /** The components that a component calls or instantiates, and which of both, without calls of its members. */
  readonly callees: ReadonlyMap<string, ReadonlyMap<string, 'calls' | 'instantiates'>>
  /** Targets of `uses-type` by component, sorted. */
  readonly namedTypes: ReadonlyMap<string, string[]>
  /** Targets of `extends`, `implements` and `mixes-in` by component, in the order of the source. */
  readonly bases: ReadonlyMap<string, string[]>
  /** A definition in JavaScript and its declaration in a `.d.ts`, by the id of each; `users` and `places` of one are those of both. */
  readonly twins: ReadonlyMap<string, readonly Component[]>
  /**
   * Ids of callers by an overload that they may call, where it is not known which of several they do. They are not in `users` of
   * the overload, but in those of its type.
   */
  readonly possibleUsers: ReadonlyMap<string, ReadonlySet<string>>
  /** Components in files of code that are tests. */
  readonly inTests: ReadonlySet<string>
}

/** Calls of a single target have at least this confidence; below, one of several overloads was chosen. */
const SINGLE_TARGET = 0.9
/** Calls on one of several objects have at most this confidence; each of their methods may run. */
const SEVERAL_OBJECTS = 0.7

/** Whether an edge may be shown as a fact. */
export function isConfident(edge: Edge): boolean {
  return edge.origin !== 'unique-name'
}

/** Indexes a repository. Ends of edges that are neither a component nor a file of the inventory are omitted. */
export function indexRepo(inventory: Inventory, analysis: Analysis, root: Module): RepoIndex {
  const files = new Map(inventory.files.map((file) => [file.path, file]))
  const components = withoutStaleComments(analysis.components)
  const leaves = new Map<string, Module>()
  const around = new Map<Module, Module[]>()
  const queue: { module: Module; above: Module[] }[] = root.children.map((module) => ({ module, above: [] }))
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const path = [...next.above, next.module]
    around.set(next.module, path)
    for (const file of next.module.files) leaves.set(file, next.module)
    append(
      queue,
      next.module.children.map((module) => ({ module, above: path })),
    )
  }

  const filesIn = new Map(modulesOf(root).map((module) => [module, filesOf(module)]))

  const links = new Map<string, Map<string, number>>()
  const linksTo = new Map<string, Map<string, number>>()
  const users = new Map<string, Map<string, number>>()
  const namedTypes = new Map<string, string[]>()
  const bases = new Map<string, string[]>()
  const overridden = new Map<string, string[]>()
  const places = new Map<string, Map<string, number>>()
  const heirs = new Map<string, Map<string, Inheriting>>()
  const callees = new Map<string, Map<string, 'calls' | 'instantiates'>>()
  const possibleUsers = new Map<string, Set<string>>()
  const twins = typedTwins(analysis.components)
  for (const edge of analysis.edges) {
    if (!isConfident(edge)) continue
    const fromFile = analysis.occurrences.fileOf(edge, components.get(edge.from)?.file ?? edge.from)
    const target = components.get(edge.to)
    const toFile = target === undefined ? edge.to : fileForUser(files, target, fromFile)
    if (!files.has(fromFile) || !files.has(toFile)) continue
    // A type of Go implements an interface, and its methods, without naming them: its file does not use the interface's.
    const isUnnamed = (edge.kind === 'implements' || edge.kind === 'overrides') && fromFile.endsWith('.go')
    if (fromFile !== toFile && !isUnnamed) {
      add(links, fromFile, toFile)
      add(linksTo, toFile, fromFile)
    }
    if (edge.kind === 'uses-type') push(namedTypes, edge.from, edge.to)
    if (isInheritance(edge.kind)) push(bases, edge.from, edge.to)
    if (edge.kind === 'overrides') push(overridden, edge.from, edge.to)
    if (edge.kind === 'imports') continue
    const user = components.get(edge.from)
    if ((edge.kind === 'calls' || edge.kind === 'instantiates') && components.has(edge.to)) {
      const found = rowOf(callees, user?.id ?? fromFile)
      // Code that instantiates a class may also have an edge for calling it.
      if (found.get(edge.to) !== 'instantiates') found.set(edge.to, edge.kind)
    }
    if (edge.kind === 'calls' && edge.confidence < SINGLE_TARGET && edge.confidence > SEVERAL_OBJECTS) {
      const found = possibleUsers.get(edge.to) ?? new Set<string>()
      possibleUsers.set(edge.to, found.add(edge.from))
    }
    const isPossible = possibleUsers.get(edge.to)?.has(edge.from) === true
    const isHeir = isInheriting(edge.kind)
    // A reference at the top level of the file that defines a component often only re-exports it.
    const isPassedOn = edge.from === fromFile && fromFile === toFile && edge.kind === 'references'
    if (isInheriting(edge.kind)) rowOf(heirs, edge.to).set(edge.from, edge.kind)
    for (let used = components.get(edge.to); used !== undefined; used = parentOf(used, components)) {
      const isNamed = used.id === edge.to
      if (isNamed ? isPartOf(user, used, components) : isInside(user, used, components)) continue
      if (isPossible && used.id === edge.to) continue
      const isPlace = !isHeir && !isPassedOn
      for (const { id } of twins.get(used.id) ?? [used]) {
        add(users, id, edge.from)
        if (isPlace) add(places, id, edge.from)
      }
    }
  }
  for (const [id, own] of bases) if (own.length > 1) bases.set(id, inSourceOrder(analysis.occurrences, id, own))
  const folders = new Map<string, SourceFile[]>()
  for (const file of inventory.files) push(folders, folderOf(file.path), file)
  const current = staleVersions(files)
  return {
    files,
    folders,
    components,
    occurrences: analysis.occurrences,
    fileDocs: new Map(Object.entries(analysis.fileDocs).map(([path, doc]) => [path, current(doc)])),
    ...topsOf(components),
    members: membersOf(components),
    leaves,
    around,
    filesIn,
    codeIn: new Map([...filesIn].map(([module, paths]) => [module, paths.filter((path) => isCode(files.get(path)))])),
    links,
    linksTo,
    users,
    places,
    heirs,
    overridden,
    callees,
    namedTypes,
    bases,
    twins,
    possibleUsers,
    inTests: testsInCode(files, components),
  }
}

/** Bases by the first position where a type names each of them; those without a position come last. */
function inSourceOrder(occurrences: Occurrences, id: string, bases: readonly string[]): string[] {
  const rows = bases.map((base) => {
    const at = occurrences.usesOf(id, base).find(({ kind }) => isInheritance(kind))
    return { base, file: at?.file ?? '', line: at?.line ?? Infinity, column: at?.column ?? 0 }
  })
  rows.sort((a, b) => compareText(a.file, b.file) || (a.line < b.line ? -1 : a.line > b.line ? 1 : a.column - b.column))
  return rows.map(({ base }) => base)
}

/** Whether a file is neither a test nor an example, so that pages describe it in full and draw it. */
export function isCode(file: SourceFile | undefined): boolean {
  return file !== undefined && file.role !== 'test' && file.role !== 'example'
}

/** Whether a file is code of the main modules: not a tool, benchmark, example or test. */
export function isMain(path: string, repo: RepoIndex): boolean {
  return isOfMain(path, repo) && !(isFileBeside(path) && hasProduct(repo))
}

function isOfMain(path: string, { leaves, files }: RepoIndex): boolean {
  const leaf = leaves.get(path)
  return leaf !== undefined && leaf.isBeside !== true && files.get(path)?.role === 'code'
}

const products = new WeakMap<RepoIndex, boolean>()

/** Whether there is code other than builds and benchmarks; otherwise, these are the main code. */
function hasProduct(repo: RepoIndex): boolean {
  const found =
    products.get(repo) ?? [...repo.leaves.keys()].some((path) => isOfMain(path, repo) && !isFileBeside(path))
  products.set(repo, found)
  return found
}

/**
 * The components of code that use a component or a member of it, and files that do so at their top level; the most frequent
 * users come first. Tests, examples and components that only inherit from it are left out.
 */
export function placesOf(component: Component, repo: RepoIndex): string[] {
  return [...(repo.places.get(component.id) ?? [])]
    .filter(([end]) => isCodeEnd(end, repo))
    .sort(([a, left], [b, right]) => right - left || compareText(a, b))
    .map(([end]) => end)
}

/** Whether a component or a whole file is code: neither an example nor a test, including tests within code files. */
export function isCodeEnd(end: string, repo: RepoIndex): boolean {
  return !repo.inTests.has(end) && isCode(repo.files.get(repo.components.get(end)?.file ?? end))
}

export function isTestEnd(end: string, repo: RepoIndex): boolean {
  return repo.inTests.has(end) || isTest(repo.components.get(end)?.file ?? end, repo)
}

export function isInheritance(kind: Edge['kind']): kind is Inheritance {
  return (INHERITANCES as readonly string[]).includes(kind)
}

function isInheriting(kind: Edge['kind']): kind is Inheriting {
  return isInheritance(kind) || kind === 'overrides'
}

export function isTest(path: string, repo: RepoIndex): boolean {
  return repo.files.get(path)?.role === 'test'
}

export function isExample(path: string, repo: RepoIndex): boolean {
  return repo.files.get(path)?.role === 'example'
}

/** Whether a user is in a declaration of a component, or in a nested type in the same file. */
function isPartOf(user: Component | undefined, whole: Component, components: ReadonlyMap<string, Component>): boolean {
  if (!isInside(user, whole, components)) return false
  let isNested = false
  for (let next = user; next !== undefined && next.id !== whole.id; next = parentOf(next, components))
    isNested ||= TYPES.has(next.kind) && next.file !== whole.file
  return !isNested
}

function isInside(user: Component | undefined, outer: Component, components: ReadonlyMap<string, Component>): boolean {
  for (let next = user; next !== undefined; next = parentOf(next, components)) if (next.id === outer.id) return true
  return false
}

function add(counts: Map<string, Map<string, number>>, from: string, to: string): void {
  const row = rowOf(counts, from)
  row.set(to, (row.get(to) ?? 0) + 1)
}

function rowOf<T>(rows: Map<string, Map<string, T>>, key: string): Map<string, T> {
  const row = rows.get(key) ?? new Map<string, T>()
  rows.set(key, row)
  return row
}
