/**
 * The .NET projects of a repository: which project compiles a file, the `using` directives that its project file and
 * the files imported by it give to every file, and the projects that it refers to. Conditions on target frameworks are
 * not evaluated: what they guard counts.
 */

import type { ImportFact } from '#generate/analyse/engine/facts.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import { type Element, readXml } from '#generate/formats/read-xml.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'

/** A directive of a project. */
export type ProjectUsing = Pick<ImportFact, 'path' | 'alias' | 'kind'>

interface Project {
  readonly usings: Map<string, ProjectUsing>
  /** Paths of project files, and folders of source files. */
  readonly references: Set<string>
  /** Names of packages and assemblies. */
  readonly packages: Set<string>
  /** It may refer to any project. */
  isOpen: boolean
}

const PROJECT = /\.(?:cs|fs|vb)proj$/
const SHARED_FILES = ['Directory.Build.props', 'Directory.Build.targets']
/** With more projects than this, all see each other. */
const MAX_PROJECTS = 2_000
/** Limit on the files that one project imports, directly or not. */
const MAX_IMPORTS = 50
const MAX_BYTES = 500_000
/** Limit on the characters of a property or path. */
const MAX_PATH = 1_000

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

  constructor(context: LinkContext) {
    this.#context = context
    this.#names = new Set([...context.paths].map(nameOf))
    for (const path of context.paths) {
      if (!PROJECT.test(path)) continue
      const folder = folderOf(path)
      const project = this.#projects.get(folder) ?? {
        ...{ usings: new Map(), references: new Set<string>(), packages: new Set<string>() },
        isOpen: false,
      }
      this.#projects.set(folder, project)
      new ProjectReader(project, path, this.#names, (file) => this.#read(file), context).read()
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

  /** @param folder - Of a project. */
  usingsOf(folder: string): Iterable<ProjectUsing> {
    return this.#projects.get(folder)?.usings.values() ?? []
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
      if (project.isOpen) return undefined
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

/** Reads one project file with all that it imports, in the order of MSBuild. */
class ProjectReader {
  readonly #project: Project
  readonly #path: string
  readonly #names: ReadonlySet<string>
  readonly #readFile: (path: string) => Element | undefined
  readonly #context: LinkContext
  readonly #properties = new Map<string, string>()
  readonly #imported = new Set<string>()
  /** Imports, and groups of them, whose condition was false when properties were read. */
  readonly #skipped = new Set<Element>()

  constructor(
    project: Project,
    path: string,
    names: ReadonlySet<string>,
    readFile: (path: string) => Element | undefined,
    context: LinkContext,
  ) {
    this.#project = project
    this.#path = path
    this.#names = names
    this.#readFile = readFile
    this.#context = context
  }

  read(): void {
    const [props, targets] = SHARED_FILES.map((name) => this.#above(folderOf(this.#path), name))
    const files = [props, this.#path, targets].filter((one) => one !== undefined)
    // Items are evaluated after all properties.
    for (const items of [false, true]) {
      this.#imported.clear()
      for (const file of files) this.#file(file, items)
    }
  }

  #file(path: string, items: boolean): void {
    if (this.#imported.has(path) || this.#imported.size > MAX_IMPORTS) return
    this.#imported.add(path)
    const root = this.#readFile(path)
    if (root === undefined && PROJECT.test(path)) this.#project.isOpen = true
    this.#children(root, path, items)
  }

  #children(element: Element | undefined, path: string, items: boolean): void {
    for (const child of element?.children ?? []) {
      const isOfItems = child.name === 'ItemGroup'
      // Only the conditions of items see the final properties.
      if (!items && !isOfItems && !this.#holds(child)) this.#skipped.add(child)
      if (isOfItems ? !(items && this.#holds(child)) : this.#skipped.has(child)) continue
      if (child.name === 'Import') this.#import(child, path, items)
      else if (/^(?:ImportGroup|Choose|When|Otherwise)$/.test(child.name)) this.#children(child, path, items)
      else if (child.name === 'PropertyGroup' && !items) {
        for (const one of child.children)
          if (this.#holds(one)) this.#properties.set(one.name.toLowerCase(), this.#expanded(one.text, path))
      } else if (isOfItems) for (const one of child.children) if (this.#holds(one)) this.#item(one, path)
    }
  }

  #item({ name, attributes }: Element, path: string): void {
    const include = attributes.get('Include') ?? ''
    if (name === 'Using') {
      for (const one of include.split(';')) this.#using(one.trim(), attributes)
      for (const one of (attributes.get('Remove') ?? '').split(';')) this.#project.usings.delete(one.trim())
    } else if (/^(?:PackageReference|Reference)$/.test(name)) {
      const [assembly = ''] = include.split(',')
      this.#project.packages.add(assembly.trim())
    } else if (name === 'ProjectReference') {
      for (const one of include.split(';')) if (one.trim() !== '') this.#refer(one.trim(), path)
    } else if (name === 'Compile' && include !== '') {
      const [plain = ''] = include.split('*')
      if (/\.\.|\$\(/.test(plain)) this.#refer(plain.endsWith('.cs') ? plain : `${plain}/_`, path, false)
    }
  }

  #using(path: string, attributes: ReadonlyMap<string, string>): void {
    if (!/^[\w.]+$/.test(path)) return
    const kind = attributes.get('Static')?.toLowerCase() === 'true' ? 'global static' : 'global'
    this.#project.usings.set(path, { path, alias: attributes.get('Alias') ?? null, kind })
  }

  /** @param isProject - Whether the path names a project, not a source file. */
  #refer(written: string, path: string, isProject = true): void {
    // Items are relative to the project, wherever they are written.
    const target = /[*?]/.test(written) ? undefined : this.#resolve(written, path, folderOf(this.#path))
    if (target !== undefined) this.#project.references.add(isProject ? target : folderOf(target))
    else this.#project.isOpen = true
  }

  #import({ attributes }: Element, path: string, items: boolean): void {
    const written = attributes.get('Project') ?? ''
    const wanted = /Get(?:PathOf|DirectoryNameOf)FileAbove\([^)]{0,200}?(Directory\.Build\.(?:props|targets))/.exec(
      written,
    )
    const target =
      wanted === null
        ? this.#resolve(written, path, folderOf(path))
        : this.#above(folderOf(folderOf(path)), wanted[1] ?? '')
    if (target !== undefined && this.#context.paths.has(target)) this.#file(target, items)
    // It cannot be told which of the repository's files is meant.
    else if (target === undefined && items && this.#names.has(nameOf(written.replaceAll('\\', '/'))))
      this.#project.isOpen = true
  }

  /** @returns A path of the repository; `undefined` when a property is unknown or the path is outside. */
  #resolve(written: string, path: string, folder: string): string | undefined {
    const known = this.#expanded(written.replaceAll('\\', '/'), path)
    if (known.includes('$(')) return undefined
    return known.startsWith('/') ? joinPath('', known.replace(/^\/+/, '')) : joinPath(folder, known)
  }

  /** Replaces the properties that are known; folders of the repository start with `/`. */
  #expanded(text: string, path: string): string {
    return text
      .replace(/\$\(MSBuildThisFileDirectory\)/gi, `/${folderOf(path)}/`)
      .replace(/\$\(MSBuildProjectDirectory\)/gi, `/${folderOf(this.#path)}`)
      .replace(/\$\((\w{1,60})\)/g, (whole, name) => this.#properties.get(name.toLowerCase()) ?? whole)
      .slice(0, MAX_PATH)
  }

  /** The nearest file of this name in a folder or above it. */
  #above(folder: string, name: string): string | undefined {
    for (let at = folder; ; at = folderOf(at)) {
      if (this.#context.paths.has(inFolder(at, name))) return inFolder(at, name)
      if (at === '') return undefined
    }
  }

  /** False only for a comparison of a property that nothing in the repository gives this value. */
  #holds({ attributes }: Element): boolean {
    const condition = attributes.get('Condition') ?? ''
    const compared = /^\s*'?\$\((\w{1,60})\)'?\s*(==|!=)\s*'([^'$]{0,80})'\s*$/.exec(condition)
    if (compared === null) return true
    const [, name = '', operator, value = ''] = compared
    const given = this.#properties.get(name.toLowerCase()) ?? ''
    if (given.includes('$(') || /^(?:TargetFramework|OS$|Configuration$|Platform$|MSBuild)/.test(name)) return true
    return (given.toLowerCase() === value.toLowerCase()) === (operator === '==')
  }
}
