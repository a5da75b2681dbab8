/**
 * Resolves C# names through enclosing namespaces, `using` directives, including aliases and static ones, and extension
 * methods. Files that are compiled together form one program, so no import names a file.
 */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, Flag, Op, VISIBILITIES } from '#generate/analyse/engine/facts.ts'
import type { LinkContext, Linker, LinkRules, NameUse, Resolution, Value } from '#generate/analyse/engine/language.ts'
import { EXTERNAL } from '#generate/analyse/engine/language.ts'
import { accepted } from '#generate/analyse/engine/names.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { commonNames } from './common-names.ts'
import { conversionScore } from './conversions.ts'
import { Extensions } from './extensions.ts'
import { awaited, elementForLambda, elementOf, isOfLinq, isOwnMethod, resultOfMember } from './known-members.ts'
import { insideNullable, nullableOf, OF_NULLABLE } from './nullable.ts'
import { Projects } from './projects.ts'
import { enclosing, namespaceAround, UsingsOfFiles } from './usings.ts'
import { VisibleDeclarations } from './visible.ts'

export const csharpLinking: LinkRules = {
  family: 'csharp',
  importSeparator: '.',
  hasImplicitThis: true,
  hasSeparateCalls: false,
  callsMakeInstances: false,
  hasPartialTypes: true,
  namesAllTypes: true,
  typesOverload: true,
  typesByArity: true,
  infersFromArguments: true,
  declaresReceiver: true,
  extensionsOverload: true,
  restIsArray: true,
  commonNames,
  annotationName: (name) => `${name}Attribute`,
  mayOverride,
  packageOf: (file) => file.facts.packageName.replace(/\s/g, ''),
  link: (program, semantics, context) => new CsharpLinker(program, semantics, context),
}

/**
 * A class method is overridden only with `override`. A member of an interface is implemented by a public member of its
 * name, or by one that names the interface: `void IRun.Go()`.
 */
function mayOverride(decl: Decl, above: Decl): boolean {
  const isOfInterface = above.owner?.kind === 'interface'
  const isStatic = decl.has(Flag.static)
  if (VISIBILITIES[above.at(D.visibility)] === 'private' || isStatic !== above.has(Flag.static)) return false
  const signature = decl.file.string(decl.at(D.signature))
  if (isOfInterface) return VISIBILITIES[decl.at(D.visibility)] === 'public' || isExplicit(signature, decl.name)
  return !isStatic && /^[^([]*(?<!@)\boverride\b/.test(signature)
}

/** Whether a signature names the interface that its member implements: `(int, int) IPair.Get()`, `int IList.this[int i]`. */
function isExplicit(signature: string, name: string): boolean {
  const qualified = `.${name.replace('[]', '')}`
  for (let at = signature.indexOf(qualified); at >= 0; at = signature.indexOf(qualified, at + 1)) {
    const before = signature.slice(0, at)
    const isOutside = before.split('(').length === before.split(')').length
    if (isOutside && /^\s*(?:[(<{[=]|$)/.test(signature.slice(at + qualified.length))) return true
  }
  return false
}

/** Members that every value has from `object` and `Enum`. */
const OF_EVERY_VALUE = new Set('ToString GetType Equals GetHashCode HasFlag MemberwiseClone ReferenceEquals'.split(' '))

class CsharpLinker implements Linker {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #usings: UsingsOfFiles
  readonly #visible: VisibleDeclarations
  readonly #extensions: Extensions
  /** Names of functions, and of variables that may hold one. */
  readonly #callable = new Set<string>()
  /** Names declared outside of types. */
  readonly #names = new Set<string>()
  readonly #known = new WeakMap<FileUnit, Map<string, Resolution | undefined>>()

  constructor(program: Program, semantics: Semantics, context: LinkContext) {
    this.#program = program
    this.#semantics = semantics
    const projects = new Projects(context, program)
    this.#usings = new UsingsOfFiles(program, projects)
    this.#visible = new VisibleDeclarations(program, projects)
    this.#extensions = new Extensions(program, semantics)
    for (const file of program.files.values()) {
      for (const decl of file.decls) {
        if (decl.parent === null || decl.parent.kind === 'namespace') this.#names.add(decl.name)
        if (!decl.isType) this.#callable.add(decl.name)
      }
    }
  }

  lookUp(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined {
    const key = `${wanted} ${namespaceAround(file, scope)} ${name}`
    let known = this.#known.get(file)
    if (known === undefined) {
      known = new Map()
      this.#known.set(file, known)
    }
    if (known.has(key)) return known.get(key)
    const found = this.#find(file, name, wanted, scope)
    known.set(key, found)
    return found
  }

  lookUpType(file: FileUnit, name: string, scope: number, fits: (decl: Decl) => boolean): Resolution | undefined {
    return this.#inScope(file, namespaceAround(file, scope), name, 'type', fits)
  }

  #find(file: FileUnit, name: string, wanted: NameUse, scope: number): Resolution | undefined {
    const usings = this.#usings.of(file)
    const around = namespaceAround(file, scope)
    const inScope = this.#inScope(file, around, name, wanted)
    if (inScope !== undefined) return inScope
    for (const level of enclosing(around)) {
      for (const path of usings.byNamespace.get(level)?.statics ?? []) {
        const found = this.#byPath(`${path}.${name}`, wanted, file)
        if (found !== undefined && found.decls.length > 0) return { ...found, origin: 'import' }
      }
    }
    if (wanted === 'call') return this.#callable.has(name) ? undefined : EXTERNAL
    for (const path of enclosing(around)) {
      const full = path === '' ? name : `${path}.${name}`
      if (this.#program.namespaces.has(full)) return { decls: [], origin: 'package', namespace: full }
    }
    // An undeclared name comes from a library, unless a value of an unknown type has it.
    return wanted === 'value' && /^[A-Z]/.test(name) && !usings.isClosed ? EXTERNAL : undefined
  }

  *importedFiles(file: FileUnit): Iterable<string> {
    const seen = new Set<string>()
    for (let expr = 0; expr < file.exprCount; expr++) {
      if (file.expr(expr, E.op) !== Op.ref) continue
      const name = file.nameOf(expr)
      const around = namespaceAround(file, file.expr(expr, E.scope))
      const key = `${around} ${name}`
      if (seen.has(key)) continue
      seen.add(key)
      for (const one of [name, `${name}Attribute`]) {
        const found = this.#inScope(file, around, one, 'type')
        if (found?.origin === 'import') for (const decl of found.decls) yield decl.file.path
      }
    }
    for (const { statics } of this.#usings.of(file).byNamespace.values())
      for (const path of statics)
        for (const decl of this.visibleFrom(this.#program.byFullName.get(path) ?? [], file))
          if (decl.isType) yield decl.file.path
  }

  memberOf(value: Value, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    if (wanted === 'type' || (value.kind !== 'instance' && value.kind !== 'function')) return undefined
    const inner = insideNullable(value)
    if (inner !== undefined && !OF_NULLABLE.has(name)) return this.#semantics.memberOf(inner, name, wanted, file)
    // `list.Count` without a call means a property, not the extension `Count()`.
    const found =
      wanted === 'call' ? this.#extensionOf(value, name, file) : this.#extension(value, name, file, false, false)
    return found ?? (OF_EVERY_VALUE.has(name) ? EXTERNAL : undefined)
  }

  isOutOfScope(name: string, file: FileUnit): boolean {
    return this.#extensions.isOutOfScope(name, (path) => this.#isUsed(path, file))
  }

  visibleFrom(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    return this.#visible.from(file, decls)
  }

  membersVisibleFrom(decls: readonly Decl[], file: FileUnit): readonly Decl[] {
    return this.#visible.membersFrom(file, decls)
  }

  impliedValue(decl: Decl): Value | undefined {
    const { parent } = decl
    if (decl.kind !== 'constant' || parent?.kind !== 'enum') return undefined
    return { kind: 'instance', decl: parent, name: parent.name, args: [] }
  }

  resultOf(receiver: Value, name: string, _file: FileUnit, given: () => Value | undefined): Value | undefined {
    return resultOfMember(receiver, name, given)
  }

  lambdaParameter(receiver: Value, name: string, _index: number, order: number): Value | undefined {
    return elementForLambda(receiver, name, order)
  }

  /** `Action<T>`, `Func<T, R>`, `Predicate<T>`. */
  functionParameter(type: Value, order: number): Value | undefined {
    return type.kind === 'instance' ? type.args[order] : undefined
  }

  elementOf(value: Value, isIndexed: boolean): Value | undefined {
    if (value.kind === 'instance' && value.decl !== null) {
      const name = isIndexed ? 'this[]' : 'GetEnumerator'
      const [decl] = this.#semantics.memberOf(value, name, 'call', value.decl.file)?.decls ?? []
      if (decl !== undefined) {
        const made = this.#semantics.valueOf({ decls: [decl], origin: 'receiver-type', receiver: value })
        const result = made?.kind === 'function' ? this.#semantics.resultOf(decl, value) : undefined
        return isIndexed ? result : result === undefined ? undefined : elementOf(result, false)
      }
      return undefined
    }
    return elementOf(value, isIndexed)
  }

  pass(wrapper: string, value: Value): Value | undefined {
    if (wrapper === 'nullable') return nullableOf(value)
    return wrapper === 'await' ? awaited(value) : value
  }

  conversionScore(given: Value, wanted: Value): number | undefined {
    return conversionScore(given, wanted)
  }

  #extensionOf(value: Value, name: string, file: FileUnit): Resolution | undefined {
    if (isOwnMethod(value, name)) return EXTERNAL
    const isLinq = isOfLinq(value, name, this.#usings.of(file).namespaces)
    const found = this.#extension(value, name, file, true, isLinq)
    return found ?? (isLinq ? EXTERNAL : undefined)
  }

  #extension(value: Value, name: string, file: FileUnit, isCall: boolean, isLinq: boolean): Resolution | undefined {
    const found = this.#extensions.memberOf(value, name, isCall, isLinq, (path) => this.#isUsed(path, file))
    const decls = this.#visible.membersFrom(file, found?.decls ?? [])
    return found === undefined || decls.length === 0 ? undefined : { ...found, decls }
  }

  /**
   * Finds a name from a namespace outwards: in each namespace itself, then through the `using` directives in it.
   * Neither finds a function that is called without its class.
   */
  #inScope(
    file: FileUnit,
    around: string,
    name: string,
    wanted: NameUse,
    fits?: (decl: Decl) => boolean,
  ): Resolution | undefined {
    const usings = this.#usings.of(file)
    for (const level of enclosing(around)) {
      const own = this.#inNamespace(level, name, wanted, file, fits)
      if (own !== undefined) return { ...own, origin: 'package' }
      const { aliases, namespaces } = (wanted === 'call' ? undefined : usings.byNamespace.get(level)) ?? {}
      const alias = aliases?.get(name)
      if (alias !== undefined) return this.#byPath(alias, wanted, file) ?? EXTERNAL
      for (const path of namespaces ?? []) {
        const used = this.#inNamespace(path, name, wanted, file, fits)
        if (used !== undefined) return { ...used, origin: 'import' }
      }
    }
    return undefined
  }

  #isUsed(path: string, file: FileUnit): boolean {
    const around = this.#usings.namespacesIn(file)
    return (
      this.#usings.of(file).namespaces.has(path) ||
      around.some((one) => one === path || one.startsWith(`${path}.`) || path === '')
    )
  }

  #inNamespace(
    path: string,
    name: string,
    wanted: NameUse,
    file: FileUnit,
    fits: (decl: Decl) => boolean = () => true,
  ): Resolution | undefined {
    if (!this.#names.has(name)) return undefined
    if (path === '' && this.#program.namespaces.has(name)) return undefined
    const all = this.#program.byFullName.get(path === '' ? name : `${path}.${name}`) ?? []
    const decls = this.visibleFrom(accepted(all, wanted, file.spec.linking), file).filter(
      (decl) => decl.kind !== 'namespace' && fits(decl),
    )
    return decls.length > 0 ? { decls, origin: 'package' } : undefined
  }

  #byPath(path: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    const decls = this.visibleFrom(accepted(this.#program.byFullName.get(path) ?? [], wanted, file.spec.linking), file)
    if (decls.length > 0) return { decls, origin: 'import' }
    if (this.#program.namespaces.has(path)) return { decls: [], origin: 'import', namespace: path }
    const dot = path.lastIndexOf('.')
    const owners = this.#program.byFullName.get(path.slice(0, Math.max(0, dot))) ?? []
    const owner = this.visibleFrom(owners, file).find((decl) => decl.isType)
    if (owner === undefined) return undefined
    const type: Value = { kind: 'type', decl: owner, name: owner.name, args: [] }
    return this.#semantics.memberOf(type, path.slice(dot + 1), wanted, file)
  }
}
