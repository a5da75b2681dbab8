/**
 * How names are found on the Java virtual machine: packages, imports, nested types. One family, since Java, Kotlin and
 * Scala import each other's types by full names; a bare name never leads to another language.
 */

import { D, Flag, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import type { Found, Linker, LinkRules, Value, Wanted } from '#generate/analyse/engine/language.ts'
import { EXTERNAL } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Decl, FileUnit, Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { commonNames } from './common-names.ts'
import { fits } from './conversions.ts'
import { elementForLambda, resultOfMember } from './known-members.ts'

export const jvm: LinkRules = {
  family: 'jvm',
  hasImplicitThis: true,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: false,
  commonNames,
  mayOverride,
  packageOf: (file) => file.facts.packageName.replace(/\s/g, ''),
  link: (program, semantics) => new JvmLinker(program, semantics),
}

/** What the constants behind `case` are looked for on, where the value is of no enum of the repository. */
const CASE: Value = { kind: 'instance', decl: null, name: 'case', args: [] }

/** Private and static methods cannot be overridden, nor can one that only its package sees from another. */
function mayOverride(decl: Decl, above: Decl): boolean {
  const visibility = VISIBILITIES[above.at(D.visibility)]
  if (visibility === 'private' || above.has(Flag.static) || decl.has(Flag.static)) return false
  return visibility !== 'internal' || decl.file.spec.language !== 'java' || above.file.package === decl.file.package
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

  resultOf(receiver: Value, name: string, _file: FileUnit, given: () => Value | undefined): Value | undefined {
    return resultOfMember(receiver, name, given)
  }

  lambdaGets(receiver: Value, name: string, _index: number, order: number): Value | undefined {
    return elementForLambda(receiver, name, order)
  }

  /** `Consumer<T>`, `BiFunction<T, U, R>`, `Comparator<T>`. */
  functionGets(type: Value, order: number): Value | undefined {
    return type.kind === 'instance' ? type.args[Math.min(order, type.args.length - 1)] : undefined
  }

  fits(given: Value, wanted: Value): number | undefined {
    return fits(given, wanted)
  }

  /** Behind `case` stands a constant of the enum alone, or any constant. */
  pass(wrapper: string, value: Value): Value | undefined {
    if (wrapper !== 'switch') return value
    return value.kind === 'instance' && value.decl?.kind === 'enum' ? value : CASE
  }

  memberOf(value: Value, name: string, wanted: Wanted, file: FileUnit): Found | undefined {
    if (value !== CASE) return undefined
    const decls = file.decls.filter((decl) => decl.name === name && (decl.kind === 'field' || decl.kind === 'constant'))
    return decls.length > 0 ? { decls, origin: 'same-file' } : this.lookUp(file, name, wanted)
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
