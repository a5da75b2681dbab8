/** `A extends B ? C : D`: one of the two where that is certain, else both. */

import { Basic, Flag, Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { derives } from './classes.ts'
import { entity, passedMember } from './exports.ts'
import { inferFrom } from './infer.ts'
import type { Linker } from './linker.ts'
import { membersOf } from './own-members.ts'
import { parameterAt } from './type-arguments.ts'
import type { Env, Value } from './values.ts'

const MAX_DEPTH = 6

export function conditionalType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const checked = units.field(at, 1)
  const value = linker.typeIn(checked, env)
  const parameter = parameterAt(linker, checked)
  if (value?.kind === 'union' && parameter !== 0) {
    // Each part by itself.
    return values.union(
      value.list.map((one) => {
        if (one === undefined) return undefined
        return decided(linker, at, one, values.env(new Map([...(env?.values ?? []), [parameter, one]])))
      }),
    )
  }
  return decided(linker, at, value, env)
}

function decided(linker: Linker, at: number, value: Value | undefined, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const whenTrue = units.field(at, 3)
  const whenFalse = units.field(at, 4)
  const inferred = units.list(units.field(at, 5)).flatMap((symbol) => units.list(units.field(symbol, 2)))
  const fits = extendsType(linker, value, units.field(at, 2), env)
  if (fits === false) return linker.typeIn(whenFalse, env)
  let inner = env
  if (inferred.length > 0 && value !== undefined) {
    const bound = new Map<number, Value>()
    inferFrom(linker, units.field(at, 2), env, value, new Set(inferred), bound)
    if (bound.size > 0) inner = values.env(new Map([...(env?.values ?? []), ...bound]))
  }
  if (fits === true) return linker.typeIn(whenTrue, inner)
  const all = [linker.typeIn(whenTrue, inner), linker.typeIn(whenFalse, env)].filter((one) => one !== undefined)
  return all.length === 0 ? undefined : values.union(all)
}

/** Whether a value is surely of a type, or surely not; `undefined` when that is not known. */
export function extendsType(
  linker: Linker,
  value: Value | undefined,
  at: number,
  env: Env | undefined,
  depth = 0,
): boolean | undefined {
  if (value === undefined || depth > MAX_DEPTH) return undefined
  const { units } = linker
  if (
    value.kind === 'any' ||
    value.kind === 'keys' ||
    value.kind === 'outside' ||
    value.kind === 'parameter' ||
    value.kind === 'lazy'
  )
    return undefined
  switch (units.kind(at)) {
    case Kind.basic:
      return extendsBasic(value, units.field(at, 1))
    case Kind.literal:
      if (value.kind === 'literal') return value.sort === units.field(at, 1) && value.text === units.field(at, 2)
      return value.kind === 'basic' ? (value.sort === units.field(at, 1) ? undefined : false) : false
    case Kind.functionType: {
      if (linker.signaturesOf(value).length > 0) return true
      return value.kind === 'basic' || value.kind === 'literal' || value.kind === 'tuple' ? false : undefined
    }
    case Kind.constructorType:
      if (value.kind === 'static' || value.kind === 'constructor') return true
      return value.kind === 'basic' || value.kind === 'literal' ? false : undefined
    case Kind.union: {
      let isKnown = true
      for (const one of units.list(units.field(at, 1))) {
        const fits = extendsType(linker, value, one, env, depth + 1)
        if (fits === true) return true
        if (fits === undefined) isKnown = false
      }
      return isKnown ? false : undefined
    }
    case Kind.typeLiteral:
      return hasMembers(linker, value, at, env, depth)
    case Kind.reference: {
      if (parameterAt(linker, at) !== 0) {
        const bound = env?.values.get(parameterAt(linker, at))
        if (bound === undefined) return true
      }
      const found = entity(linker, units.field(at, 1), Meaning.type)
      const declaration = found?.declarations.find((one) => units.kind(one) !== Kind.namespace)
      if (declaration === undefined) return undefined
      if (units.kind(declaration) === Kind.alias && !units.isLibrary(declaration))
        return extendsType(linker, value, units.field(declaration, 4), env, depth + 1)
      const target = linker.typeIn(at, env)
      if (target === undefined) return undefined
      const isDerived = derivesByName(linker, value, target)
      if (isDerived !== false) return isDerived
      if (target.kind === 'instance' && value.kind !== 'instance' && value.kind !== 'object') return false
      return structurally(linker, value, target)
    }
    case Kind.tuple:
      return extendsTuple(linker, value, units.list(units.field(at, 1)), env, depth)
    case Kind.arrayType:
      if (value.kind === 'tuple') return true
      return value.kind === 'basic' || value.kind === 'literal' || value.kind === 'function' ? false : undefined
    case Kind.indexed: {
      const target = linker.typeIn(at, env)
      if (value.kind === 'basic' && target?.kind === 'literal') return false
      return value === target ? true : undefined
    }
    default:
      return undefined
  }
}

function extendsTuple(
  linker: Linker,
  value: Value,
  items: readonly number[],
  env: Env | undefined,
  depth: number,
): boolean | undefined {
  if (value.kind !== 'tuple') return value.kind === 'basic' || value.kind === 'literal' ? false : undefined
  const isOpen = items.some((one) => linker.units.kind(one) === Kind.restType)
  const fixed = isOpen ? items.length - 1 : items.length
  if (value.list.length < fixed || (!isOpen && value.list.length > fixed)) return false
  let isKnown = true
  for (const [index, item] of items.entries()) {
    if (linker.units.kind(item) === Kind.restType) break
    const fits = extendsType(linker, value.list[index], item, env, depth + 1)
    if (fits === false) return false
    if (fits === undefined) isKnown = false
  }
  return isKnown ? true : undefined
}

/** Whether a value is of what a class or interface declares, whatever its type arguments are. */
function derivesByName(linker: Linker, value: Value, target: Value): boolean | undefined {
  if (target.kind !== 'instance') return undefined
  return derives(linker, value, target)
}

/** Not of a type when a member is missing. */
function structurally(linker: Linker, value: Value, target: Value): boolean | undefined {
  if (target.kind !== 'instance') return undefined
  for (const at of target.declarations) {
    for (const [name, members] of membersOf(linker, at).own) {
      const isOptional = members.some((one) => (linker.units.field(one, 4) & Flag.optional) !== 0)
      if (!isOptional && linker.memberOf(value, name) === undefined) return false
    }
  }
  return undefined
}

function hasMembers(
  linker: Linker,
  value: Value,
  at: number,
  env: Env | undefined,
  depth: number,
): boolean | undefined {
  const { units } = linker
  if (value.kind === 'nothing') return false
  let isKnown = true
  const { own, call, construct } = membersOf(linker, at)
  if (call.length + construct.length > 0) return undefined
  for (const [name, members] of own) {
    const [member] = members
    if (member === undefined || (units.field(member, 4) & Flag.optional) !== 0) continue
    const found = linker.memberOf(value, name)
    if (found === undefined) return false
    const type = units.field(member, 5)
    if (found.isOutside || type === 0) continue
    const fits = extendsType(linker, linker.typeOfFound(passedMember(linker, found)), type, env, depth + 1)
    if (fits === false) return false
    if (fits === undefined) isKnown = false
  }
  return isKnown ? true : undefined
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
      return value.kind !== 'basic' && value.kind !== 'literal' && value.kind !== 'nothing'
    default: {
      if (value.kind === 'literal' || value.kind === 'basic') return baseOf(value.sort) === baseOf(sort)
      return value.kind === 'union' || value.kind === 'intersection' ? undefined : false
    }
  }
}

function baseOf(sort: number): number {
  return sort === Basic.true || sort === Basic.false ? Basic.boolean : sort
}
