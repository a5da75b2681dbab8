/**
 * How names are resolved on the Java virtual machine: packages, imports, nested types. Java, Kotlin and Scala are one
 * family, since they import each other's types by full names; a bare name leads to another language only within a
 * package.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { declaredExports } from '#generate/analyse/engine/declared-exports.ts'
import { D, Flag, NONE, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import type { LambdaTarget, Linker, LinkRules, NameUse, Resolution, Value } from '#generate/analyse/engine/language.ts'
import { EXTERNAL, OUTSIDE } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { FileExport } from '#generate/model.ts'
import { commonNames } from './common-names.ts'
import { fits } from './conversions.ts'
import { Extensions, pathOf } from './extensions.ts'
import { type Imports, importsOf, namesUsedIn } from './imports.ts'
import { InSight } from './in-sight.ts'
import { resultOfJava } from './java-members.ts'
import { elementForLambda, isOfEveryValue, resultOfMember, thisForLambda } from './known-members.ts'
import { takesOtherNumbers } from './number-arguments.ts'
import { elementOfStandard, OPERATOR_FUNCTIONS, resultOfStandard } from './numbers.ts'
import { packagesAround } from './packages.ts'
import { SourceSets } from './source-sets.ts'

export const jvm: LinkRules = {
  family: 'jvm',
  hasImplicitThis: true,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: false,
  namesAllTypes: true,
  restIsArray: true,
  outsideGivesAnything: true,
  knowsOutsideTypes: true,
  commonNames,
  mayOverride,
  packageOf: (file) => file.facts.packageName.replace(/[\s`]/g, ''),
  link: (program, semantics) => new JvmLinker(program, semantics),
}

/** Stands for the owner of the constants after `case` when the value's enum is not in the repository. */
const CASE: Value = { kind: 'instance', decl: null, name: 'case', args: [] }

/** Private and static methods cannot be overridden, nor can a package-private one from another package. */
function mayOverride(decl: Decl, above: Decl): boolean {
  const visibility = VISIBILITIES[above.at(D.visibility)]
  if (visibility === 'private' || above.has(Flag.static) || decl.has(Flag.static)) return false
  return visibility !== 'internal' || above.file.spec.language !== 'java' || above.file.package === decl.file.package
}

class JvmLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #extensions: Extensions
  readonly #inSight: InSight
  readonly #imports = new Map<FileUnit, Imports>()
  /** Every name of a function or a type. */
  readonly #callable = new Set<string>()

  constructor(program: Program, semantics: Semantics) {
    this.#program = program
    this.#semantics = semantics
    this.#extensions = new Extensions(program, semantics)
    this.#inSight = new InSight(semantics, new SourceSets(program))
    for (const file of program.files.values()) {
      for (const decl of file.decls) if (decl.isFunction || decl.isType) this.#callable.add(decl.name)
    }
  }

  /** An extension of Kotlin is imported from its package, not from the type that it extends. */
  exportsOf(file: FileUnit): FileExport[] {
    const isKotlin = file.spec.language === 'kotlin'
    const package_ = file.facts.packageName.replace(/[\s`]/g, '')
    return declaredExports(file, this.#program, ({ parent, fullName, name }) =>
      isKotlin && parent === null ? (package_ === '' ? name : `${package_}.${name}`) : fullName,
    )
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse): Resolution | undefined {
    const { named, wildcards } = this.#importsOf(file)
    if (name === '_root_') return { decls: [], origin: 'package', namespace: '' }
    let isExternal = false
    for (const path of named.get(name) ?? []) {
      const found = this.#byPath(path, wanted, file)
      if (found !== undefined) return { ...found, origin: 'import' }
      if (!this.#isOurs(path)) isExternal = true
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

  *importedFiles(file: FileUnit): Iterable<string> {
    const paths = file.facts.imports.filter((one) => !one.isWildcard).map(({ path }) => path)
    for (const path of file.spec.language === 'scala' ? [...this.#importsOf(file).named.values()].flat() : paths) {
      const extensions = this.#inSight.extensions(this.#extensions.at(path), file)
      for (const decl of extensions) yield decl.file.path
      for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
        const decls = this.#program.byFullName.get(at)
        if (decls === undefined) {
          if (extensions.length > 0) break
          continue
        }
        for (const decl of this.#inSight.of(decls, file)) if (decl.isType || at === path) yield decl.file.path
        break
      }
    }
    yield* this.#filesOfWildcards(file)
  }

  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (value === CASE) {
      const decls = file.decls.filter(
        (decl) => decl.name === name && (decl.kind === 'field' || decl.kind === 'constant'),
      )
      return decls.length > 0 ? { decls, origin: 'same-file' } : this.lookUp(file, name, wanted)
    }
    const other = this.#inCounterpart(value, name, wanted, file)
    if (other !== undefined || file.spec.language === 'java') return other
    const operator = OPERATOR_FUNCTIONS.get(name)
    if (operator !== undefined) {
      const found = this.#semantics.memberOf(value, operator, wanted, file)
      return found !== undefined && found.decls.length > 0 ? found : EXTERNAL
    }
    if (name === 'Companion' && value.kind === 'type') return { decls: [], origin: 'receiver-type', value }
    return this.#extensionOf(value, name, file) ?? (isOfEveryValue(name) ? EXTERNAL : undefined)
  }

  /** The half of an `expect`/`actual` type that the file sees. */
  seenFrom(decl: Decl, file: FileUnit): Decl {
    const halves = this.#halvesOf(decl)
    return halves.length < 2 ? decl : this.#inSight.halfFor(decl, file, halves)
  }

  /** Extensions of repository types are listed as their members: only those in scope are meant. */
  membersInSight(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    if (decls.every((decl) => decl.host === null || decl.parent !== null)) return decls
    const own = decls.filter((decl) => decl.host === null || decl.parent !== null)
    const added = decls.filter((decl) => !own.includes(decl) && this.#isExtensionInScope(decl, file))
    return [...own, ...this.#inSight.extensions(added, file)]
  }

  held(decl: Decl): Value | undefined {
    const { parent } = decl
    if (decl.kind !== 'constant' || parent?.kind !== 'enum') return undefined
    return { kind: 'instance', decl: parent, name: parent.name, args: [] }
  }

  resultOf(receiver: Value, name: string, file: FileUnit, given: () => Value | undefined): Value | undefined {
    const isJava = file.spec.language === 'java'
    if (receiver.kind === 'type' && receiver.decl === null && !isJava) return resultOfMember(OUTSIDE, name, given)
    const standard = file.spec.language === 'kotlin' ? resultOfStandard(receiver, name) : resultOfJava(receiver, name)
    return standard ?? resultOfMember(receiver, name, given)
  }

  /** A member of a standard type comes before an extension, and numbers are not converted implicitly. */
  isMeant(decl: Decl, file: FileUnit, args: readonly number[]): boolean {
    if (file.spec.language !== 'kotlin' || decl.file.spec.language !== 'kotlin') return true
    if (takesOtherNumbers(this.#semantics, decl, file, args)) return false
    if (decl.at(D.receiver) === NONE || args.length !== 1) return true
    return !this.#extensions.isHidden(decl, () => this.#semantics.evaluate(file, args[0] ?? NONE))
  }

  lambdaGets(receiver: Value, name: string, _index: number, order: number): Value | undefined {
    return elementForLambda(receiver, name, order)
  }

  lambdaThis(given: LambdaTarget, file: FileUnit): Value | undefined {
    if (file.spec.language !== 'kotlin') return undefined
    const { type, outside } = given
    if (type?.kind === 'instance') return type.name === 'Extension' ? type.args[0] : undefined
    return outside === undefined ? undefined : thisForLambda(outside.receiver, outside.name, outside.first)
  }

  /** `Consumer<T>`, `BiFunction<T, U, R>`, `Comparator<T>`, `(T) -> R`, `T.(U) -> R`. */
  functionGets(type: Value, order: number): Value | undefined {
    if (type.kind !== 'instance') return undefined
    if (type.name === 'Extension') return type.args[order + 1]
    if (type.name === 'Function')
      return order < type.args.length - 1 || type.args.length === 1 ? type.args[order] : undefined
    return type.args[Math.min(order, type.args.length - 1)]
  }

  elementOf(value: Value, isIndexed: boolean): Value | undefined {
    if (value.kind !== 'instance') return undefined
    if (value.decl === null) return elementOfStandard(value) ?? value.args.at(-1) ?? OUTSIDE
    const name = isIndexed ? 'get' : 'iterator'
    const found = this.#semantics.memberOf(value, name, 'call', value.decl.file)
    const [decl] = found?.decls ?? []
    if (decl === undefined) return undefined
    const result = this.#semantics.resultOf(decl, found?.receiver)
    return isIndexed || result?.kind !== 'instance' ? result : result.args.at(-1)
  }

  fits(given: Value, wanted: Value): number | undefined {
    return fits(given, wanted)
  }

  /** After `case` stands a bare constant of the enum, or any constant. */
  pass(wrapper: string, value: Value): Value | undefined {
    if (wrapper !== 'switch') return value
    return value.kind === 'instance' && value.decl?.kind === 'enum' ? value : CASE
  }

  #importsOf(file: FileUnit): Imports {
    const known = this.#imports.get(file)
    if (known !== undefined) return known
    const imports = importsOf(file, file.spec.language === 'scala' ? packagesAround(file) : [])
    this.#imports.set(file, imports)
    return imports
  }

  /** The files behind the names imported by `import a.b.*`. */
  *#filesOfWildcards(file: FileUnit): Iterable<string> {
    const { named, wildcards } = this.#importsOf(file)
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
        for (const decl of this.#inSight.of(found, file)) yield decl.file.path
        break
      }
    }
  }

  /** Looks in the other half of an `expect`/`actual` type. */
  #inCounterpart(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if ((value.kind !== 'instance' && value.kind !== 'type') || value.decl === null) return undefined
    for (const part of this.#inSight.othersFor(value.decl, file, this.#halvesOf(value.decl))) {
      const decls = accepted(this.#program.membersOf(part).get(name) ?? [], wanted, file.spec.linking)
      if (decls.length > 0) return { decls, origin: 'receiver-type', receiver: { ...value, decl: part } }
    }
    return undefined
  }

  /** A type, with those of its full name that may be its halves. */
  #halvesOf(decl: Decl): readonly Decl[] {
    if (decl.file.spec.language !== 'kotlin' || decl.fullName === '') return [decl]
    return this.#program.partsOf(decl.fullName)
  }

  /** An imported extension comes before one of the package, and is meant if the value is unknown. */
  #extensionOf(value: Value, name: string, file: FileUnit): Resolution | undefined {
    const named = new Set(this.#importsOf(file).named.get(name))
    const imported = this.#extensions.memberOf(value, name, file, (path) => named.has(path))
    const found = imported ?? this.#extensions.memberOf(value, name, file, (path) => this.#isInScope(path, name, file))
    const decls = found === undefined ? [] : this.#inSight.extensions(found.decls, file)
    if (found === undefined || decls.length === 0) return undefined
    const isGuess = imported === undefined && value.kind !== 'instance'
    return { ...found, decls, origin: isGuess ? 'unique-name' : found.origin }
  }

  #isExtensionInScope(decl: Decl, file: FileUnit): boolean {
    if (decl.file === file) return true
    return VISIBILITIES[decl.at(D.visibility)] !== 'private' && this.#isInScope(pathOf(decl), decl.name, file)
  }

  #isInScope(path: string, name: string, file: FileUnit): boolean {
    const prefix = path.slice(0, Math.max(0, path.lastIndexOf('.')))
    if (packagesAround(file).includes(prefix)) return true
    const { named, wildcards } = this.#importsOf(file)
    return wildcards.includes(prefix) || (named.get(name) ?? []).includes(path)
  }

  /** A full name: of a declaration, a package, or an inherited member. */
  #byPath(path: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const rules = file.spec.linking
    const decls = accepted(this.#program.byFullName.get(path) ?? [], wanted, rules)
    if (decls.length > 0) return { decls: this.#inSight.of(decls, file), origin: 'import' }
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
    const decls = accepted(all, wanted, file.spec.linking)
    return decls.length > 0 ? { decls: this.#inSight.of(decls, file), origin: 'package' } : undefined
  }

  /** Whether a path leads into the repository: to a type or an extension. */
  #isOurs(path: string): boolean {
    if (this.#extensions.at(path).length > 0) return true
    for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('.')))) {
      const decls = this.#program.byFullName.get(at)
      if (decls !== undefined && decls.length > 0) return true
    }
    return false
  }
}
