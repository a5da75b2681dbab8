/**
 * How names are found on the Java virtual machine: packages, imports, nested types. One family, since Java, Kotlin and
 * Scala import each other's types by full names; a bare name never leads to another language.
 */

import type { Found, Linker, LinkRules, Wanted } from '#generate/analyse/engine/language.ts'
import { EXTERNAL } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Decl, FileUnit, Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { commonNames } from './common-names.ts'

export const jvm: LinkRules = {
  family: 'jvm',
  hasImplicitThis: true,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: false,
  commonNames,
  packageOf: (file) => file.facts.packageName.replace(/\s/g, ''),
  link: (program, semantics) => new JvmLinker(program, semantics),
}

/** What one import gives. */
interface Imported {
  readonly name: string
  readonly path: string
}

interface Imports {
  readonly named: ReadonlyMap<string, readonly Imported[]>
  readonly wildcards: readonly string[]
}

export class JvmLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #imports = new Map<FileUnit, Imports>()

  constructor(program: Program, semantics: Semantics) {
    this.#program = program
    this.#semantics = semantics
  }

  lookUp(file: FileUnit, name: string, wanted: Wanted): Found | undefined {
    const { named, wildcards } = this.#importsOf(file)
    for (const { path } of named.get(name) ?? []) {
      const found = this.#byPath(path, wanted, file)
      if (found !== undefined) return { ...found, origin: 'import' }
      if (!this.#isOurs(path)) return EXTERNAL
    }
    const same = this.#inPackage(file.package, name, wanted, file)
    if (same !== undefined) return same
    for (const path of wildcards) {
      const found = this.#byPath(`${path}.${name}`, wanted, file)
      if (found !== undefined && found.decls.length > 0) return { ...found, origin: 'import' }
    }
    if (this.#program.namespaces.has(name) && wanted !== 'call')
      return { decls: [], origin: 'package', namespace: name }
    return undefined
  }

  *importedFiles(file: FileUnit): Iterable<string> {
    for (const { path, isWildcard } of file.facts.imports) {
      if (isWildcard) continue
      for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
        const decls = this.#program.byFullName.get(at)
        if (decls === undefined) continue
        for (const decl of decls) if (decl.isType || at === path) yield decl.file.path
        break
      }
    }
  }

  #importsOf(file: FileUnit): Imports {
    const known = this.#imports.get(file)
    if (known !== undefined) return known
    const named = new Map<string, Imported[]>()
    const wildcards: string[] = []
    for (const { path, alias, isWildcard } of file.facts.imports) {
      if (isWildcard) wildcards.push(path)
      else {
        const name = alias ?? path.slice(path.lastIndexOf('.') + 1)
        named.set(name, [...(named.get(name) ?? []), { name, path }])
      }
    }
    const imports = { named, wildcards }
    this.#imports.set(file, imports)
    return imports
  }

  /** A full name: of a declaration, of a package, or of a member that a type inherits. */
  #byPath(path: string, wanted: Wanted, file: FileUnit): Found | undefined {
    const rules = file.spec.linking
    const decls = accepted(this.#program.byFullName.get(path) ?? [], wanted, rules)
    if (decls.length > 0) return { decls, origin: 'import' }
    const dot = path.lastIndexOf('.')
    const owner = this.#program.byFullName.get(path.slice(0, dot))?.find((decl) => decl.isType)
    if (owner === undefined) return undefined
    return this.#semantics.memberOf(
      { kind: 'type', decl: owner, name: owner.name, args: [] },
      path.slice(dot + 1),
      wanted,
      file,
    )
  }

  /** Names of a package are in scope in all its files, of one language. */
  #inPackage(path: string, name: string, wanted: Wanted, file: FileUnit): Found | undefined {
    const all = this.#program.byFullName.get(path === '' ? name : `${path}.${name}`) ?? []
    const decls = accepted(all, wanted, file.spec.linking)
    return decls.length > 0 ? { decls: nearest(decls, file), origin: 'package' } : undefined
  }

  /** Whether a path begins with a package of the repository that holds more than packages. */
  #isOurs(path: string): boolean {
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const decls = this.#program.byFullName.get(at)
      if (decls?.some((decl) => decl.isType) === true) return true
    }
    return false
  }
}

/** Of several of one full name, as in the tests of several projects: those of the file's own part of the tree. */
export function nearest(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
  if (decls.length < 2) return decls
  const shared = (path: string): number => {
    let at = 0
    while (at < path.length && path[at] === file.path[at]) at++
    return path.lastIndexOf('/', at)
  }
  const best = Math.max(...decls.map((decl) => shared(decl.file.path)))
  return decls.filter((decl) => shared(decl.file.path) === best)
}
