/**
 * Resolves names on the Java virtual machine: packages, imports, nested types. Java, Kotlin and Scala are one
 * family, since they import each other's types by full names; a bare name refers to another language only within a
 * package.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { declaredExports } from '#generate/analyse/engine/declared-exports.ts'
import { D, Flag, NONE, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import type { LambdaTarget, Linker, LinkRules, NameUse, Resolution, Value } from '#generate/analyse/engine/language.ts'
import { EXTERNAL, OUTSIDE } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import { matchScore } from '#generate/analyse/engine/overloads.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import type { FileExport } from '#generate/model.ts'
import { commonNames } from './common-names.ts'
import { conversionScore } from './conversions.ts'
import { Extensions, pathOf } from './extensions.ts'
import { resultOfJava } from './java-members.ts'
import { elementForLambda, isOfEveryValue, resultOfMember, thisForLambda } from './known-members.ts'
import { NamesInScope } from './names-in-scope.ts'
import { takesOtherNumbers } from './number-arguments.ts'
import { elementOfStandard, OPERATOR_FUNCTIONS, resultOfStandard } from './numbers.ts'
import { ScalaVersions } from './scala-versions.ts'
import { SourceSets } from './source-sets.ts'
import { VisibleDeclarations } from './visible-declarations.ts'

export const jvm: LinkRules = {
  family: 'jvm',
  importSeparator: '.',
  hasImplicitThis: true,
  hasSeparateCalls: true,
  callsMakeInstances: false,
  hasPartialTypes: false,
  namesAllTypes: true,
  typesOverload: true,
  restIsArray: true,
  knowsOutsideTypes: true,
  commonNames,
  mayOverride,
  packageOf: (file) => file.facts.packageName.replace(/[\s`]/g, ''),
  link: (program, semantics) => new JvmLinker(program, semantics),
}

const FLOWS = 'kotlinx.coroutines.flow'
const MAKES_FLOW = /^(?:flow|flowOf|emptyFlow|channelFlow|callbackFlow)$/

/** Represents the owner of the constants after `case` when the value's enum is not in the repository. */
const CASE: Value = { kind: 'instance', decl: null, name: 'case', args: [] }

/**
 * Private and static methods cannot be overridden, nor can a package-private one from another package. A field overrides fields
 * and, in Scala, parameterless methods. Private fields, such as some constructor parameters, override nothing.
 */
function mayOverride(decl: Decl, above: Decl): boolean {
  const visibility = VISIBILITIES[above.at(D.visibility)]
  if (decl.kind === 'field') {
    if (VISIBILITIES[decl.at(D.visibility)] === 'private') return false
    const isRead =
      above.isFunction &&
      decl.file.spec.language === 'scala' &&
      (above.at(D.maxArity) === 0 || above.at(D.maxArity) === NONE)
    if (above.kind !== 'field' && !isRead) return false
  }
  if (visibility === 'private' || above.has(Flag.static) || decl.has(Flag.static)) return false
  return visibility !== 'internal' || above.file.spec.language !== 'java' || above.file.package === decl.file.package
}

class JvmLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #extensions: Extensions
  readonly #visible: VisibleDeclarations
  readonly #names: NamesInScope

  constructor(program: Program, semantics: Semantics) {
    this.#program = program
    this.#semantics = semantics
    this.#extensions = new Extensions(program, semantics)
    this.#visible = new VisibleDeclarations(semantics, new SourceSets(program), new ScalaVersions(program))
    this.#names = new NamesInScope(program, semantics, this.#extensions, this.#visible)
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
    return this.#names.lookUp(file, name, wanted)
  }

  importedFiles(file: FileUnit): Iterable<string> {
    return this.#names.importedFiles(file)
  }

  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (value === CASE) {
      const decls = file.decls.filter(
        (decl) => decl.name === name && (decl.kind === 'field' || decl.kind === 'constant'),
      )
      return decls.length > 0 ? { decls, origin: 'same-file' } : this.#names.lookUp(file, name, wanted)
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
  variantFor(decl: Decl, file: FileUnit): Decl {
    const halves = this.#halvesOf(decl)
    return halves.length < 2 ? decl : this.#visible.halfFor(decl, file, halves)
  }

  visibleFrom(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    return this.#visible.compiledWith(file, decls)
  }

  /** Extensions of repository types are listed as their members; only those in scope are candidates. */
  membersVisibleFrom(all: readonly Decl[], file: FileUnit): readonly Decl[] {
    const decls = this.#visible.compiledWith(file, all)
    if (decls.every((decl) => decl.host === null || decl.parent !== null)) return this.#ofVisiblePackages(decls, file)
    const own = this.#ofVisiblePackages(
      decls.filter((decl) => decl.host === null || decl.parent !== null),
      file,
    )
    const added = decls.filter((decl) => !own.includes(decl) && this.#isExtensionInScope(decl, file))
    return [...own, ...this.#visible.extensions(added, file)]
  }

  /**
   * If several types declare an extension for their own scope, only those count whose package the file is in or imports
   * from.
   */
  #ofVisiblePackages(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    const isScoped = (decl: Decl): boolean => decl.host !== null && decl.parent !== null
    const scoped = decls.filter(isScoped)
    if (scoped.length < 2) return decls
    const seen = new Set(scoped.filter((decl) => this.#names.seesPackage(decl.file.package, file)))
    return seen.size === 0 ? decls : decls.filter((decl) => !isScoped(decl) || seen.has(decl))
  }

  impliedValue(decl: Decl): Value | undefined {
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

  /** A file that imports `flowOf` from `kotlinx.coroutines` gets a `Flow` from it. */
  resultOfFunction(name: string, file: FileUnit): Value | undefined {
    if (file.spec.language !== 'kotlin' || !MAKES_FLOW.test(name)) return undefined
    const { named, wildcards } = this.#names.importsOf(file)
    const isImported = wildcards.includes(FLOWS) || new Set(named.get(name)).has(`${FLOWS}.${name}`)
    return isImported ? { kind: 'instance', decl: null, name: 'Flow', args: [OUTSIDE] } : undefined
  }

  /** A member of a standard type takes precedence over an extension, and numbers are not converted implicitly. */
  isCandidate(decl: Decl, file: FileUnit, args: readonly number[]): boolean {
    if (decl.file !== file && decl.isFunction && this.#names.isShared(file, decl.name)) {
      if (!this.#isKnownToTake(decl, file, args)) return false
    }
    if (file.spec.language !== 'kotlin' || decl.file.spec.language !== 'kotlin') return true
    if (takesOtherNumbers(this.#semantics, decl, file, args)) return false
    if (decl.at(D.receiver) === NONE || args.length !== 1) return true
    return !this.#extensions.isHidden(decl, () => this.#semantics.evaluate(file, args[0] ?? NONE))
  }

  /** If a file imports one name from several types, only the arguments of a call show which one it means. */
  #isKnownToTake(decl: Decl, file: FileUnit, args: readonly number[]): boolean {
    const fitting = args.map((arg, index) => {
      const type = decl.parameters[index]?.at(D.type) ?? NONE
      const wanted = type === NONE ? undefined : this.#semantics.typeOf(decl.file, type)
      const given = arg === NONE ? undefined : this.#semantics.evaluate(file, arg)
      return given === undefined || wanted === undefined ? 0 : matchScore(this.#semantics, file, given, wanted)
    })
    return fitting.some((fit) => fit > 0) && fitting.every((fit) => fit >= 0)
  }

  lambdaParameter(receiver: Value, name: string, _index: number, order: number): Value | undefined {
    return elementForLambda(receiver, name, order)
  }

  lambdaThis(given: LambdaTarget, file: FileUnit): Value | undefined {
    if (file.spec.language !== 'kotlin') return undefined
    const { type, outside } = given
    if (type?.kind === 'instance') return type.name === 'Extension' ? type.args[0] : undefined
    return outside === undefined ? undefined : thisForLambda(outside.receiver, outside.name, outside.first)
  }

  /** `Consumer<T>`, `BiFunction<T, U, R>`, `Comparator<T>`, `(T) -> R`, `T.(U) -> R`. */
  functionParameter(type: Value, order: number): Value | undefined {
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

  conversionScore(given: Value, wanted: Value): number | undefined {
    return conversionScore(given, wanted)
  }

  /** The value after `case`: a bare constant of the enum if the enum is known, otherwise any constant. */
  pass(wrapper: string, value: Value): Value | undefined {
    if (wrapper !== 'switch') return value
    return value.kind === 'instance' && value.decl?.kind === 'enum' ? value : CASE
  }

  /** Looks in the other half of an `expect`/`actual` type. */
  #inCounterpart(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if ((value.kind !== 'instance' && value.kind !== 'type') || value.decl === null) return undefined
    for (const part of this.#visible.othersFor(value.decl, file, this.#halvesOf(value.decl))) {
      const decls = accepted(this.#program.membersOf(part).get(name) ?? [], wanted, file.spec.linking)
      if (decls.length > 0) return { decls, origin: 'receiver-type', receiver: { ...value, decl: part } }
    }
    return undefined
  }

  /** A type with the types of the same full name that may be its other halves. */
  #halvesOf(decl: Decl): readonly Decl[] {
    if (decl.file.spec.language !== 'kotlin' || decl.fullName === '') return [decl]
    return this.#program.partsOf(decl.fullName)
  }

  /** An imported extension takes precedence over one of the package, even if the type of the value is unknown. */
  #extensionOf(value: Value, name: string, file: FileUnit): Resolution | undefined {
    const named = new Set(this.#names.importsOf(file).named.get(name))
    const imported = this.#extensions.memberOf(value, name, file, (path) => named.has(path))
    const found =
      imported ?? this.#extensions.memberOf(value, name, file, (path) => this.#names.isInScope(path, name, file))
    const decls = found === undefined ? [] : this.#visible.extensions(found.decls, file)
    if (found === undefined || decls.length === 0) return undefined
    const isGuess = imported === undefined && value.kind !== 'instance'
    return { ...found, decls, origin: isGuess ? 'unique-name' : found.origin }
  }

  #isExtensionInScope(decl: Decl, file: FileUnit): boolean {
    if (decl.file === file) return true
    return VISIBILITIES[decl.at(D.visibility)] !== 'private' && this.#names.isInScope(pathOf(decl), decl.name, file)
  }
}
