/** Which functions a call can mean by the types that it gives: `f<T>(x)`. */

import type { Decl, FileUnit } from './declarations.ts'
import { D, NONE } from './facts.ts'
import type { Value } from './language.ts'
import type { Semantics } from './semantics.ts'

/**
 * Of some functions of one name those that take so many types.
 *
 * @param types - How many types the call names; without any, those stay whose types follow from their arguments.
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

/** Whether a call that names so many types can mean a function. */
export function takesTypes(decl: Decl, types: number): boolean {
  if (types === 0 || decl.file.spec.linking.namesAllTypes !== true || decl.kind === 'constructor') return true
  return !decl.isFunction || decl.typeParameters.length === types
}

/** Whether the type of a parameter names a type parameter. */
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

/** What the type parameters of a function would stand for in one call, as far as they stand alone as the type of a parameter. */
export class Inferred {
  readonly #known = new Map<Decl, Value & { kind: 'instance' }>()

  /** How well one more argument goes with those before: as well as the type itself, or not at all. */
  add(typeParameter: Decl, given: Value & { kind: 'instance' }, fits: (a: Value, b: Value) => number): number {
    if (given.decl === null && given.name === 'null') return 0.4
    const known = this.#known.get(typeParameter)
    if (known === undefined) {
      this.#known.set(typeParameter, given)
      return SAME
    }
    const isWider = fits(known, given) > 0
    if (isWider) this.#known.set(typeParameter, given)
    return isWider || fits(given, known) > 0 ? SAME : -5
  }
}

/** A little less than for a parameter of just that type, which is preferred. */
const SAME = 2.9
