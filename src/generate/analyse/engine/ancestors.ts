/** Finds the supertypes of a type, the parts of a partial type, and the type that an alias resolves to. */

import type { Decl } from './declarations.ts'
import { D, Flag } from './facts.ts'
import type { Value } from './language.ts'
import type { Semantics } from './semantics.ts'
import { substitute } from './substitute.ts'

/** A supertype, with its type arguments in terms of the subtype's parameters. */
export interface Ancestor {
  readonly decl: Decl
  readonly args: readonly Value[]
}

export interface Ancestors {
  /** In depth-first order, supertypes of one type in text order, without duplicates. */
  readonly list: readonly Ancestor[]
  /** Whether a supertype is outside the repository or unknown. */
  readonly isOpen: boolean
}

/** The ancestors of a type whose ancestors are still being collected. */
const PENDING: Ancestors = { list: [], isOpen: false }
const MAX_ANCESTORS = 500
/** Limit on the supertypes of one declaration; resolving each may scan all of them. */
const MAX_SUPERS = 500
/** Limit on the length of a chain of aliases. */
const MAX_ALIASES = 10

export function ancestorsOf(semantics: Semantics, decl: Decl): Ancestors {
  const known = semantics.ancestors.get(decl)
  if (known !== undefined) return known
  if (semantics.pendingAncestors.has(decl)) return PENDING
  semantics.pendingAncestors.add(decl)
  const list: Ancestor[] = []
  const seen = new Set<Decl>([decl])
  let isOpen = false
  // Some supertypes are still being resolved: do not cache this result.
  let isIncomplete = false
  for (const part of partsOf(semantics, decl)) {
    const own = part.file.list(part.at(D.supers)).slice(0, MAX_SUPERS)
    const supers = [...own.map((expr) => ({ file: part.file, expr })), ...part.moreSupers.slice(0, MAX_SUPERS)]
    isIncomplete ||= supers.some(({ file, expr }) => file.values[expr] === null && file.isKnown[expr] !== 1)
    for (const type of traitsFirst(supers.map(({ file, expr }) => semantics.typeOf(file, expr)))) {
      if (type?.kind !== 'instance' || type.decl === null) {
        isOpen = true
        continue
      }
      const above = semantics.ancestorsOf(type.decl)
      isOpen ||= above.isOpen
      const direct = { decl: type.decl, args: type.args }
      const further = above.list.map((one) => ({
        decl: one.decl,
        args: one.args.map((arg) => substitute(arg, direct.decl, direct.args)),
      }))
      for (const one of [direct, ...further]) {
        if (seen.has(one.decl) || list.length >= MAX_ANCESTORS) continue
        seen.add(one.decl)
        list.push(one)
      }
    }
  }
  const ancestors = { list, isOpen }
  semantics.pendingAncestors.delete(decl)
  if (!isIncomplete) semantics.ancestors.set(decl, ancestors)
  return ancestors
}

/** Sorts traits first, in place: their members take precedence over those of classes. */
function traitsFirst(types: (Value | undefined)[]): (Value | undefined)[] {
  return types.length < 2 ? types : types.sort((a, b) => Number(isTrait(b)) - Number(isTrait(a)))
}

function isTrait(type: Value | undefined): boolean {
  return type?.kind === 'instance' && (type.decl?.kind === 'trait' || type.decl?.kind === 'module')
}

/** A type with its other parts, where the language has partial types. */
export function partsOf(semantics: Semantics, decl: Decl): readonly Decl[] {
  if (!decl.file.spec.linking.hasPartialTypes || decl.fullName === '') return [decl]
  const parts = semantics.program.partsOf(decl.fullName)
  if (parts.length < 2) return [decl]
  if (decl.file.spec.linking.typesByArity !== true) return parts
  return parts.filter((part) => part.typeParameters.length === decl.typeParameters.length)
}

/** The type at the end of a chain of aliases; the type itself if it is not an alias. */
export function throughAliases(semantics: Semantics, decl: Decl): Decl {
  let at = decl
  for (let steps = 0; steps < MAX_ALIASES; steps++) {
    const expr = at.kind === 'type' ? at.at(D.value) : -1
    if (expr < 0 || at.has(Flag.prototype)) return at
    const type = semantics.typeOf(at.file, expr)
    if (type?.kind !== 'instance' || type.decl === null || type.decl === at) return at
    at = type.decl
  }
  return at
}
