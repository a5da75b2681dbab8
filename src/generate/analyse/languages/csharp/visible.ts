/** Finds the declarations that are visible from a C# file. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Projects } from './projects.ts'

export class VisibleDeclarations {
  readonly #projects: Projects
  /** The types of each project, by name and number of type parameters; keyed by its folder. */
  readonly #types = new Map<string, Set<string>>()
  readonly #typesOfFiles = new WeakMap<FileUnit, ReadonlySet<string>>()

  constructor(program: Program, projects: Projects) {
    this.#projects = projects
    for (const file of program.files.values()) {
      const project = projects.folderOf(file.path)
      const types = this.#types.get(project) ?? new Set()
      this.#types.set(project, types)
      for (const decl of file.decls) if (decl.isType && decl.fullName !== '') types.add(keyOf(decl))
    }
  }

  /**
   * Keeps the declarations visible from a file: those of its project and of the projects it refers to. The project's own
   * types hide others of the same name.
   */
  from(file: FileUnit, decls: readonly Decl[]): readonly Decl[] {
    const project = this.#projects.folderOf(file.path)
    const isSeen = (decl: Decl): boolean => {
      if (decl.file === file) return true
      const other = this.#projects.folderOf(decl.file.path)
      if (other === project || !this.#projects.has(other)) return true
      if (!this.#projects.sees(project, other)) return false
      const type = decl.isType ? decl : decl.owner
      return type === null || this.#types.get(project)?.has(keyOf(type)) !== true
    }
    return decls.every(isSeen) ? decls : decls.filter(isSeen)
  }

  /** Private members are visible where a part of their class is. */
  membersFrom(file: FileUnit, decls: readonly Decl[]): readonly Decl[] {
    const isSeen = (decl: Decl): boolean =>
      decl.file === file ||
      VISIBILITIES[decl.at(D.visibility)] !== 'private' ||
      (decl.owner !== null && this.#typesOf(file).has(decl.owner.fullName))
    const seen = this.from(file, decls)
    return seen.every(isSeen) ? seen : seen.filter(isSeen)
  }

  #typesOf(file: FileUnit): ReadonlySet<string> {
    const known = this.#typesOfFiles.get(file)
    if (known !== undefined) return known
    const types = new Set(file.decls.filter((decl) => decl.isType).map((decl) => decl.fullName))
    this.#typesOfFiles.set(file, types)
    return types
  }
}

const keyOf = (type: Decl): string => `${type.fullName}\`${type.typeParameters.length}`
