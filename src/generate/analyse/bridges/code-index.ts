/**
 * Looks up components and uses in the files that bridges connect: components by line and name, and uses by file.
 */

import { lowerBound } from '#base/binary-search.ts'
import { push } from '#base/multimap.ts'
import type { Component, Edge } from '#generate/model.ts'

/** Edges below this confidence do not identify a name. */
const MIN_CONFIDENCE = 0.85
/** Limit on the earlier components that are searched for the one that contains a line. */
const MAX_STEPS = 2_000

export class CodeIndex {
  /** The components of each indexed file, sorted by line. */
  readonly #inFile = new Map<string, Component[]>()
  /** The components that each file uses, keyed by file and name. */
  readonly #uses = new Map<string, Map<string, Component[]>>()
  /** The files that each file imports. */
  readonly #imports = new Map<string, Set<string>>()
  /** The components of each file, keyed by file and name. Filled on the first lookup in a file. */
  readonly #names = new Map<string, Map<string, Component[]>>()
  /** The members of the components that are used, keyed by component id. */
  readonly #members = new Map<string, Component[]>()

  /** @param paths - The files to index. */
  constructor(paths: ReadonlySet<string>, components: readonly Component[], edges: readonly Edge[]) {
    const owners = new Map<string, string>()
    for (const path of paths) owners.set(path, path)
    for (const component of components) {
      if (!paths.has(component.file)) continue
      owners.set(component.id, component.file)
      push(this.#inFile, component.file, component)
    }
    const users = new Map<string, Set<string>>()
    for (const { from, to, kind, origin, confidence } of edges) {
      const path = owners.get(from)
      if (path === undefined || origin === 'unique-name' || confidence < MIN_CONFIDENCE) continue
      if (kind !== 'imports') users.set(to, (users.get(to) ?? new Set()).add(path))
      else this.#imports.set(path, (this.#imports.get(path) ?? new Set()).add(to))
    }
    for (const component of components) {
      for (const path of users.get(component.id) ?? []) {
        const names = this.#uses.get(path) ?? new Map<string, Component[]>()
        this.#uses.set(path, names)
        push(names, component.name, component)
      }
      if (component.parent !== null && users.has(component.parent)) push(this.#members, component.parent, component)
    }
    for (const list of this.#inFile.values()) list.sort((a, b) => a.startLine - b.startLine || b.endLine - a.endLine)
  }

  /** Files that a file imports. */
  importsOf(path: string): ReadonlySet<string> {
    return this.#imports.get(path) ?? new Set()
  }

  inFile(path: string): readonly Component[] {
    return this.#inFile.get(path) ?? []
  }

  /** The function or type that contains a line, or the file. */
  enclosing(path: string, line: number): string {
    return innermost(this.inFile(path), line, ({ kind }) => kind !== 'field' && kind !== 'constant')?.id ?? path
  }

  /** The innermost component of this name that contains a line. */
  enclosingNamed(path: string, name: string, line: number): Component | undefined {
    let names = this.#names.get(path)
    if (names === undefined) {
      names = new Map()
      for (const component of this.inFile(path)) push(names, component.name, component)
      this.#names.set(path, names)
    }
    return innermost(names.get(name) ?? [], line, () => true)
  }

  /** The components of this name that a file uses. */
  usedIn(path: string, name: string): readonly Component[] {
    return this.#uses.get(path)?.get(name) ?? []
  }

  /** The members of a component, if one of the indexed files uses it; otherwise none. */
  membersOf(component: Component): readonly Component[] {
    return this.#members.get(component.id) ?? []
  }
}

/** The last component that contains a line. Components are sorted by line and nested, so it is the innermost. */
function innermost(
  components: readonly Component[],
  line: number,
  isWanted: (component: Component) => boolean,
): Component | undefined {
  const low = lowerBound(components.length, (at) => (components[at]?.startLine ?? 0) <= line)
  for (let at = low - 1; at >= Math.max(0, low - MAX_STEPS); at--) {
    const component = components[at]
    if (component !== undefined && component.endLine >= line && isWanted(component)) return component
  }
  return undefined
}
