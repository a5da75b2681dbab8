/**
 * Checks the number types of arguments, which Kotlin does not convert implicitly: if a function of the repository takes
 * a number type other than the one passed, the call means the standard library's function of that name, such as
 * `minOf`.
 */

import { least } from '#base/long-arrays.ts'
import type { Decl, FileUnit } from '#generate/analyse/engine/declarations.ts'
import { D, E, NONE, Op } from '#generate/analyse/engine/facts.ts'
import type { Semantics } from '#generate/analyse/engine/semantics.ts'
import { unwrapped } from '#generate/analyse/engine/unwrapped.ts'
import { isNumber, OPERATOR_FUNCTIONS, resultOfConversion } from './numbers.ts'

/**
 * Whether an argument's number type differs from its parameter's. Decided only if the position of each argument is
 * certain.
 */
export function takesOtherNumbers(semantics: Semantics, decl: Decl, file: FileUnit, args: readonly number[]): boolean {
  if (decl.at(D.minArity) !== args.length || decl.at(D.maxArity) !== args.length) return false
  return decl.parameters.some((parameter, index) => {
    const wanted = declaredNumber(semantics, parameter)
    const given = wanted === undefined ? undefined : numberOf(semantics, file, args[index] ?? NONE)
    return given !== undefined && given !== wanted
  })
}

/** Limit on the steps from a number to the declaration of its type. */
const MAX_STEPS = 5
/** The type of a calculation is the first of these that one side has; types narrower than `Int` give `Int`. */
const WIDEST_FIRST = ['Double', 'Float', 'Long', 'Int', 'Short', 'Byte']

/**
 * The type of a number as a declaration or conversion states it, for the number itself or for both sides of a
 * calculation.
 */
function numberOf(semantics: Semantics, file: FileUnit, expr: number, steps = 0): string | undefined {
  const inside = expr === NONE ? NONE : unwrapped(file, expr)
  const op = inside === NONE || steps > MAX_STEPS ? Op.unknown : file.expr(inside, E.op)
  if (op === Op.call) return numberOfCall(semantics, file, inside, steps)
  if (op !== Op.ref && op !== Op.member) return undefined
  const [decl] = semantics.resolve(file, inside)?.decls ?? []
  if (decl === undefined || decl.isFunction) return undefined
  if (decl.at(D.type) !== NONE) return declaredNumber(semantics, decl)
  const value = decl.at(D.value)
  const literal = literalAt(decl.file, value)
  return isNumber(literal) ? literal : numberOf(semantics, decl.file, value, steps + 1)
}

function numberOfCall(semantics: Semantics, file: FileUnit, call: number, steps: number): string | undefined {
  const callee = file.expr(call, E.left)
  if (callee === NONE || file.expr(callee, E.op) !== Op.member) return undefined
  const name = file.nameOf(callee)
  const conversion = resultOfConversion(name)
  if (conversion !== undefined || !OPERATOR_FUNCTIONS.has(name)) return conversion
  const sides = [file.expr(callee, E.left), ...file.list(file.expr(call, E.list))]
  const types = sides.map((side) => numberOf(semantics, file, side, steps + 1))
  // An expression of literals alone adapts to the wanted type, as each literal does.
  if (types.every((type) => type === undefined)) return undefined
  const all = types.map((type, index) => WIDEST_FIRST.indexOf(type ?? literalAt(file, sides[index] ?? NONE)))
  const widest = least(all)
  return widest < 0 ? undefined : WIDEST_FIRST[Math.min(widest, 3)]
}

function literalAt(file: FileUnit, expr: number): string {
  return expr !== NONE && file.expr(expr, E.op) === Op.literal ? file.nameOf(expr) : ''
}

function declaredNumber(semantics: Semantics, decl: Decl): string | undefined {
  const type = decl.at(D.type)
  const value = type === NONE ? undefined : semantics.typeOf(decl.file, type)
  return value?.kind === 'instance' && value.decl === null && isNumber(value.name) ? value.name : undefined
}
