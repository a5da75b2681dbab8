/** Compares types as text: whether two are the same, or one is a part of the other. Works without a grammar. */

import { parameterList, readParameters } from '#generate/signature-parameters.ts'
import { type Answer, isAssignable } from './assignable.ts'
import type { Context } from './context.ts'
import { isTypeScript } from './language-rules.ts'
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

/** Other spellings of one type in Python. */
const PYTHON_NAMES: Readonly<Record<string, string>> = {
  Dict: 'dict',
  FrozenSet: 'frozenset',
  List: 'list',
  Set: 'set',
  Tuple: 'tuple',
  Type: 'type',
}
/** Maximum nesting depth of types. */
const MAX_DEPTH = 20
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

/** One spelling for a type that can be written in several ways: spaces, quotes, the module of a name. */
export function normalType(type: string, language: string): string {
  const plain = withoutSpaces(language === 'go' ? withoutNames(type) : type)
  if (language === 'python') {
    const names = plain.replace(/["']/g, '').replace(/[A-Za-z_][\w.]*/g, (name) => {
      const last = name.slice(name.lastIndexOf('.') + 1)
      return PYTHON_NAMES[last] ?? last
    })
    return membersOf(pythonUnions(names)).join('|')
  }
  if (language === 'go') return plain.replaceAll('interface{}', 'any')
  if (language === 'java')
    return plain
      .replace(/@[\w.]+(?:\([^()]*\))?/g, '')
      .replace(/[\w$.]+/g, withoutPackage)
      .trim()
  if (language === 'rust') return plain.replace(/\b(?:\w+::)+(?=\w)/g, '')
  if (isTypeScript(language))
    return membersOf(plain.replace(/["']/g, '"').replace(ANY_OF, '$1$2')).flatMap(withoutBrackets).sort().join('|')
  return plain
}

/** `func(c *Context) (n int)` of Go as `func(*Context) (int)`, also within other types. */
function withoutNames(type: string, depth = 0): string {
  const at = type.search(/\bfunc\(/)
  if (at < 0 || depth > MAX_DEPTH) return type
  const list = parameterList(type.slice(at), 'func')
  if (list === null) return type
  const listed = (text: string): string =>
    typesIn(text)
      .map((one) => withoutNames(one, depth + 1))
      .join(',')
  const rest = type.slice(at + list.end).trimStart()
  const results = rest.startsWith('(') ? parameterList(`func${rest}`, 'func') : null
  const end = results === null ? 0 : results.end - 'func'.length
  const result = results === null ? '' : `(${listed(`func${rest.slice(0, end)}`)})`
  return `${type.slice(0, at)}func(${listed(type.slice(at, at + list.end))})${result}${withoutNames(rest.slice(end), depth + 1)}`
}

/** The types of `func(a, b int)`. */
const typesIn = (text: string): string[] =>
  (readParameters(text, 'func', 'go') ?? []).map(({ name, type }) =>
    name === 'chan' ? `chan ${type}` : type === '' ? name : type,
  )

/** `string & {}`, with which editors still suggest the literals of the union that contains it. */
const ANY_OF = /\((string|number)&\{\}\)|\b(string|number)&\{\}/g

/** The members of a union in brackets, `(A | B)`; anything else as it is. */
function withoutBrackets(type: string): string[] {
  const inner = type.slice(1, -1)
  const isWhole = type.startsWith('(') && type.endsWith(')') && splitAt(type, ' ').length === 1
  return isWhole && !inner.includes('=>') && !/^[^(]*\)/.test(inner) ? membersOf(inner) : [type]
}

/** `java.util.Map.Entry` as `Map.Entry`: packages begin with a small letter. */
function withoutPackage(name: string): string {
  const parts = name.split('.')
  const first = parts.findIndex((part) => /^[A-Z]/.test(part))
  return first < 0 ? name : parts.slice(first).join('.')
}

/** `Optional[X]` and `Union[X, Y]` as `X|None` and `X|Y`, also within others. */
function pythonUnions(type: string, depth = 0): string {
  const open = type.indexOf('[')
  if (open < 0 || !type.endsWith(']') || depth > MAX_DEPTH || membersOf(type).length > 1) {
    const members = membersOf(type)
    return members.length > 1 && depth <= MAX_DEPTH ? union(members, depth) : type
  }
  const parts = splitAt(type.slice(open + 1, -1), ',')
  const head = type.slice(0, open)
  if (head === 'Optional') return union([parts.join(','), 'None'], depth)
  if (head === 'Union') return union(parts, depth)
  return `${head}[${parts.map((part) => pythonUnions(part, depth + 1)).join(',')}]`
}

const union = (members: readonly string[], depth: number): string =>
  membersOf(members.map((member) => pythonUnions(member, depth + 1)).join('|')).join('|')

/** The members of a union, sorted, without duplicates. */
export function membersOf(type: string): string[] {
  return [...new Set(splitAt(type, '|').map((one) => one.trim()))].filter((one) => one !== '').sort()
}

/** Removes all spaces except those between two words. */
function withoutSpaces(text: string): string {
  const isWord = (character = ''): boolean => /[\w$]/.test(character)
  const parts = text.trim().split(/\s+/)
  return parts.map((part, index) => (isWord(parts[index - 1]?.at(-1)) && isWord(part[0]) ? ` ${part}` : part)).join('')
}
