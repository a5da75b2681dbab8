/** The types of declarations: variables, parameters, members, functions, classes. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic, Flag, Sort } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { expectedParameter } from './expected.ts'
import { arrayOf, awaited, elementOf } from './library.ts'
import { type Found, foundAt, type Linker, Question } from './linker.ts'
import { substitute } from './substitute.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

export function typeOfFound(linker: Linker, found: Found | undefined): Value | undefined {
  if (found === undefined) return undefined
  const { values } = linker
  if (found.isOutside) return values.outside
  if (found.module !== -1) return values.module(found.module)
  if (found.parts !== undefined) return values.union(found.parts.map((part) => linker.typeOfFound(part)))
  const [first] = found.declarations
  if (first === undefined)
    return found.symbol !== 0 && linker.units.field(found.symbol, Field.symbol.assigned) !== 0
      ? values.space(found.symbol)
      : undefined
  return linker.ask(Question.declaration, first, found.env, () => typeOfDeclarations(linker, found, first))
}

function typeOfDeclarations(linker: Linker, found: Found, given: number): Value | undefined {
  const { units, values } = linker
  const { env } = found
  let at = given
  let kind = units.kind(at)
  if (kind === Kind.interface || kind === Kind.alias || kind === Kind.namespace || kind === Kind.enum) {
    const value = found.declarations.find((one) => isValue(units.kind(one)))
    if (value !== undefined) {
      at = value
      kind = units.kind(at)
    }
  }
  switch (kind) {
    case Kind.function: {
      const all = found.declarations.filter((one) => units.kind(one) === Kind.function)
      const signatures = overloads(
        linker,
        all.map((one) => units.field(one, Field.function.signature)),
      )
      return values.function(signatures, env, units.field(at, Field.function.symbol))
    }
    case Kind.class:
      return values.static(at, env)
    case Kind.enum:
    case Kind.namespace:
      return values.space(kind === Kind.namespace ? units.field(at, Field.namespace.symbol) : found.symbol)
    case Kind.variable:
      return typeOfVariable(linker, at, env)
    case Kind.parameter:
      return typeOfParameter(linker, at, env)
    case Kind.binding:
      return typeOfBinding(linker, at, env)
    case Kind.assigned:
      return substitute(linker, linker.typeOf(units.field(at, Field.assigned.value)), env)
    case Kind.member:
      return typeOfMember(linker, found, at, env)
    case Kind.signature:
      // An index signature, or the signature of a method.
      return linker.resultOf(at, env)
    default:
      return kind >= Kind.reference ? linker.typeIn(at, env) : linker.typeOf(at)
  }
}

function isValue(kind: number): boolean {
  return kind === Kind.variable || kind === Kind.function || kind === Kind.class
}

/** Overloads, without the implementation. */
function overloads({ units }: Linker, signatures: readonly number[]): readonly number[] {
  if (signatures.length < 2) return signatures
  const declared = signatures.filter((at) => (units.field(at, Field.signature.flags) & Flag.body) === 0)
  return declared.length === 0 ? signatures : declared
}

function typeOfVariable(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const type = units.field(at, Field.variable.type)
  const value = units.field(at, Field.variable.value)
  const flags = units.field(at, Field.variable.flags)
  if (type !== 0) {
    const declared = linker.typeIn(type, env)
    if (declared?.kind === 'union' && (flags & Flag.const) !== 0 && value !== 0)
      return assignedPart(linker, declared, value)
    return declared
  }
  if ((flags & Flag.forOf) !== 0) {
    const element = elementOf(linker, substitute(linker, linker.typeOf(value), env))
    return (flags & Flag.awaited) === 0 ? element : awaited(linker, element)
  }
  if ((flags & Flag.forIn) !== 0) return values.basic(Basic.string)
  if ((flags & Flag.caught) !== 0) return undefined
  const first = value === 0 ? undefined : substitute(linker, linker.typeOf(value), env)
  if (first !== undefined && first.kind !== 'nothing') return first
  if (value !== 0 && first === undefined) return undefined
  const assigned = units.list(units.field(at, Field.variable.assigned))
  if (assigned.length === 0) return undefined
  const all = assigned.map((one) => linker.typeOf(one)).filter((one) => one?.kind !== 'nothing')
  return all.length === 0 ? undefined : values.union(all)
}

/** Narrow a declared union to the part that the initial value has. */
function assignedPart(linker: Linker, declared: Value & { kind: 'union' }, value: number): Value {
  const given = linker.typeOf(value)
  if (given?.kind !== 'instance') return declared
  return (
    declared.list.find((one) => one?.kind === 'instance' && one.declarations[0] === given.declarations[0]) ?? declared
  )
}

function typeOfParameter(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const type = units.field(at, Field.parameter.type)
  if (type !== 0) return linker.typeIn(type, env)
  const isExpected = units.field(units.field(at, Field.parameter.signature), Field.signature.expected) !== 0
  const expected = isExpected
    ? expectedParameter(linker, units.field(at, Field.parameter.signature), units.field(at, Field.parameter.index))
    : linker.values.any
  const fallback = units.field(at, Field.parameter.default)
  if (fallback !== 0 && (!isExpected || expected === undefined)) {
    const value = linker.typeOf(fallback)
    if (value !== undefined && value.kind !== 'nothing') return value
  }
  const isRest = (units.field(at, Field.parameter.flags) & Flag.rest) !== 0
  return substitute(linker, isRest ? arrayOf(linker, expected) : expected, env)
}

function typeOfBinding(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const flags = units.field(at, Field.binding.flags)
  const from = linker.typeOfFound(foundAt([units.field(at, Field.binding.holder)], env))
  const fallback = units.field(at, Field.binding.default)
  const found = partOf(linker, from, at, flags)
  if (found !== undefined || fallback === 0) return found
  return linker.typeOf(fallback)
}

function partOf(linker: Linker, from: Value | undefined, at: number, flags: number): Value | undefined {
  if (from === undefined) return undefined
  const { units } = linker
  const index = units.field(at, Field.binding.index)
  if ((flags & Flag.array) !== 0) {
    if (from.kind === 'tuple')
      return (flags & Flag.rest) === 0 ? from.list[index] : arrayOf(linker, elementOf(linker, from))
    if (from.kind === 'union') {
      return linker.values.union(
        from.list.map((one) => (one?.kind === 'tuple' ? one.list[index] : elementOf(linker, one))),
      )
    }
    return (flags & Flag.rest) === 0 ? elementOf(linker, from) : from
  }
  if ((flags & Flag.rest) !== 0) return from
  const key = units.field(at, Field.binding.key)
  if (key === 0) return undefined
  const member = linker.memberOf(from, key)
  return member === undefined ? undefined : linker.typeOfFound(resolveMemberAlias(linker, member))
}

function typeOfMember(linker: Linker, found: Found, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const type = units.field(at, Field.member.type)
  const value = units.field(at, Field.member.value)
  switch (units.field(at, Field.member.sort)) {
    case Sort.method: {
      const all = found.declarations.filter(
        (one) => units.kind(one) === Kind.member && units.field(one, Field.member.sort) === Sort.method,
      )
      const signatures = overloads(
        linker,
        all.map((one) => units.field(one, Field.member.value)),
      )
      return values.function(signatures, env)
    }
    case Sort.getter:
      return linker.resultOf(value, env)
    case Sort.setter: {
      const getter = found.declarations.find((one) => units.field(one, Field.member.sort) === Sort.getter)
      if (getter !== undefined) return linker.resultOf(units.field(getter, Field.member.value), env)
      const [parameter] = units.list(units.field(value, Field.signature.parameters))
      return parameter === undefined ? undefined : linker.typeOfFound(foundAt([parameter], env))
    }
    case Sort.parameter:
      return linker.typeOfFound(foundAt([value], env))
    case Sort.enumMember:
      // Each enum member has a literal type of its own.
      return values.literal(Basic.number, -at)
    default: {
      if (type !== 0) return linker.typeIn(type, env)
      if (value === 0) return undefined
      // `this.x = undefined` is less informative than later assignments.
      const own = substitute(linker, linker.typeOf(value), env)
      if (own?.kind !== 'nothing' || found.declarations.length < 2) return own
      for (const other of found.declarations) {
        const next =
          units.kind(other) === Kind.member ? linker.typeOf(units.field(other, Field.member.value)) : undefined
        if (next !== undefined && next.kind !== 'nothing') return next
      }
      return own
    }
  }
}
