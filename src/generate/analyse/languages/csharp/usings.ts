/** The `using` directives that apply to a file: its own, and the global ones of its project. */

import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'

export interface Usings {
  readonly namespaces: readonly string[]
  readonly statics: readonly string[]
  readonly aliases: ReadonlyMap<string, string>
  /** No namespace from outside the repository is used. */
  readonly isClosed: boolean
}

/** Limit on the directives of one kind: each is tried for each name. */
const MAX_USINGS = 500

export class UsingsOfFiles {
  readonly #program: Program
  readonly #globals = new Map<string, FileUnit['facts']['imports']>()
  /** Folders with a project file. */
  readonly #projects: ReadonlySet<string>
  readonly #known = new Map<FileUnit, Usings>()
  readonly #namespaces = new Map<FileUnit, readonly string[]>()

  constructor(program: Program, context: LinkContext) {
    this.#program = program
    this.#projects = new Set([...context.paths].filter((path) => path.endsWith('.csproj')).map(folderOf))
    for (const file of program.files.values()) {
      const global = file.facts.imports.filter(({ kind }) => kind.startsWith('global'))
      if (global.length === 0) continue
      const project = this.#projectOf(file.path)
      this.#globals.set(project, [...(this.#globals.get(project) ?? []), ...global])
    }
  }

  of(file: FileUnit): Usings {
    const known = this.#known.get(file)
    if (known !== undefined) return known
    const namespaces = new Set<string>()
    const statics = new Set<string>()
    const aliases = new Map<string, string>()
    for (const { path, alias, kind } of [
      ...file.facts.imports,
      ...(this.#globals.get(this.#projectOf(file.path)) ?? []),
    ]) {
      if (alias !== null) aliases.set(alias, path)
      else if (kind.endsWith('static')) addTo(statics, path)
      else addTo(namespaces, path)
    }
    const isClosed = [...namespaces].every((path) => this.#program.namespaces.has(path))
    const usings = { namespaces: [...namespaces], statics: [...statics], aliases, isClosed }
    this.#known.set(file, usings)
    return usings
  }

  /** The namespaces in which a file declares something. */
  namespacesIn(file: FileUnit): readonly string[] {
    const known = this.#namespaces.get(file)
    if (known !== undefined) return known
    const found = new Set([file.package])
    for (const decl of file.decls) if (decl.kind === 'namespace') found.add(decl.fullName)
    const list = [...found]
    this.#namespaces.set(file, list)
    return list
  }

  /** The folder of the nearest project file above. */
  #projectOf(path: string): string {
    for (let at = folderOf(path); ; at = folderOf(at)) if (at === '' || this.#projects.has(at)) return at
  }
}

function addTo(paths: Set<string>, path: string): void {
  if (paths.size < MAX_USINGS) paths.add(path)
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
