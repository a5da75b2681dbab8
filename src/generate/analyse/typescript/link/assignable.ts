/** Decides whether a value is assignable to a type: `true`, `false`, or `undefined` if that is not known. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic, Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { basesOf, derives } from './classes.ts'
import { libraryName } from './library.ts'
import { foundAt, type Linker } from './linker.ts'
import { isOfLibrary, membersOf } from './own-members.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

/** The maximum nesting of members to compare. */
const MAX_DEPTH = 4
/** The maximum number of members of one type to compare. */
const MAX_MEMBERS = 60

export function isAssignable(
  linker: Linker,
  given: Value | undefined,
  wanted: Value | undefined,
  depth = 0,
): boolean | undefined {
  const value = linker.forced(given)
  const target = linker.forced(wanted)
  if (value === undefined || target === undefined) return undefined
  if (value === target || target.kind === 'any') return true
  if (depth > MAX_DEPTH || UNKNOWN.has(value.kind) || UNKNOWN.has(target.kind)) return undefined
  if (value.kind === 'union') return every(value.list, (one) => isAssignable(linker, one, target, depth))
  switch (target.kind) {
    case 'union':
      return some(target.list, (one) => isAssignable(linker, value, one, depth))
    case 'intersection':
      return every(target.list, (one) => isAssignable(linker, value, one, depth))
    case 'parameter': {
      const constraint = linker.units.field(target.at, Field.typeParameter.constraint)
      return constraint === 0 ? true : isAssignable(linker, value, linker.typeIn(constraint, undefined), depth + 1)
    }
    case 'nothing':
      return value.kind === 'nothing'
    case 'basic':
      return extendsBasic(value, target.sort)
    case 'literal':
      if (value.kind === 'literal') return value.sort === target.sort && value.text === target.text
      if (value.kind === 'basic') return baseOf(value.sort) === baseOf(target.sort) ? undefined : false
      return value.kind === 'intersection' ? undefined : false
    default:
      if (value.kind === 'nothing') return undefined
      if (value.kind === 'intersection' && value.list.some((one) => isAssignable(linker, one, target, depth) === true))
        return true
      return isObjectAssignable(linker, value, target, depth)
  }
}

/** Kinds about which nothing is certain. */
const UNKNOWN: ReadonlySet<Value['kind']> = new Set(['any', 'outside', 'keys', 'without', 'mapped', 'self', 'lazy'])

function isObjectAssignable(linker: Linker, value: Value, target: Value, depth: number): boolean | undefined {
  switch (target.kind) {
    case 'function':
      return isCallable(linker, value, target.signatures[0] ?? 0, false)
    case 'constructor':
      return isCallable(linker, value, target.signature, true)
    case 'tuple':
      if (value.kind !== 'tuple') return isPlain(value) || value.kind === 'instance' ? false : undefined
      if (value.list.length !== target.list.length) return false
      return every([...value.list.keys()], (index) =>
        isAssignable(linker, value.list[index], target.list[index], depth + 1),
      )
    case 'static':
      if (value.kind !== 'static') return isPlain(value) ? false : undefined
      return value.declaration === target.declaration ? true : undefined
    case 'object':
      return hasShape(linker, value, [target.at], target.env, depth, true)
    case 'instance': {
      if (derives(linker, value, target) === true) return true
      const name = libraryName(linker, target)
      if (name === 'Object') return true
      if (name === 'Function') return isPlain(value) ? false : linker.signaturesOf(value).length > 0 || undefined
      if (value.kind === 'tuple' && LISTS.has(name)) return true
      const bases = basesOf(linker, target)
      const own = hasShape(linker, value, target.declarations, target.env, depth, bases.length === 0)
      if (own === false || bases.length === 0) return own
      return every([own, ...bases], (one) => (typeof one === 'boolean' ? one : isAssignable(linker, value, one, depth)))
    }
    default:
      return undefined
  }
}

const LISTS = new Set(['Array', 'ReadonlyArray', 'Iterable', 'ArrayLike'])

/** Whether a value can be called with the arguments of a signature. */
function isCallable(linker: Linker, value: Value, signature: number, isConstruct: boolean): boolean | undefined {
  const own = linker.signaturesOf(value, isConstruct)
  const [first] = own
  if (first === undefined) {
    if (isPlain(value) || value.kind === 'tuple' || value.kind === 'literal') return false
    if (value.kind === 'static') return isConstruct ? undefined : false
    return isConstruct && value.kind === 'function' ? undefined : isClosed(linker, value) ? false : undefined
  }
  if (own.length > 1) return true
  const { units } = linker
  const isPredicate = (at: number): boolean => units.kind(units.field(at, Field.signature.result)) === Kind.predicate
  if (isPredicate(signature) && !isPredicate(first.at)) return false
  const wanted = parametersOf(linker, signature)
  const isOpen = wanted.some((one) => (linker.units.field(one, Field.parameter.flags) & Flag.rest) !== 0)
  const needed = parametersOf(linker, first.at).filter(
    (one) => (linker.units.field(one, Field.parameter.flags) & (Flag.optional | Flag.rest)) === 0,
  )
  const isJavaScript = (linker.units.field(first.at, Field.signature.flags) & Flag.javascript) !== 0
  return isOpen || isJavaScript || needed.length <= wanted.length
}

/** The parameters of a signature, without `this`. */
export function parametersOf({ units }: Linker, signature: number): number[] {
  return units
    .list(units.field(signature, Field.signature.parameters))
    .filter((one) => (units.field(one, Field.parameter.flags) & Flag.isThis) === 0)
}

/**
 * Whether a value has the members that a type requires.
 *
 * @param isAll - Whether the type requires nothing else. A value must then share at least one member with a type whose
 *   members are all optional, TypeScript's "weak type" check.
 */
function hasShape(
  linker: Linker,
  value: Value,
  containers: readonly number[],
  env: Env | undefined,
  depth: number,
  isAll: boolean,
): boolean | undefined {
  const { units } = linker
  let isKnown = true
  let isWeak = isAll
  let hasCommon = false
  let left = MAX_MEMBERS
  for (const at of containers) {
    const { own, call, construct, index } = membersOf(linker, at)
    if (call.length + construct.length + index.length > 0 || own.size === 0) isWeak = false
    if (call.length > 0) {
      if (linker.signaturesOf(value).length > 0) isKnown = false
      else return isClosed(linker, value) ? false : undefined
    }
    if (construct.length + index.length > 0) isKnown = false
    for (const [name, members] of own) {
      const [member] = members
      if (member === undefined || left-- <= 0) return undefined
      const isOptional = (units.field(member, Field.member.flags) & Flag.optional) !== 0
      if (!isOptional) isWeak = false
      const found = linker.memberOf(value, name)
      if (found === undefined) {
        if (isOptional) continue
        if (isClosed(linker, value)) return false
        isKnown = false
        continue
      }
      const isPlatform = found.isOutside || isOfLibrary(linker, found)
      if (!isPlatform || value.kind === 'instance' || value.kind === 'object') hasCommon = true
      if (found.isOutside) {
        isKnown = false
        continue
      }
      const type = linker.typeOfFound(foundAt(members, env))
      const verdict = isAssignable(linker, linker.typeOfFound(resolveMemberAlias(linker, found)), type, depth + 1)
      if (verdict === false && !(isOptional && isPlatform)) return false
      if (verdict === undefined) isKnown = false
    }
  }
  if (isWeak && !hasCommon) return isEmptyObject(linker, value) || !isClosed(linker, value) ? undefined : false
  return isKnown ? true : undefined
}

function isEmptyObject(linker: Linker, value: Value): boolean {
  if (value.kind !== 'object') return false
  const { own, spread } = membersOf(linker, value.at)
  return own.size + spread.length === 0
}

/** Whether the members of a value are all known. */
export function isClosed(linker: Linker, value: Value | undefined, depth = 0): boolean {
  if (value === undefined || depth > MAX_DEPTH) return false
  switch (value.kind) {
    case 'basic':
    case 'literal':
    case 'tuple':
    case 'function':
    case 'constructor':
      return true
    case 'static': {
      const base = linker.units.field(value.declaration, Field.class.base)
      return base === 0 || isClosed(linker, linker.typeOf(base), depth + 1)
    }
    case 'instance':
      return basesOf(linker, value).every((one) => isClosed(linker, one, depth + 1))
    case 'object':
      return membersOf(linker, value.at).spread.every((one) => isClosed(linker, linker.typeOf(one), depth + 1))
    case 'intersection':
      return value.list.every((one) => isClosed(linker, one, depth + 1))
    default:
      return false
  }
}

function isPlain({ kind }: Value): boolean {
  return kind === 'basic' || kind === 'literal'
}

function extendsBasic(value: Value, sort: number): boolean | undefined {
  switch (sort) {
    case Basic.any:
    case Basic.unknown:
      return true
    case Basic.never:
    case Basic.nothing:
      return value.kind === 'nothing'
    case Basic.object:
      return !isPlain(value) && value.kind !== 'nothing'
    default:
      if (value.kind === 'literal' || value.kind === 'basic') return baseOf(value.sort) === baseOf(sort)
      return value.kind === 'intersection' || value.kind === 'parameter' || value.kind === 'nothing' ? undefined : false
  }
}

function baseOf(sort: number): number {
  return sort === Basic.true || sort === Basic.false ? Basic.boolean : sort
}

function every<T>(list: readonly T[], holds: (one: T) => boolean | undefined): boolean | undefined {
  let isKnown = true
  for (const one of list) {
    const verdict = holds(one)
    if (verdict === false) return false
    if (verdict === undefined) isKnown = false
  }
  return isKnown ? true : undefined
}

const not = (verdict: boolean | undefined): boolean | undefined => (verdict === undefined ? undefined : !verdict)

function some<T>(list: readonly T[], holds: (one: T) => boolean | undefined): boolean | undefined {
  return not(every(list, (one) => not(holds(one))))
}

/** TypeScript's excess property check: whether an object literal has a member that the target type lacks. */
export function hasExcess(linker: Linker, object: number, given: Value | undefined): boolean {
  const target = linker.forced(given)
  if (target === undefined) return false
  const parts = target.kind === 'union' || target.kind === 'intersection' ? target.list : [target]
  for (const part of parts) {
    const one = linker.forced(part)
    if (one?.kind === 'nothing' || one?.kind === 'basic' || one?.kind === 'literal') continue
    if (one?.kind !== 'object' && one?.kind !== 'instance') return false
    if (!isClosed(linker, one) || isOpenType(linker, one)) return false
  }
  const { own } = membersOf(linker, object)
  for (const name of own.keys()) {
    const isWanted = parts.some((one) => {
      const found = linker.memberOf(one, name)
      return found !== undefined && !(isOfLibrary(linker, found) && OBJECT.has(linker.units.nameText(name)))
    })
    if (!isWanted) return true
  }
  return false
}

const OBJECT = new Set(['constructor', 'hasOwnProperty', 'isPrototypeOf', 'toLocaleString', 'toString', 'valueOf'])

/** A type with an index signature or without own members. */
function isOpenType(linker: Linker, value: Value & { kind: 'object' | 'instance' }): boolean {
  const containers = value.kind === 'object' ? [value.at] : value.declarations
  if (linker.units.kind(containers[0] ?? 0) === Kind.object) return true
  const all = containers.map((at) => membersOf(linker, at))
  return all.some(({ index }) => index.length > 0) || all.every(({ own }) => own.size === 0)
}
