/**
 * Whether a value of one TypeScript type can be assigned to another, as far as the text of both and the declarations of the
 * repository say. Follows the rules of the compiler under `strict`; what they do not decide is `unknown`.
 */

import { type FunctionParameter, type Member, readType, type Type } from './type-syntax.ts'

export type Answer = 'yes' | 'no' | 'unknown'

/** What the repository declares. */
export interface KnownTypes {
  /** The type that a name without type parameters refers to. */
  aliasOf(name: string): string | undefined
  /** Whether one class or interface extends or implements another. */
  isSubtype(name: string, base: string): boolean
  /** Whether another type lacks a required member of a class or interface. */
  lacks(name: string, target: string): boolean
  /** Whether a class or interface of this name has a required member. */
  isObject(name: string): boolean
}

export const NOTHING_KNOWN: KnownTypes = {
  aliasOf: () => undefined,
  isSubtype: () => false,
  lacks: () => false,
  isObject: () => false,
}

/** Limit on comparisons for one pair of types. */
const MAX_STEPS = 5_000
const MAX_DEPTH = 20
/** Object types of the standard library. None of them can be assigned to another, except within the groups of `ALIKE`. */
const STANDARD =
  /^(?:AbortController|AbortSignal|ArrayBuffer|Blob|Buffer|Date|Error|File|FormData|Headers|Map|Promise|ReadableStream|Record|RegExp|Request|Response|Set|URL|URLSearchParams|Uint8Array|WeakMap|WeakSet|WritableStream)$/
/** Groups of these in which one type may have all members of another. */
const ALIKE = [/^(?:Weak)?Map$/, /^(?:Weak)?Set$/, /^(?:Blob|File)$/, /^(?:Buffer|Uint8Array)$/]
const isAlike = (...names: string[]): boolean => ALIKE.some((all) => names.every((name) => all.test(name)))
/** Types that can be assigned to each other if their type arguments can. */
const COVARIANT = /^(?:(?:Readonly)?(?:Map|Set)|(?:Async)?Iterable|Promise|Record|Partial|Readonly|Required)$/
/** Members that primitive values have as well. */
const OF_PRIMITIVES = new Set(['length', 'toString', 'valueOf'])

export function isAssignable(from: string, to: string, known: KnownTypes): Answer {
  return new Comparison(known).compare(readType(from), readType(to), 0)
}

class Comparison {
  readonly #known: KnownTypes
  readonly #aliases = new Map<string, Type | undefined>()
  #steps = 0

  constructor(known: KnownTypes) {
    this.#known = known
  }

  compare(from: Type, to: Type, depth: number): Answer {
    if (depth > MAX_DEPTH || this.#steps++ > MAX_STEPS) return 'unknown'
    if (isBasic(to, 'any', 'unknown') || isBasic(from, 'never')) return 'yes'
    if (isBasic(from, 'any')) return 'unknown'
    const next = (a: Type, b: Type): Answer => this.compare(a, b, depth + 1)
    if (from.kind === 'union') return all(from.parts.map((part) => next(part, to)))
    if (isBasic(from, 'boolean') && to.kind === 'union' && !to.parts.some((part) => isBasic(part, 'boolean')))
      return all(['true', 'false'].map((text) => next({ kind: 'literal', text }, to)))
    if (to.kind === 'union') return some(to.parts.map((part) => next(from, part)))
    if (to.kind === 'intersection') return all(to.parts.map((part) => next(from, part)))
    if (from.kind === 'intersection')
      return some(from.parts.map((part) => next(part, to))) === 'yes' ? 'yes' : 'unknown'
    if (from.kind === 'other' || to.kind === 'other')
      return from.kind === 'other' && to.kind === 'other' && from.text === to.text ? 'yes' : 'unknown'
    if (from.kind === 'name' && to.kind === 'name') return this.#names(from, to, depth)
    for (const [one, isFrom] of [
      [from, true],
      [to, false],
    ] as const) {
      const alias = this.#aliasOf(one)
      if (alias !== undefined) return isFrom ? next(alias, to) : next(from, alias)
    }
    if (from.kind === 'name' || to.kind === 'name') return this.#nameAndOther(from, to)
    if (from.kind === 'function' && to.kind === 'function') return this.#functions(from, to, depth)
    if (from.kind === 'object' && to.kind === 'object') return this.#objects(from.members, to.members, depth)
    if (from.kind === 'list' && to.kind === 'list')
      return from.isReadonly && !to.isReadonly ? 'no' : next(from.of, to.of)
    return plain(from, to)
  }

  #aliasOf(type: Type): Type | undefined {
    if (type.kind !== 'name' || type.arguments.length > 0) return undefined
    if (!this.#aliases.has(type.name)) {
      const text = this.#known.aliasOf(type.name)
      this.#aliases.set(type.name, text === undefined ? undefined : readType(text))
    }
    return this.#aliases.get(type.name)
  }

  #names(from: Type & { kind: 'name' }, to: Type & { kind: 'name' }, depth: number): Answer {
    if (from.name === to.name) {
      if (from.arguments.length !== to.arguments.length) return 'unknown'
      const answers = from.arguments.map((one, index) => this.compare(one, to.arguments[index] as Type, depth + 1))
      return isSame(from.arguments, to.arguments) ? 'yes' : COVARIANT.test(from.name) ? all(answers) : 'unknown'
    }
    if (/^(?:Partial|Readonly)$/.test(to.name) && to.arguments[0] !== undefined) {
      if (this.compare(from, to.arguments[0], depth + 1) === 'yes') return 'yes'
    }
    if (to.arguments.length === 0 && this.#known.isSubtype(from.name, to.name)) return 'yes'
    const [alias, other] = [from, to].map((one) => this.#aliasOf(one))
    if (alias !== undefined) return this.compare(alias, to, depth + 1)
    if (other !== undefined) return this.compare(from, other, depth + 1)
    const isOther = to.name !== 'Record' && !isAlike(from.name, to.name)
    const areStandard = isOther && STANDARD.test(from.name) && STANDARD.test(to.name)
    return areStandard || this.#known.lacks(from.name, to.name) ? 'no' : 'unknown'
  }

  /** Exactly one of the two is a name. */
  #nameAndOther(from: Type, to: Type): Answer {
    const [name, other] = from.kind === 'name' ? [from.name, to] : [to.kind === 'name' ? to.name : '', from]
    if (other.kind === 'list') return STANDARD.test(name) && (name !== 'Record' || other === to) ? 'no' : 'unknown'
    const isPrimitive = other.kind === 'basic' || other.kind === 'literal'
    if (!isPrimitive || isBasic(other, 'object', 'unknown')) return 'unknown'
    return STANDARD.test(name) || this.#known.isObject(name) ? 'no' : 'unknown'
  }

  #functions(from: Type & { kind: 'function' }, to: Type & { kind: 'function' }, depth: number): Answer {
    const parameters = this.#parameters(from.parameters, to.parameters, (a, b) => this.compare(b, a, depth + 1))
    const result = isBasic(to.result, 'void') ? 'yes' : this.compare(from.result, to.result, depth + 1)
    return all([parameters, result])
  }

  #parameters(
    from: readonly FunctionParameter[],
    to: readonly FunctionParameter[],
    compare: (from: Type, to: Type) => Answer,
  ): Answer {
    if ([...from, ...to].some(({ isRest }) => isRest)) return isSame(from, to) ? 'yes' : 'unknown'
    // It would be called with fewer arguments than it requires.
    if (from.filter(({ isOptional }) => !isOptional).length > to.length) return 'no'
    const shared = from.slice(0, to.length)
    return all(shared.map((one, index) => compare(one.type, (to[index] as FunctionParameter).type)))
  }

  #objects(from: ReadonlyMap<string, Member>, to: ReadonlyMap<string, Member>, depth: number): Answer {
    return all(
      [...to].map(([name, wanted]) => {
        const member = from.get(name)
        if (member === undefined) return wanted.isOptional ? 'yes' : 'no'
        if (member.isOptional && !wanted.isOptional) return 'no'
        const answer = this.compare(member.type, wanted.type, depth + 1)
        return answer === 'no' && (member.isMethod || wanted.isMethod) ? 'unknown' : answer
      }),
    )
  }
}

/** Whether two parts of types have the same syntax. Members of objects are in a map, which JSON would omit. */
function isSame(one: readonly object[], other: readonly object[]): boolean {
  const textOf = (parts: readonly object[]): string =>
    JSON.stringify(parts, (_, value) => (value instanceof Map ? [...value] : value))
  return textOf(one) === textOf(other)
}

const isBasic = (type: Type, ...names: string[]): boolean => type.kind === 'basic' && names.includes(type.name)

/** Compares two types that are not both of one kind, or are both basic types or literals. */
function plain(from: Type, to: Type): Answer {
  if (from.kind === 'literal' && to.kind === 'literal') return from.text === to.text ? 'yes' : 'no'
  if (from.kind === 'basic' && to.kind === 'basic' && from.name === to.name) return 'yes'
  if (isBasic(to, 'void')) return isBasic(from, 'undefined') ? 'yes' : 'no'
  if (isBasic(from, 'unknown', 'void')) return 'no'
  if (isBasic(to, 'object')) return from.kind === 'basic' || from.kind === 'literal' ? 'no' : 'yes'
  if (isBasic(from, 'object')) return 'unknown'
  if (from.kind === 'literal' && to.kind === 'basic') return basicOf(from.text) === to.name ? 'yes' : 'no'
  const [isValue, isObject] = [from.kind === 'basic' || from.kind === 'literal', to.kind === 'object']
  if (isValue && to.kind === 'object' && !isBasic(from, 'null', 'undefined'))
    return [...to.members].some(([name, { isOptional }]) => !isOptional && !OF_PRIMITIVES.has(name)) ? 'no' : 'unknown'
  if ((from.kind === 'object' && to.kind === 'list') || isObject)
    return isBasic(from, 'null', 'undefined') ? 'no' : 'unknown'
  return 'no'
}

function basicOf(literal: string): string {
  if (literal.startsWith('"')) return 'string'
  if (literal === 'true' || literal === 'false') return 'boolean'
  return literal.endsWith('n') ? 'bigint' : 'number'
}

const all = (answers: readonly Answer[]): Answer =>
  answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'

const some = (answers: readonly Answer[]): Answer =>
  answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
