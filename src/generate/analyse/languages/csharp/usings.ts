/**
 * The `using` directives that apply to a file: its own, and the global ones of its project (in code and in project
 * files). A directive applies within the namespace that it is written in, and is relative to it.
 */

import { push } from '#base/multimap.ts'
import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import { type ImportFact, NONE } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { ProjectUsing } from './project-reader.ts'
import type { Projects } from './projects.ts'

/** The directives of one namespace, with full names. */
export interface Usings {
  readonly namespaces: ReadonlySet<string>
  readonly statics: ReadonlySet<string>
  readonly aliases: ReadonlyMap<string, string>
}

export interface UsingsOfFile {
  /** Keyed by the namespace that the directives are written in; '' outside any. */
  readonly byNamespace: ReadonlyMap<string, Usings>
  /** All namespaces that are used somewhere in the file. */
  readonly namespaces: ReadonlySet<string>
  /** No namespace from outside the repository is used. */
  readonly isClosed: boolean
}

/** Limit on the directives of one kind in one namespace: each is tried for each name. */
const MAX_USINGS = 500
const LIMIT_TEXT = `Only the first ${MAX_USINGS} \`using\` directives count.`
/** Prefix of the `kind` of directives after `namespace X;`, which are inside that namespace. */
const INNER = 'inner '

export class UsingsOfFiles {
  readonly #program: Program
  /** Keyed by the folder of the project. */
  readonly #globals = new Map<string, ProjectUsing[]>()
  readonly #projects: Projects
  readonly #known = new Map<FileUnit, UsingsOfFile>()
  readonly #namespaces = new Map<FileUnit, readonly string[]>()

  constructor(program: Program, projects: Projects) {
    this.#program = program
    this.#projects = projects
    for (const file of program.files.values()) {
      const global = file.facts.imports.filter(isGlobal)
      if (global.length === 0) continue
      const project = projects.folderOf(file.path)
      for (const using of global) push(this.#globals, project, using)
    }
  }

  of(file: FileUnit): UsingsOfFile {
    const known = this.#known.get(file)
    if (known !== undefined) return known
    const byNamespace = new Map<
      string,
      { namespaces: Set<string>; statics: Set<string>; aliases: Map<string, string> }
    >()
    const namespaces = new Set<string>()
    const addTo = (paths: Set<string>, path: string): void => {
      if (paths.size < MAX_USINGS) paths.add(path)
      else if (!paths.has(path)) this.#program.noteLimit(file.path, LIMIT_TEXT)
    }
    const project = this.#projects.folderOf(file.path)
    const globals = [...(this.#globals.get(project) ?? []), ...this.#projects.usingsOf(project)]
    for (const { path, alias, kind, within } of [
      ...file.facts.imports.map((one) => ({ ...one, within: namespaceOf(file, one) })),
      ...globals.map((one) => ({ ...one, within: '' })),
    ]) {
      const usings = byNamespace.get(within) ?? { namespaces: new Set(), statics: new Set(), aliases: new Map() }
      byNamespace.set(within, usings)
      const full = this.#fullName(path, within)
      if (alias !== null) usings.aliases.set(alias, full)
      else if (kind.endsWith('static')) addTo(usings.statics, full)
      else {
        addTo(usings.namespaces, full)
        addTo(namespaces, full)
      }
    }
    const isClosed = [...namespaces].every((path) => this.#program.namespaces.has(path))
    const usings = { byNamespace, namespaces, isClosed }
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

  /** The nearest namespace or type that a path names; the path itself if the repository has neither. */
  #fullName(path: string, within: string): string {
    const { namespaces, byFullName } = this.#program
    const full = enclosing(within).map((outer) => (outer === '' ? path : `${outer}.${path}`))
    return full.find((one) => namespaces.has(one) || byFullName.has(one)) ?? path
  }
}

/**
 * Marks the directives after `namespace X;`.
 *
 * @param text - Without preprocessor directives.
 */
export function markInnerUsings(facts: { imports: ImportFact[]; packageName: string }, text: string): void {
  if (facts.packageName === '' || facts.imports.length === 0) return
  const start = text.search(/^[ \t]*namespace\s[^;{}]{1,400};/m)
  if (start < 0) return
  const line = text.slice(0, start).split('\n').length
  for (const one of facts.imports) if (one.line > line && one.scope === 0 && !isGlobal(one)) one.kind = INNER + one.kind
}

/** The namespace around a scope. */
export function namespaceAround(file: FileUnit, scope: number): string {
  for (let at = scope; at !== NONE; at = file.scopeParent(at)) {
    for (let decl = file.scopeDecl(at) ?? null; decl !== null; decl = decl.parent) {
      if (decl.kind === 'namespace') return decl.fullName
    }
  }
  return file.package
}

/** A namespace and those that enclose it, innermost first: `A.B`, `A` and the global one, ''. */
export function enclosing(namespace: string): string[] {
  const all: string[] = []
  for (let at = namespace; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) all.push(at)
  return [...all, '']
}

/** The namespace that a directive is written in. */
function namespaceOf(file: FileUnit, { scope, kind }: ImportFact): string {
  const isOutside = scope === 0 && !kind.startsWith(INNER)
  return isOutside || kind.startsWith('global') ? '' : namespaceAround(file, scope)
}

const isGlobal = ({ kind }: ImportFact): boolean => kind.startsWith('global')
