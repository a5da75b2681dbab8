/**
 * Types of Kotlin's numbers, characters, strings and arrays: enough to tell built-in operators from extensions.
 */

import type { Value } from '#generate/analyse/engine/language.ts'
import { outsideInstance, wordsOf } from '#generate/analyse/languages/outside-types.ts'

/** The functions that operators call. */
export const OPERATOR_FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ['+', 'plus'],
  ['-', 'minus'],
  ['*', 'times'],
  ['/', 'div'],
  ['%', 'rem'],
])

const NUMBERS = wordsOf('Byte Short Int Long Float Double UByte UShort UInt ULong Char')
/** Calculations with these give `Int`. */
const SMALL = wordsOf('Byte Short')
const SMALL_UNSIGNED = wordsOf('UByte UShort')
const ARITHMETIC = wordsOf('plus minus times div rem rangeTo compareTo')
const BITS = wordsOf('and or xor')
const SHIFTS = wordsOf('shl shr ushr')
/** Operators whose result always has the type of the receiver. */
const KEEPING = wordsOf('and or xor inv inc dec')
const OPERATORS = wordsOf('+ - * / % and or xor shl shr ushr inv unaryMinus unaryPlus inc dec')
const SIZED =
  /^(?:(?:Mutable)?(?:List|Set|Map|Collection)|Array(?:List)?|U?(?:Byte|Short|Int|Long)Array|(?:Char|Boolean|Float|Double)Array)$/
const TEXTS = wordsOf('String CharSequence StringBuilder')

/** Conversions have the same names on every type. */
const CONVERSION = /^to(Byte|Short|Int|Long|Float|Double|UByte|UShort|UInt|ULong|Char|String)$/

export function isNumber(name: string): boolean {
  return NUMBERS.has(name)
}

/** The result type of `toLong` and the like. */
export function resultOfConversion(name: string): string | undefined {
  return CONVERSION.exec(name)?.[1]
}

/** The result of a member of a standard type, or of an unknown value. */
export function resultOfStandard(receiver: Value, name: string): Value | undefined {
  const conversion = resultOfConversion(name)
  if (conversion !== undefined) return outsideInstance(conversion)
  if (receiver.kind !== 'instance' || receiver.decl !== null) return undefined
  if (name === 'code') return receiver.name === 'Char' ? outsideInstance('Int') : undefined
  if (name === 'hashCode' || name === 'compareTo') return outsideInstance('Int')
  if (name === 'length') return TEXTS.has(receiver.name) ? outsideInstance('Int') : undefined
  if (name === 'size') return SIZED.test(receiver.name) ? outsideInstance('Int') : undefined
  if (!NUMBERS.has(receiver.name) || !OPERATORS.has(name)) return undefined
  if (KEEPING.has(name)) return receiver
  if (SMALL.has(receiver.name)) return outsideInstance('Int')
  return SMALL_UNSIGNED.has(receiver.name) ? outsideInstance('UInt') : receiver
}

/** The element type of a string or of an array of numbers. */
export function elementOfStandard(value: Value): Value | undefined {
  if (value.kind !== 'instance' || value.decl !== null) return undefined
  if (TEXTS.has(value.name)) return outsideInstance('Char')
  const element = /^(U?(?:Byte|Short|Int|Long)|Char|Boolean|Float|Double)Array$/.exec(value.name)?.[1]
  return element === undefined ? undefined : outsideInstance(element)
}

/**
 * Whether the type's own member hides an extension of a number type. It does if it takes the argument, or if the
 * argument is unknown.
 */
export function isHiddenByMember(receiver: string, name: string, given: Value | undefined): boolean {
  const type = given?.kind === 'instance' && given.decl === null ? given.name : undefined
  const isKnown = given?.kind === 'instance'
  if (BITS.has(name) && (receiver === 'Int' || receiver === 'Long' || receiver === 'Boolean'))
    return !isKnown || type === receiver
  if (SHIFTS.has(name) && (receiver === 'Int' || receiver === 'Long')) return !isKnown || type === 'Int'
  return ARITHMETIC.has(name) && NUMBERS.has(receiver) && (!isKnown || (type !== undefined && NUMBERS.has(type)))
}

/** Whether both are numbers, of different types: a receiver is not converted. */
export function areOtherNumbers(given: Value, wanted: Value): boolean {
  if (given.kind !== 'instance' || wanted.kind !== 'instance') return false
  return NUMBERS.has(given.name) && NUMBERS.has(wanted.name) && given.name !== wanted.name
}
