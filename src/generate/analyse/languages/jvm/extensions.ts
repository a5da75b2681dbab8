/** Extension functions and properties of Kotlin and Scala: declared in a package, called on values of a type. */

import { push } from '#base/multimap.ts'
import { type Decl, type FileUnit, MAX_OF_ONE_NAME } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import type { Resolution, Value } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { commonNames } from './common-names.ts'
import { fits } from './conversions.ts'
import { areOtherNumbers, isHiddenByMember } from './numbers.ts'

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
      (decl) => (decl.file === file || isInScope(pathOf(decl))) && (isUnknown || this.#takes(decl, value)),
    )
    return decls.length > 0 ? { decls, origin: 'receiver-type', receiver: value } : undefined
  }

  /** Whether the extended type has a member of the extension's name that takes the argument. */
  isHidden(decl: Decl, given: () => Value | undefined): boolean {
    const receiver = decl.at(D.receiver)
    const type = receiver === NONE ? undefined : this.#semantics.typeOf(decl.file, receiver)
    if (type?.kind !== 'instance' || type.decl !== null) return false
    return isHiddenByMember(type.name, decl.name, given())
  }

  #takes(decl: Decl, value: Value): boolean {
    const receiver = receiverOf(decl)
    const wanted = receiver === NONE ? undefined : this.#semantics.typeOf(decl.file, receiver)
    if (wanted?.kind !== 'instance' || value.kind !== 'instance') return false
    if (wanted.decl?.kind === 'typeparam') return true
    if (wanted.decl === null)
      return value.decl === null && !areOtherNumbers(value, wanted) && (fits(value, wanted) ?? -1) > 0
    const { decl: type } = wanted
    if (value.decl === null) return false
    const isIt = (one: Decl): boolean => one === type || (one.fullName !== '' && one.fullName === type.fullName)
    return isIt(value.decl) || this.#semantics.ancestorsOf(value.decl).list.some((one) => isIt(one.decl))
  }
}

/** For a member of an implicit class: the type that the class wraps. */
function receiverOf(decl: Decl): number {
  const own = decl.at(D.receiver)
  if (own !== NONE || decl.parent === null) return own
  const first = decl.file.decls.find((one) => one.parent === decl.parent && one.kind === 'field')
  return first?.at(D.type) ?? NONE
}

/** The full name by which an extension is imported. */
export function pathOf(decl: Decl): string {
  if (decl.parent?.has(Flag.extension) === true) {
    const around = decl.parent.fullName
    return `${around.slice(0, Math.max(0, around.lastIndexOf('.')))}.${decl.name}`
  }
  // A companion without a name is imported as `Companion`.
  const around = decl.parent?.has(Flag.transparent) === true ? decl.parent.fullName.replace(/\?$/, 'Companion') : ''
  const prefix = around !== '' ? around : decl.parent?.isType === true ? decl.parent.fullName : decl.file.package
  return prefix === '' ? decl.name : `${prefix}.${decl.name}`
}
