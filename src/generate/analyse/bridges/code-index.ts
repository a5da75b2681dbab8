/** What the analysers know of the files that bridges start or end in: components by place and name, and what each file uses. */

import type { Component, Edge } from '#generate/model.ts'

/** A use whose kind or confidence is less says too little of a name. */
const MIN_CONFIDENCE = 0.85

export class CodeIndex {
  /** Of the files asked for, in order of lines. */
  readonly #inFile = new Map<string, Component[]>()
  /** What a file uses, by the name of what is used. */
  readonly #uses = new Map<string, Map<string, Component[]>>()
  readonly #imports = new Map<string, Set<string>>()
  readonly #members = new Map<string, Component[]>()

  /** @param paths - The files that will be asked about. */
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

  /** The function or type that a line is in, or the file. */
  around(path: string, line: number): string {
    let found: Component | undefined
    for (const component of this.inFile(path)) {
      if (component.startLine > line) break
      if (component.endLine >= line && component.kind !== 'field' && component.kind !== 'constant') found = component
    }
    return found?.id ?? path
  }

  /** The component of a name that a line is in; of several the innermost. */
  named(path: string, name: string, line: number): Component | undefined {
    let found: Component | undefined
    for (const component of this.inFile(path)) {
      if (component.startLine > line) break
      if (component.endLine >= line && component.name === name) found = component
    }
    return found
  }

  /** What of a name a file uses, as the analysers resolved it. */
  usedIn(path: string, name: string): readonly Component[] {
    return this.#uses.get(path)?.get(name) ?? []
  }

  /** The members of a component that a file uses. */
  membersOf(component: Component): readonly Component[] {
    return this.#members.get(component.id) ?? []
  }
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
