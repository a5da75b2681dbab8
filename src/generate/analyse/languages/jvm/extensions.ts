/**
 * Finds extension functions and properties of Kotlin and Scala: declared in a package, called on values of a type. Also
 * sets the full names that they lack.
 */

import { push } from '#base/multimap.ts'
import { type Decl, type FileUnit, MAX_OF_ONE_NAME } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import type { Resolution, Value } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { commonNames } from './common-names.ts'
import { conversionScore } from './conversions.ts'
import { areOtherNumbers, isHiddenByMember } from './numbers.ts'

/** Limits on the supertypes of a declaration, and on type parameters that bound each other. */
const MAX_SUPERS = 50
const MAX_BOUNDS = 5
/** The score of two types of which only the names are known. */
const UNRELATED = -1
/** Supertypes of every value. */
const ANY: ReadonlySet<string> = new Set(['Any', 'AnyRef'])

export class Extensions {
  readonly #semantics: Semantics
  readonly #byName = new Map<string, Decl[]>()
  readonly #byPath = new Map<string, Decl[]>()

  constructor(program: Program, semantics: Semantics) {
    this.#semantics = semantics
    for (const file of program.files.values()) {
      const counts = new Map<string, number>()
      for (const decl of file.decls) {
        const isOfClass = decl.parent?.has(Flag.extension) === true && decl.parent.isType && decl.isFunction
        if ((decl.at(D.receiver) === NONE && !isOfClass) || decl.isLocal || decl.kind === 'impl') continue
        const path = pathOf(decl)
        const count = (counts.get(path) ?? 0) + 1
        counts.set(path, count)
        if (count > MAX_OF_ONE_NAME) {
          file.isCrowded = true
          continue
        }
        if (decl.fullName === '') decl.fullName = path
        push(this.#byName, decl.name, decl)
        push(this.#byPath, path, decl)
      }
    }
  }

  /** The extensions under a full name: the package, and the enclosing object if there is one. */
  at(path: string): readonly Decl[] {
    return this.#byPath.get(path) ?? []
  }

  /**
   * The extensions that accept a value; for a value of unknown type, only those whose name the standard libraries lack.
   *
   * @param isInScope - Whether the last part of a full name is in scope.
   */
  memberOf(value: Value, name: string, file: FileUnit, isInScope: (path: string) => boolean): Resolution | undefined {
    const isUnknown = value.kind !== 'instance'
    if (isUnknown && (value.kind !== 'external' || commonNames.has(name))) return undefined
    const decls = (this.#byName.get(name) ?? []).filter(
      (decl) => (decl.file === file || isInScope(pathOf(decl))) && (isUnknown || this.#acceptsReceiver(decl, value)),
    )
    return decls.length > 0 ? { decls, origin: 'receiver-type', receiver: value } : undefined
  }

  /** Whether a member of the receiver type hides the extension. */
  isHidden(decl: Decl, given: () => Value | undefined): boolean {
    const receiver = decl.at(D.receiver)
    const type = receiver === NONE ? undefined : this.#semantics.typeOf(decl.file, receiver)
    if (type?.kind !== 'instance' || type.decl !== null) return false
    return isHiddenByMember(type.name, decl.name, given())
  }

  #acceptsReceiver(decl: Decl, value: Value): boolean {
    const receiver = receiverOf(decl)
    const receiverType = receiver === NONE ? undefined : this.#semantics.typeOf(decl.file, receiver)
    return receiverType !== undefined && this.#isOfType(value, receiverType, 0)
  }

  #isOfType(value: Value, type: Value, depth: number): boolean {
    if (type.kind !== 'instance' || value.kind !== 'instance' || depth > MAX_BOUNDS) return false
    if (type.decl?.kind === 'typeparam') {
      const bounds = this.#supersOf(type.decl)
      return bounds.every((bound) => bound?.kind !== 'instance' || this.#isOfType(value, bound, depth + 1))
    }
    if (type.decl === null) {
      if (value.decl !== null) return this.#extendsOutside(value.decl, type.name)
      return !areOtherNumbers(value, type) && mayBeOutside(value, type)
    }
    const { decl: wanted } = type
    if (value.decl === null) return false
    const isSameType = (decl: Decl): boolean =>
      decl === wanted || (decl.fullName !== '' && decl.fullName === wanted.fullName)
    return isSameType(value.decl) || this.#semantics.ancestorsOf(value.decl).list.some(({ decl }) => isSameType(decl))
  }

  /** Whether a type of the repository, or one that it extends, extends a type outside the repository. */
  #extendsOutside(decl: Decl, name: string): boolean {
    const type: Value = { kind: 'instance', decl: null, name, args: [] }
    if (ANY.has(name)) return true
    return [decl, ...this.#semantics.ancestorsOf(decl).list.map((ancestor) => ancestor.decl)].some((one) =>
      this.#supersOf(one).some(
        (base) => base?.kind === 'instance' && base.decl === null && (base.name === name || mayBeOutside(base, type)),
      ),
    )
  }

  /** The declared supertypes of a type, or the bounds of a type parameter. */
  #supersOf(decl: Decl): (Value | undefined)[] {
    const own = decl.file.list(decl.at(D.supers)).slice(0, MAX_SUPERS)
    return own.map((expr) => this.#semantics.typeOf(decl.file, expr))
  }
}

/**
 * Whether a type from outside the repository is known to extend another, or seems to by its name: `Channel` is a
 * `ReceiveChannel`, `SharedFlow` a `Flow`.
 */
function mayBeOutside(given: Value & { kind: 'instance' }, wanted: Value & { kind: 'instance' }): boolean {
  const fit = conversionScore(given, wanted) ?? UNRELATED
  const isNamedAlike = given.name.endsWith(wanted.name) || wanted.name.endsWith(given.name)
  return fit > 0 || (fit === UNRELATED && isNamedAlike && given.name !== '' && wanted.name !== '')
}

/** For a member of an implicit class: the type that the class wraps. */
function receiverOf(decl: Decl): number {
  const explicitReceiver = decl.at(D.receiver)
  if (explicitReceiver !== NONE || decl.parent === null) return explicitReceiver
  const { parent, file } = decl
  // The declarations in a class follow it directly.
  for (let index = parent.index + 1; index < file.decls.length; index++) {
    const one = file.decls[index]
    if (one === undefined || one.start >= parent.at(D.end)) break
    if (one.parent === parent && one.kind === 'field') return one.at(D.type)
  }
  return NONE
}

/** The full name by which an extension is imported. */
export function pathOf(decl: Decl): string {
  if (decl.parent?.has(Flag.extension) === true) {
    const wrapperPath = decl.parent.fullName
    return `${wrapperPath.slice(0, Math.max(0, wrapperPath.lastIndexOf('.')))}.${decl.name}`
  }
  // A companion without a name is imported as `Companion`.
  const enclosingPath =
    decl.parent?.has(Flag.transparent) === true ? decl.parent.fullName.replace(/\?$/, 'Companion') : ''
  // A package object of Scala is a namespace.
  const holder = decl.parent?.isType === true || decl.parent?.kind === 'namespace' ? decl.parent.fullName : ''
  const prefix = [enclosingPath, holder, decl.file.package].find((path) => path !== '') ?? ''
  return prefix === '' ? decl.name : `${prefix}.${decl.name}`
}
