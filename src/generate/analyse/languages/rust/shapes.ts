/** Resolves the structure of types: aliases, pointers, associated types, tuple fields, bounds of type parameters. */

import { push } from '#base/multimap.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, NONE } from '#generate/analyse/engine/facts.ts'
import type { NameUse, Resolution, Value } from '#generate/analyse/engine/language.ts'
import type { Program } from '#generate/analyse/engine/program.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { substitute } from '#generate/analyse/engine/substitute.ts'
import { type Instance, POINTERS } from './standard.ts'

export class Shapes {
  readonly #program: Program
  readonly #semantics: Semantics
  readonly #bounds = new Map<FileUnit, readonly Decl[]>()
  /** Methods that traits of the repository add to outside types, keyed by type and name. */
  #added: ReadonlyMap<string, readonly Decl[]> | undefined

  constructor(program: Program, semantics: Semantics) {
    this.#program = program
    this.#semantics = semantics
  }

  /** The type of `self` in a function. */
  self(decl: Decl): Value | undefined {
    const around = decl.parent?.parent
    if (around?.kind === 'impl') return this.#semantics.typeOf(around.file, around.at(D.receiver))
    return around == null || !around.isType
      ? undefined
      : { kind: 'instance', decl: around, name: around.name, args: [] }
  }

  /** The type that an alias refers to. */
  withoutAliases(value: Value): Instance | undefined {
    let at: Value | undefined = value
    for (let steps = 0; steps < 10; steps++) {
      if (at?.kind !== 'instance' && at?.kind !== 'type') return undefined
      const { decl, args }: Value & { kind: 'instance' | 'type' } = at
      if (decl?.kind !== 'type' || decl.at(D.value) === NONE) return { ...at, kind: 'instance' }
      const type: Value | undefined = this.#semantics.typeOf(decl.file, decl.at(D.value))
      at = type === undefined ? undefined : substitute(type, decl, args)
    }
    return undefined
  }

  /** The target of a pointer. */
  dereferenced(value: Value): Value | undefined {
    if (value.kind !== 'instance' && value.kind !== 'type') return undefined
    if (value.decl === null) return POINTERS.has(value.name) && value.kind === 'instance' ? value.args[0] : undefined
    const target = this.associated({ ...value, kind: 'instance' }, 'Target')
    return target?.kind === 'instance' && target.decl !== value.decl ? target : undefined
  }

  /** An associated type, as given by the `impl` of a trait. */
  associated(value: Instance, name: string): Value | undefined {
    if (value.decl === null) return undefined
    const [type] = this.#program.membersOf(value.decl).get(name) ?? []
    return type === undefined || type.at(D.value) === NONE
      ? undefined
      : this.#semantics.typeOf(type.file, type.at(D.value))
  }

  /** The field of a tuple struct or variant at an index. */
  tupleField(decl: Decl, index: number, of?: Instance): Value | undefined {
    if ((decl.kind !== 'struct' && decl.kind !== 'constant') || decl.at(D.value) === NONE) return undefined
    const held = this.#semantics.typeOf(decl.file, decl.at(D.value))
    const isTuple = held?.kind === 'instance' && held.name === '()'
    const value = isTuple ? held.args[index] : index === 0 ? held : undefined
    return value === undefined || of === undefined || decl.kind !== 'struct' ? value : substitute(value, decl, of.args)
  }

  /** Resolves a member through `where T: Trait`, which is separate from `<T>`. */
  byBounds(decl: Decl, name: string, wanted: NameUse, file: FileUnit): Resolution | undefined {
    for (const bound of this.#boundsIn(decl.file)) {
      if (bound.parent !== decl.parent) continue
      const type = this.#semantics.typeOf(bound.file, bound.at(D.type))
      if (type?.kind !== 'instance' || type.decl !== decl) continue
      for (const expr of bound.file.list(bound.at(D.supers))) {
        const above = this.#semantics.typeOf(bound.file, expr)
        const found = above?.kind === 'instance' ? this.#semantics.memberOf(above, name, wanted, file) : undefined
        if (found !== undefined && found.isExternal !== true) return found
      }
    }
    return undefined
  }

  /** The `where T: Trait` clauses of a file. */
  #boundsIn(file: FileUnit): readonly Decl[] {
    const known = this.#bounds.get(file)
    if (known !== undefined) return known
    const bounds = file.decls.filter((decl) => decl.kind === 'typeparam' && decl.name === '')
    this.#bounds.set(file, bounds)
    return bounds
  }

  /** The methods of a name that traits of the repository add to an outside type. */
  methodsAddedTo(type: string, name: string): readonly Decl[] {
    this.#added ??= this.#readAdded()
    return this.#added.get(`${type}.${name}`) ?? []
  }

  #readAdded(): ReadonlyMap<string, readonly Decl[]> {
    const added = new Map<string, Decl[]>()
    for (const file of this.#program.files.values()) {
      for (const decl of file.decls) {
        if (decl.kind !== 'impl' || decl.host !== null || file.list(decl.at(D.supers)).length === 0) continue
        const type = this.#semantics.typeOf(file, decl.at(D.receiver))
        if (type?.kind !== 'instance' || type.decl !== null) continue
        for (const [name, members] of this.#program.membersOf(decl)) {
          const key = `${type.name}.${name}`
          for (const member of members) if (member.isFunction) push(added, key, member)
        }
      }
    }
    return added
  }
}

/** The part of a tuple at an index. */
export function tupleElement(value: Value | undefined, index: number): Value | undefined {
  return value?.kind === 'instance' && value.name === '()' ? value.args[index] : undefined
}
