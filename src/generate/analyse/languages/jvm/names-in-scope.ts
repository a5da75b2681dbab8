/** Resolves bare and full names in a file on the Java virtual machine through its imports and packages. */

import type { FileUnit } from '#generate/analyse/engine/declarations.ts'
import type { NameUse, Resolution, Value } from '#generate/analyse/engine/language.ts'
import { EXTERNAL } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { Extensions } from './extensions.ts'
import { type Imports, importsOf, namesUsedIn } from './imports.ts'
import { packagesAround } from './packages.ts'
import type { VisibleDeclarations } from './visible-declarations.ts'

export class NamesInScope {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #extensions: Extensions
  readonly #visible: VisibleDeclarations
  readonly #imports = new Map<FileUnit, Imports>()
  /** Every name of a function or a type. */
  readonly #callable = new Set<string>()

  constructor(program: Program, semantics: Semantics, extensions: Extensions, visible: VisibleDeclarations) {
    this.#program = program
    this.#semantics = semantics
    this.#extensions = extensions
    this.#visible = visible
    for (const file of program.files.values()) {
      for (const decl of file.decls) if (decl.isFunction || decl.isType) this.#callable.add(decl.name)
    }
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    const { named, wildcards } = this.importsOf(file)
    if (name === '_root_') return { decls: [], origin: 'package', namespace: '' }
    let isExternal = false
    const all: Resolution[] = []
    for (const path of named.get(name) ?? []) {
      const found = this.#byPath(path, wanted, file)
      if (found !== undefined) all.push(found)
      else if (!this.#isInRepository(path)) isExternal = true
    }
    const [imported] = all
    if (imported !== undefined) {
      const isShared = wanted === 'call' && all.length > 1 && this.isShared(file, name)
      return { ...imported, ...(isShared ? { decls: all.flatMap(({ decls }) => decls) } : {}), origin: 'import' }
    }
    if (isExternal) return EXTERNAL
    for (const path of packagesAround(file)) {
      const same = this.#inPackage(path, name, wanted, file)
      if (same !== undefined) return same
    }
    for (const path of wildcards) {
      const found = this.#byPath(`${path}.${name}`, wanted, file)
      if (found !== undefined && found.decls.length > 0) return { ...found, origin: 'import' }
    }
    if (this.#program.namespaces.has(name) && wanted !== 'call')
      return { decls: [], origin: 'package', namespace: name }
    // An undeclared name comes from a library.
    const isOutside = wanted === 'call' ? !this.#callable.has(name) : wanted === 'value' && /^[A-Z]/.test(name)
    return isOutside ? EXTERNAL : undefined
  }

  /** Whether a file imports functions of this name from several types. */
  isShared(file: FileUnit, name: string): boolean {
    const own = file.facts.imports.filter(
      ({ path, alias, isWildcard }) => !isWildcard && (alias ?? path.slice(path.lastIndexOf('.') + 1)) === name,
    )
    return new Set(own.map(({ path }) => path)).size > 1
  }

  *importedFiles(file: FileUnit): Iterable<string> {
    const paths = file.facts.imports.filter((one) => !one.isWildcard).map(({ path }) => path)
    for (const path of file.spec.language === 'scala' ? [...this.importsOf(file).named.values()].flat() : paths) {
      const extensions = this.#visible.extensions(this.#extensions.at(path), file)
      for (const decl of extensions) yield decl.file.path
      for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
        const decls = this.#program.byFullName.get(at)
        if (decls === undefined) {
          if (extensions.length > 0) break
          continue
        }
        for (const decl of this.#visible.of(decls, file)) if (decl.isType || at === path) yield decl.file.path
        break
      }
    }
    yield* this.#filesOfWildcards(file)
  }

  importsOf(file: FileUnit): Imports {
    const known = this.#imports.get(file)
    if (known !== undefined) return known
    const imports = importsOf(file, file.spec.language === 'scala' ? packagesAround(file) : [])
    this.#imports.set(file, imports)
    return imports
  }

  /** The files that declare the names imported by `import a.b.*`. */
  *#filesOfWildcards(file: FileUnit): Iterable<string> {
    const { named, wildcards } = this.importsOf(file)
    const isStatic = wildcards.filter(
      (path) => this.#program.byFullName.get(path)?.some((decl) => decl.isType) === true,
    )
    for (const path of isStatic) for (const decl of this.#program.byFullName.get(path) ?? []) yield decl.file.path
    if (isStatic.length === wildcards.length) return
    for (const name of namesUsedIn(file)) {
      if (named.has(name) || this.#inPackage(file.package, name, 'type', file) !== undefined) continue
      for (const path of wildcards) {
        const found = this.#program.byFullName.get(`${path}.${name}`)
        if (found === undefined) continue
        for (const decl of this.#visible.of(found, file)) yield decl.file.path
        break
      }
    }
  }

  isInScope(path: string, name: string, file: FileUnit): boolean {
    const prefix = path.slice(0, Math.max(0, path.lastIndexOf('.')))
    if (packagesAround(file).includes(prefix)) return true
    const { named, wildcards } = this.importsOf(file)
    return wildcards.includes(prefix) || (named.get(name) ?? []).includes(path)
  }

  /** Whether a file is in a package or imports a name from it. */
  seesPackage(name: string, file: FileUnit): boolean {
    const { named, wildcards } = this.importsOf(file)
    const isOfPackage = (path: string): boolean => path.slice(0, Math.max(0, path.lastIndexOf('.'))) === name
    return (
      packagesAround(file).includes(name) ||
      wildcards.includes(name) ||
      [...named.values()].some((paths) => paths.some(isOfPackage))
    )
  }

  /** Resolves a full name of a declaration, a package, or an inherited member. */
  #byPath(path: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const rules = file.spec.linking
    const decls = this.#visible.of(accepted(this.#program.byFullName.get(path) ?? [], wanted, rules), file)
    if (decls.length > 0) return { decls, origin: 'import' }
    const dot = path.lastIndexOf('.')
    const owner = this.#program.byFullName.get(path.slice(0, Math.max(0, dot)))?.find((decl) => decl.isType)
    if (owner !== undefined) {
      const type: Value = { kind: 'type', decl: owner, name: owner.name, args: [] }
      return this.#semantics.memberOf(type, path.slice(dot + 1), wanted, file)
    }
    return this.#program.namespaces.has(path) && wanted !== 'call'
      ? { decls: [], origin: 'import', namespace: path }
      : undefined
  }

  /** Names of a package are in scope in all its files; in Scala also those of the enclosing packages. */
  #inPackage(path: string, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const all = this.#program.byFullName.get(path === '' ? name : `${path}.${name}`) ?? []
    const decls = this.#visible.of(accepted(all, wanted, file.spec.linking), file)
    return decls.length > 0 ? { decls, origin: 'package' } : undefined
  }

  /** Whether a path, or the start of it, names something in the repository. */
  #isInRepository(path: string): boolean {
    if (this.#extensions.at(path).length > 0) return true
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const decls = this.#program.byFullName.get(at)
      if (decls !== undefined && decls.length > 0) return true
    }
    return false
  }
}
