/** Filters functions by the explicit type arguments of a call: `f<T>(x)`. */

import type { Decl, FileUnit } from './declarations.ts'
import { D, NONE } from './facts.ts'
import type { Value } from './language.ts'
import type { Semantics } from './semantics.ts'

/**
 * The functions of one name that take this number of type arguments.
 *
 * @param types - Number of explicit type arguments; for 0, functions whose type arguments can be inferred are
 * preferred.
 */
export function takingTypes(
  semantics: Semantics,
  file: FileUnit,
  decls: readonly Decl[],
  types: number,
): readonly Decl[] {
  if (types > 0) return decls.filter((decl) => takesTypes(decl, types))
  if (file.spec.linking.infersFromArguments !== true || decls.length < 2) return decls
  const inferred = decls.filter((decl) => decl.typeParameters.every((one) => isGiven(semantics, decl, one)))
  return inferred.length > 0 ? inferred : decls
}

/** Whether a call with this number of explicit type arguments can mean a function. */
export function takesTypes(decl: Decl, types: number): boolean {
  if (types === 0 || decl.file.spec.linking.namesAllTypes !== true || decl.kind === 'constructor') return true
  return !decl.isFunction || decl.typeParameters.length === types
}

/** Whether the type of some parameter mentions a type parameter. */
function isGiven(semantics: Semantics, decl: Decl, typeParameter: Decl): boolean {
  return decl.parameters.some((parameter) => {
    const type = parameter.at(D.type)
    const value = type === NONE ? undefined : semantics.typeOf(parameter.file, type)
    return value === undefined || names(value, typeParameter, 0)
  })
}

function names(value: Value, typeParameter: Decl, depth: number): boolean {
  if ((value.kind !== 'instance' && value.kind !== 'type') || depth > 5) return false
  return value.decl === typeParameter || value.args.some((arg) => names(arg, typeParameter, depth + 1))
}

/** Type parameters inferred in one call, from parameters whose type is just the type parameter. */
export class Inferred {
  readonly #known = new Map<Decl, Value & { kind: 'instance' }>()

  /** Adds an argument and returns how well it matches the previous ones. */
  add(typeParameter: Decl, given: Value & { kind: 'instance' }, score: (a: Value, b: Value) => number): number {
    if (given.decl === null && given.name === 'null') return 0.4
    const known = this.#known.get(typeParameter)
    if (known === undefined) {
      this.#known.set(typeParameter, given)
      return SAME_TYPE
    }
    const isWider = score(known, given) > 0
    if (isWider) this.#known.set(typeParameter, given)
    return isWider || score(given, known) > 0 ? SAME_TYPE : -5
  }
}

/** The score of an equal type, slightly lower than for a parameter declared with exactly that type. */
const SAME_TYPE = 2.9
