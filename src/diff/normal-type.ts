/** Gives types that can be written in several ways one spelling, and splits unions. Works without a grammar. */

import { parameterList, readParameters } from '#generate/signature-parameters.ts'
import { isTypeScript } from './language-rules.ts'
import { splitAt } from './split-at.ts'

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
