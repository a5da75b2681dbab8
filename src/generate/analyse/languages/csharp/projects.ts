/**
 * The .NET projects of a repository: which project compiles a file, the `using` directives that its project file and
 * the files imported by it give to every file, and the projects that it refers to.
 */

import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import { type Element, readXml } from '#generate/formats/read-xml.ts'
import { folderOf, inFolder, nameOf } from '#generate/paths.ts'
import { PROJECT, type Project, ProjectReader, type ProjectUsing } from './project-reader.ts'

/** With more projects than this, all see each other. */
const MAX_PROJECTS = 2_000
const MAX_BYTES = 500_000

export class Projects {
  readonly #context: LinkContext
  /** Keyed by folder. */
  readonly #projects = new Map<string, Project>()
  /** Folders of projects, keyed by the names of their packages and assemblies. */
  readonly #byName = new Map<string, string>()
  readonly #folders = new Map<string, string>()
  readonly #seen = new Map<string, ReadonlySet<string> | undefined>()
  readonly #elements = new Map<string, Element | undefined>()
  readonly #names: ReadonlySet<string>

  /** @param program - Is notified of files of which only a part was read. */
  constructor(context: LinkContext, program: Pick<Program, 'noteLimit'>) {
    this.#context = context
    this.#names = new Set([...context.paths].map(nameOf))
    for (const path of context.paths) {
      if (!PROJECT.test(path)) continue
      const folder = folderOf(path)
      const project = this.#projects.get(folder) ?? {
        usings: new Map(),
        references: new Set<string>(),
        packages: new Set<string>(),
        seesAll: false,
      }
      this.#projects.set(folder, project)
      const limit = new ProjectReader(project, path, this.#names, (file) => this.#read(file), context).read()
      if (limit !== undefined) program.noteLimit(path, limit)
      for (const name of this.#namesOf(path)) this.#byName.set(name.toLowerCase(), folder)
    }
  }

  /** The folder of the nearest project file above; '' if there is none. */
  folderOf(path: string): string {
    const folder = folderOf(path)
    const known = this.#folders.get(folder)
    if (known !== undefined) return known
    let at = folder
    while (at !== '' && !this.#projects.has(at)) at = folderOf(at)
    this.#folders.set(folder, at)
    return at
  }

  has(folder: string): boolean {
    return this.#projects.has(folder)
  }

  /** @param folder - The folder of a project. */
  usingsOf(folder: string): readonly ProjectUsing[] {
    return [...(this.#projects.get(folder)?.usings.values() ?? [])].flatMap((usings) => [...usings.values()])
  }

  /** Whether the files of one project can use what the files of another declare; both are folders. */
  sees(from: string, to: string): boolean {
    if (from === to || !this.#projects.has(to)) return true
    let seen = this.#seen.get(from)
    if (!this.#seen.has(from)) {
      seen = this.#seenFrom(from)
      this.#seen.set(from, seen)
    }
    return seen === undefined || seen.has(to)
  }

  /** @returns `undefined` when a project may see all others. */
  #seenFrom(from: string): ReadonlySet<string> | undefined {
    if (!this.#projects.has(from) || this.#projects.size > MAX_PROJECTS) return undefined
    const seen = new Set([from])
    for (const folder of seen) {
      const project = this.#projects.get(folder)
      if (project === undefined) continue
      if (project.seesAll) return undefined
      for (const path of project.references) seen.add(this.folderOf(PROJECT.test(path) ? path : inFolder(path, '_')))
      for (const name of project.packages) {
        const home = this.#byName.get(name.toLowerCase())
        if (home !== undefined) seen.add(home)
      }
    }
    return seen
  }

  #read(path: string): Element | undefined {
    if (this.#elements.has(path)) return this.#elements.get(path)
    const text = this.#context.files.get(path)?.text ?? ''
    const element = text === '' || text.length > MAX_BYTES ? undefined : readXml(text)
    this.#elements.set(path, element)
    return element
  }

  #namesOf(path: string): string[] {
    const groups = (this.#read(path)?.children ?? []).filter((one) => one.name === 'PropertyGroup')
    const given = groups.flatMap((one) => one.children).filter((one) => /^(?:PackageId|AssemblyName)$/.test(one.name))
    return [nameOf(path).replace(PROJECT, ''), ...given.map((one) => one.text)].filter((one) => one !== '')
  }
}
