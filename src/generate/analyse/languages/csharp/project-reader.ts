/**
 * Reads one .NET project file and everything it imports, in MSBuild's order. Conditions on target frameworks are not
 * evaluated; they are treated as true.
 */

import type { ImportFact } from '#generate/analyse/engine/facts.ts'
import type { LinkContext } from '#generate/analyse/engine/language.ts'
import type { Element } from '#generate/formats/read-xml.ts'
import { folderOf, inFolder, joinPath, nameOf } from '#generate/paths.ts'

/** A directive of a project. */
export type ProjectUsing = Pick<ImportFact, 'path' | 'alias' | 'kind'>

export interface Project {
  /** Keyed by namespace or type, then by kind and alias. */
  readonly usings: Map<string, Map<string, ProjectUsing>>
  /** Paths of project files, and folders of source files. */
  readonly references: Set<string>
  /** Names of packages and assemblies. */
  readonly packages: Set<string>
  /** It may refer to any project. */
  seesAll: boolean
}

export const PROJECT = /\.(?:cs|fs|vb)proj$/
const SHARED_FILES = ['Directory.Build.props', 'Directory.Build.targets']
/** Limit on the files that one project imports, directly or not. */
const MAX_IMPORTS = 50
/** Limit on the directives of one project. */
const MAX_USINGS = 500
/** Limit on the characters of a property or path. */
const MAX_PATH = 1_000

export class ProjectReader {
  readonly #project: Project
  readonly #path: string
  readonly #names: ReadonlySet<string>
  readonly #readFile: (path: string) => Element | undefined
  readonly #context: LinkContext
  readonly #properties = new Map<string, string>()
  readonly #imported = new Set<string>()
  /** Imports, and groups of them, whose condition was false when properties were read. */
  readonly #skipped = new Set<Element>()
  /** Number of directives of the project. */
  #usings = 0
  #hasMoreUsings = false

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
    for (const { size } of project.usings.values()) this.#usings += size
  }

  /** @returns The limit that was exceeded, as a sentence; `undefined` if nothing was ignored. */
  read(): string | undefined {
    const [props, targets] = SHARED_FILES.map((name) => this.#above(folderOf(this.#path), name))
    const files = [props, this.#path, targets].filter((one) => one !== undefined)
    // Items are evaluated after all properties.
    for (const isItemPass of [false, true]) {
      this.#imported.clear()
      for (const file of files) this.#file(file, isItemPass)
    }
    return this.#hasMoreUsings
      ? `Only the first ${MAX_USINGS} \`Using\` items of a folder's projects count.`
      : undefined
  }

  #file(path: string, isItemPass: boolean): void {
    if (this.#imported.has(path) || this.#imported.size > MAX_IMPORTS) return
    this.#imported.add(path)
    const root = this.#readFile(path)
    if (root === undefined && PROJECT.test(path)) this.#project.seesAll = true
    this.#children(root, path, isItemPass)
  }

  #children(element: Element | undefined, path: string, isItemPass: boolean): void {
    let isChosen = false
    for (const child of element?.children ?? []) {
      const isItemGroup = child.name === 'ItemGroup'
      // Conditions on items are evaluated after all properties.
      if (!isItemPass && !isItemGroup) {
        const condition = this.#conditionOf(child)
        if (isChosen || condition === false) this.#skipped.add(child)
        // Nothing else in its `Choose` applies.
        else if (child.name === 'When' && condition === true) isChosen = true
      }
      if (isItemGroup ? !(isItemPass && this.#isConditionMet(child)) : this.#skipped.has(child)) continue
      if (child.name === 'Import') this.#import(child, path, isItemPass)
      else if (/^(?:ImportGroup|Choose|When|Otherwise)$/.test(child.name)) this.#children(child, path, isItemPass)
      else if (child.name === 'PropertyGroup' && !isItemPass) {
        for (const one of child.children)
          if (this.#isConditionMet(one)) this.#properties.set(one.name.toLowerCase(), this.#expanded(one.text, path))
      } else if (isItemGroup) for (const one of child.children) if (this.#isConditionMet(one)) this.#item(one, path)
    }
  }

  #item({ name, attributes }: Element, path: string): void {
    const named = (attribute: string): string[] =>
      (attributes.get(attribute) ?? '')
        .split(';')
        .map((one) => one.trim())
        .filter((one) => one !== '')
    for (const one of named('Include')) {
      if (name === 'Using') this.#using(one, attributes)
      else if (/^(?:PackageReference|Reference)$/.test(name)) this.#project.packages.add(one.replace(/,.*/s, '').trim())
      else if (name === 'ProjectReference') this.#refer(one, path)
      else if (name === 'Compile') {
        const [plain = ''] = one.split('*')
        if (/\.\.|\$\(/.test(plain)) this.#refer(plain.endsWith('.cs') ? plain : `${plain}/_`, path, false)
      }
    }
    for (const one of named('Remove')) {
      if (name === 'Using') this.#removeUsings(one)
      else if (name === 'PackageReference') this.#project.packages.delete(one)
      else if (name === 'ProjectReference')
        this.#project.references.delete(this.#resolve(one, path, folderOf(this.#path)) ?? '')
    }
  }

  #using(path: string, attributes: ReadonlyMap<string, string>): void {
    if (!/^[\w.]+$/.test(path)) return
    const kind = attributes.get('Static')?.toLowerCase() === 'true' ? 'global static' : 'global'
    const alias = attributes.get('Alias') ?? null
    const key = alias === null ? kind : `${kind}=${alias}`
    const usings = this.#project.usings.get(path) ?? new Map<string, ProjectUsing>()
    if (usings.has(key)) return
    if (this.#usings >= MAX_USINGS) {
      this.#hasMoreUsings = true
      return
    }
    this.#project.usings.set(path, usings.set(key, { path, alias, kind }))
    this.#usings++
  }

  #removeUsings(path: string): void {
    this.#usings -= this.#project.usings.get(path)?.size ?? 0
    this.#project.usings.delete(path)
  }

  /** @param isProject - Whether the path names a project, not a source file. */
  #refer(written: string, path: string, isProject = true): void {
    // Items are relative to the project, wherever they are written.
    const target = /[*?]/.test(written) ? undefined : this.#resolve(written, path, folderOf(this.#path))
    if (target !== undefined) this.#project.references.add(isProject ? target : folderOf(target))
    else this.#project.seesAll = true
  }

  #import({ attributes }: Element, path: string, isItemPass: boolean): void {
    const written = attributes.get('Project') ?? ''
    const wanted = /Get(?:PathOf|DirectoryNameOf)FileAbove\([^)]{0,200}?(Directory\.Build\.(?:props|targets))/.exec(
      written,
    )
    const target =
      wanted === null
        ? this.#resolve(written, path, folderOf(path))
        : this.#above(folderOf(folderOf(path)), wanted[1] ?? '')
    if (target !== undefined && this.#context.paths.has(target)) this.#file(target, isItemPass)
    // The import could be any of several files.
    else if (target === undefined && isItemPass && this.#names.has(nameOf(written.replaceAll('\\', '/'))))
      this.#project.seesAll = true
  }

  /** @returns A path of the repository; `undefined` when a property is unknown or the path is outside. */
  #resolve(written: string, path: string, folder: string): string | undefined {
    const known = this.#expanded(written, path).replaceAll('\\', '/')
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

  /** False only if the condition compares a property with a value it does not have. */
  #isConditionMet(element: Element): boolean {
    return this.#conditionOf(element) !== false
  }

  /** @returns `undefined` if it is not evaluated. */
  #conditionOf({ attributes }: Element): boolean | undefined {
    const condition = attributes.get('Condition') ?? ''
    const compared = /^\s*'?\$\((\w{1,60})\)'?\s*(==|!=)\s*'([^'$]{0,80})'\s*$/.exec(condition)
    if (compared === null) return undefined
    const [, name = '', operator, value = ''] = compared
    const given = this.#properties.get(name.toLowerCase()) ?? ''
    if (given.includes('$(') || /^(?:TargetFramework|OS$|Configuration$|Platform$|MSBuild)/.test(name)) return undefined
    return (given.toLowerCase() === value.toLowerCase()) === (operator === '==')
  }
}
