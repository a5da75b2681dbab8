/** Parses TypeScript types as text, without a grammar. Types it does not understand are kept as text (`other`). */

import { closingOf, splitAt } from './split-at.ts'

export type Type =
  /** `string`, `null`, `any`. */
  | { kind: 'basic'; name: string }
  /** `"a"`, `1`, `true`, with double quotes. */
  | { kind: 'literal'; text: string }
  | { kind: 'name'; name: string; arguments: Type[] }
  | { kind: 'union' | 'intersection'; parts: Type[] }
  | { kind: 'list'; of: Type; isReadonly: boolean }
  | { kind: 'function'; parameters: FunctionParameter[]; result: Type }
  | { kind: 'object'; members: ReadonlyMap<string, Member> }
  /** Anything else, such as `keyof T`, a conditional type or a tuple. */
  | { kind: 'other'; text: string }

export interface FunctionParameter {
  type: Type
  isOptional: boolean
  isRest: boolean
}

export interface Member {
  type: Type
  isOptional: boolean
  /** Methods are compared less strictly than fields that hold a function. */
  isMethod: boolean
}

const BASIC = /^(?:any|bigint|boolean|never|null|number|object|string|symbol|undefined|unknown|void)$/
const LITERAL = /^(?:"[^"\n]*"|-?\d[\d_]{0,30}(?:\.\d{0,30})?n?|true|false)$/
const NAME = /^([A-Za-z_$][\w$.]{0,200})(?:<(.*)>)?$/s
const MEMBER = /^(?:readonly )?"?([\w$]{1,200})"?(\??)\s?([:(<])/
const MAX_DEPTH = 12

/** @param text - As in a declaration. */
export function readType(text: string, depth = 0): Type {
  const type = text.trim().replace(/'([^'"\n]*)'/g, '"$1"')
  const other: Type = { kind: 'other', text: type.replace(/\s+/g, ' ') }
  if (depth > MAX_DEPTH || /^(?:keyof|typeof|infer|asserts|unique|new|abstract) /.test(type)) return other
  const inner = (part: string): Type => readType(part, depth + 1)
  const functionType = readFunction(type, depth)
  if (functionType !== undefined) return functionType
  if (splitAt(type, ' ').some((word) => word === 'extends' || word === 'is')) return other
  for (const [separator, kind] of [
    ['|', 'union'],
    ['&', 'intersection'],
  ] as const) {
    const parts = splitAt(type, separator).filter((part) => part !== '')
    if (parts.length > 1) return { kind, parts: parts.map(inner) }
    if (parts.length === 1 && parts[0] !== type) return inner(parts[0] ?? '')
  }
  if (closingOf(type, 0) === type.length - 1 && type.startsWith('(')) return inner(type.slice(1, -1))
  const isReadonly = type.startsWith('readonly ')
  if (type.endsWith('[]')) return { kind: 'list', of: inner(type.slice(isReadonly ? 9 : 0, -2)), isReadonly }
  if (type.startsWith('{') && closingOf(type, 0) === type.length - 1) return readObject(type, depth) ?? other
  if (BASIC.test(type)) return { kind: 'basic', name: type }
  if (LITERAL.test(type)) return { kind: 'literal', text: type }
  const [, name, argumentText] = NAME.exec(type) ?? []
  if (name === undefined || (argumentText !== undefined && closingOf(type, name.length) !== type.length - 1))
    return other
  const parts = argumentText === undefined ? [] : splitAt(argumentText, ',').map(inner)
  const [only] = parts
  if (/^(?:Readonly)?Array$/.test(name) && only !== undefined)
    return { kind: 'list', of: only, isReadonly: name !== 'Array' }
  return { kind: 'name', name, arguments: parts }
}

/** `(a: string, b?: number) => void`; generic functions are not parsed. */
function readFunction(type: string, depth: number): Type | undefined {
  if (!type.startsWith('(')) return undefined
  const end = closingOf(type, 0)
  const [arrow] = /^\s{0,9}=>/.exec(type.slice(end + 1, end + 12)) ?? []
  if (end < 0 || arrow === undefined) return undefined
  const parameters: FunctionParameter[] = []
  for (const text of splitAt(type.slice(1, end), ',')) {
    if (text === '') continue
    const [name = '', ...rest] = splitAt(text, ':')
    if (name === 'this') return { kind: 'other', text: type }
    parameters.push({
      type: rest.length === 0 ? { kind: 'basic', name: 'any' } : readType(rest.join(':'), depth + 1),
      isOptional: name.endsWith('?'),
      isRest: name.startsWith('...'),
    })
  }
  return { kind: 'function', parameters, result: readType(type.slice(end + 1 + arrow.length), depth + 1) }
}

/** @returns `undefined` for an object with anything but named members, or with overloads. */
function readObject(type: string, depth: number): Type | undefined {
  const members = new Map<string, Member>()
  for (const text of splitAt(type.slice(1, -1), ';').flatMap((part) => splitAt(part, ','))) {
    if (text === '') continue
    const [head, name, optionalMark, next] = MEMBER.exec(text) ?? []
    if (head === undefined || name === undefined || members.has(name)) return undefined
    const rest = text.slice(head.length - 1)
    const isMethod = next !== ':'
    const typeText = isMethod ? arrowOf(rest) : rest.slice(1)
    members.set(name, { type: readType(typeText, depth + 1), isOptional: optionalMark === '?', isMethod })
  }
  return { kind: 'object', members }
}

/** `(a: string): void` as `(a: string) => void`. */
function arrowOf(text: string): string {
  const end = closingOf(text, 0)
  return `${text.slice(0, end + 1)} => ${text.slice(end + 1).replace(/^\s*:/, '') || 'any'}`
}
