/** Values of Ruby that no type declares: from YARD comments, attribute readers, and assignments in blocks. */

import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, Flag, NONE } from '#generate/analyse/engine/facts.ts'
import type { Value } from '#generate/analyse/engine/language.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { isNothing } from '#generate/analyse/engine/values.ts'
import { valueOfYardType } from './doc-type.ts'

/** Limit on the later declarations of the file that are searched. */
const MAX_LATER = 100

export class ImpliedValues {
  readonly #semantics: Semantics

  constructor(semantics: Semantics) {
    this.#semantics = semantics
  }

  /** The value of a declaration from its comment or, for an attribute reader, from the variable that it reads. */
  of(decl: Decl): Value | undefined {
    if (decl.at(D.docType) !== NONE) {
      const value = valueOfYardType(decl.file.string(decl.at(D.docType)), (name) => this.#constant(decl, name))
      if (value !== undefined) return value
    }
    if (decl.kind === 'local' && decl.at(D.value) !== NONE)
      return isNothing(this.#semantics.evaluate(decl.file, decl.at(D.value))) ? this.#assignedInside(decl) : undefined
    const owner = ownerOf(decl)
    if (decl.kind !== 'field' || isVariable(decl) || owner === null) return undefined
    const self: Value = {
      kind: decl.has(Flag.static) ? 'type' : 'instance',
      decl: owner,
      name: owner.name,
      args: [],
    }
    const found = this.#semantics.memberOf(self, `@${decl.name}`, 'value', decl.file)
    return found === undefined || found.isExternal === true ? undefined : this.#semantics.valueOf(found)
  }

  /** The value that a block assigns to an outer variable: `x = nil; each { |one| x = Thing.new(one) }; x`. */
  #assignedInside(decl: Decl): Value | undefined {
    const { file, index, name } = decl
    const scope = decl.at(D.scope)
    for (const one of file.decls.slice(index + 1, index + 1 + MAX_LATER)) {
      if (
        one.kind !== 'local' ||
        one.name !== name ||
        one.at(D.value) === NONE ||
        !isWithin(file, one.at(D.scope), scope)
      )
        continue
      const value = this.#semantics.evaluate(file, one.at(D.value))
      if (value?.kind === 'instance' && value.decl !== null) return value
    }
    return undefined
  }

  /** A constant as written in a comment. */
  #constant(decl: Decl, name: string): Value | undefined {
    const [first = '', ...rest] = name.replace(/^::/, '').split('::')
    let found = this.#semantics.lookUp(decl.file, decl.at(D.scope), first, decl.start, 'type')
    for (const part of rest) {
      const value = found === undefined ? undefined : this.#semantics.valueOf(found)
      found = value === undefined ? undefined : this.#semantics.memberOf(value, part, 'type', decl.file)
    }
    const value = found === undefined ? undefined : this.#semantics.valueOf(found)
    return value?.kind === 'type' ? { ...value, kind: 'instance' } : undefined
  }
}

/** Whether a scope is below another. */
function isWithin(file: FileUnit, scope: number, outer: number): boolean {
  let at = scope === outer ? NONE : scope
  while (at !== NONE && at !== outer) at = file.scopeParent(at)
  return at === outer
}

/** The type that contains a declaration; `class << self` does not count as a type. */
export function ownerOf(decl: Decl): Decl | null {
  let at = decl.owner
  while (at?.has(Flag.transparent) === true) at = at.owner
  return at
}

/** Whether a declaration is an instance or class variable: `@x`, `@@x`. */
export function isVariable(decl: Decl): boolean {
  return decl.kind === 'field' && decl.name.startsWith('@')
}
