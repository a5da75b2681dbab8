/** Compares types as text: whether two are the same, or one is a part of the other. Works without a grammar. */

import { type Answer, isAssignable } from './assignable.ts'
import type { Context } from './context.ts'
import { isTypeScript } from './language-rules.ts'
import { membersOf, normalType } from './normal-type.ts'
import { splitAt } from './split-at.ts'

/** How the second type relates to the first one. */
export interface TypeChange {
  /** Whether it accepts all values of the first type. */
  takes: Answer
  /** Whether all its values are values of the first type. */
  gives: Answer
}

const SAME: TypeChange = { takes: 'yes', gives: 'yes' }
const WIDER: TypeChange = { takes: 'yes', gives: 'no' }
const NARROWER: TypeChange = { takes: 'no', gives: 'yes' }
const DIFFERENT: TypeChange = { takes: 'unknown', gives: 'unknown' }

export const isSame = ({ takes, gives }: TypeChange): boolean => takes === 'yes' && gives === 'yes'

/** Types to which all others can be assigned. */
const TOP = new Set(['any', 'Any', 'object', 'unknown'])

/** Compares by text, and for TypeScript by assignability as well. */
export function compareTypes(
  before: string,
  after: string,
  { language, rules, known }: Pick<Context, 'language' | 'rules' | 'known'>,
): TypeChange {
  const written = compareWritten(before, after, language, rules.hasUnions)
  if (isSame(written) || !isTypeScript(language) || before === '' || after === '') return written
  const [takes, gives] = [isAssignable(before, after, known), isAssignable(after, before, known)]
  return {
    takes: takes === 'unknown' ? written.takes : takes,
    gives: gives === 'unknown' ? written.gives : gives,
  }
}

function compareWritten(before: string, after: string, language: string, hasUnions: boolean): TypeChange {
  const [a, b] = [normalType(before, language), normalType(after, language)]
  if (a === b || (QUALIFIED.has(language) && isSameButQualified(a, b))) return SAME
  if (!hasUnions) return DIFFERENT
  if (TOP.has(b)) return WIDER
  if (TOP.has(a)) return NARROWER
  const [left, right] = [new Set(membersOf(a)), new Set(membersOf(b))]
  const isIn = (small: Set<string>, large: Set<string>): boolean =>
    [...small].every((one) => large.has(one) || large.has(typeOfLiteral(one)))
  if (isIn(left, right)) return isIn(right, left) ? SAME : WIDER
  if (isIn(right, left)) return NARROWER
  const gained = [...right].filter((one) => !left.has(one))
  if (gained.some((one) => BASIC.has(one)) && [...left].every(isBasic)) return WIDER
  return left.size === 1 && right.size === 1 ? compareArguments(a, b, language) : DIFFERENT
}

/** The type that contains a literal, as TypeScript infers it for a variable; '' for anything else. */
export function typeOfLiteral(value: string): string {
  if (/^(?:"[^"\n]*"|'[^'\n]*'|`[^`$]*`)$/.test(value)) return 'string'
  if (/^-?\d[\d_]{0,30}(?:\.\d{0,30})?$/.test(value)) return 'number'
  return value === 'true' || value === 'false' ? 'boolean' : ''
}

/** Languages in which an import may shorten the name of a type within another. */
const QUALIFIED = new Set(['java', 'groovy', 'kotlin', 'scala', 'csharp', 'swift'])

/** `Document.Settings` and `Settings`: each name is the end of the other one. */
function isSameButQualified(before: string, after: string): boolean {
  const [a, b] = [before, after].map((type) => type.split(/([\w$.]+)/))
  const isEnd = (long: string, short: string): boolean => long === short || long.endsWith(`.${short}`)
  return (
    a !== undefined &&
    a.length === b?.length &&
    a.every((one, index) => isEnd(one, b[index] ?? '') || isEnd(b[index] ?? '', one))
  )
}

/** Types of TypeScript that cannot be assigned to each other. */
const BASIC = new Set(['string', 'number', 'boolean', 'bigint', 'symbol', 'null', 'undefined'])
const isBasic = (type: string): boolean => BASIC.has(type.replace(/(?:\[\]){1,9}$/, ''))

/** Types that become wider if a type argument does. */
const COVARIANT = /^(?:(?:Readonly)?(?:Array|Map|Set)|(?:Async)?Iterable|Promise|Record|Partial|Readonly|Required)$/

function compareArguments(before: string, after: string, language: string): TypeChange {
  const [a, b] = [before, after].map((type) => /^(\w+)<(.*)>$/s.exec(type))
  if (!a || !b || a[1] !== b[1] || !COVARIANT.test(a[1] ?? '')) return DIFFERENT
  const [left, right] = [splitAt(a[2] ?? '', ','), splitAt(b[2] ?? '', ',')]
  if (left.length !== right.length) return DIFFERENT
  const changes = new Set(left.map((one, index) => compareWritten(one, right[index] ?? '', language, true)))
  changes.delete(SAME)
  return changes.size === 1 ? ([...changes][0] ?? DIFFERENT) : DIFFERENT
}

/** Whether the compiler distinguishes the types in an assignment; not if one is `any` or `object`, or the first is `void`. */
export function isDistinct(before: string, after: string): boolean {
  return ![before, after].some((type) => type.trim() !== 'unknown' && TOP.has(type.trim())) && before.trim() !== 'void'
}
