/** Narrows the type of a name by the conditions around it. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic, Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { derives, instanceMadeBy } from './classes.ts'
import { constraintOf, elementOf, libraryName } from './library.ts'
import type { Linker } from './linker.ts'
import { membersOf } from './own-members.ts'
import { reducedUnion } from './subtype-reduction.ts'
import { parameterAt } from './type-arguments.ts'
import type { Value } from './values.ts'

/** @param guards - A list of `guard…` records, innermost first; 0 for none. */
export function narrowed(linker: Linker, given: Value | undefined, guards: number): Value | undefined {
  if (guards === 0) return given
  const { units } = linker
  const list = units.list(guards)
  // An assignment invalidates earlier conditions.
  const end = list.findIndex((one) => units.kind(one) === Kind.guardAssigned)
  const used = end === -1 ? list : list.slice(0, end + 1)
  const constraint = given?.kind === 'parameter' ? constraintOf(linker, given) : undefined
  const before = constraint?.kind === 'union' ? constraint : given
  let value = before
  for (const guard of [...used].reverse()) value = apply(linker, value, guard)
  return value === before ? given : value
}

function apply(linker: Linker, value: Value | undefined, guard: number): Value | undefined {
  const { units } = linker
  switch (units.kind(guard)) {
    case Kind.guardInstance: {
      const wanted = instanceMadeBy(linker, linker.typeOf(units.field(guard, Field.guardInstance.class)), [])
      return narrowToType(linker, value, wanted, units.field(guard, Field.guardInstance.holds) === 1)
    }
    case Kind.guardPredicate:
      return byPredicate(linker, value, guard)
    case Kind.guardAssigned: {
      const assigned = linker.typeOf(units.field(guard, Field.guardAssigned.value))
      if (value === undefined) return undefined
      return value.kind === 'union' ? assignedParts(linker, value, assigned) : value
    }
    case Kind.guardLiteral:
      return byLiteral(
        linker,
        value,
        units.field(guard, Field.guardLiteral.property),
        units.list(units.field(guard, Field.guardLiteral.literals)),
        units.field(guard, Field.guardLiteral.holds) === 1,
      )
    case Kind.guardTruth:
      return byTruth(
        linker,
        value,
        units.field(guard, Field.guardTruth.property),
        units.field(guard, Field.guardTruth.holds) === 1,
      )
    case Kind.guardIn: {
      const name = units.field(guard, Field.guardIn.property)
      const holds = units.field(guard, Field.guardIn.holds) === 1
      return filterParts(linker, value, (one) => {
        const found = linker.memberOf(one, name)
        return found?.isOutside === true ? undefined : (found !== undefined) === holds
      })
    }
    case Kind.guardEither:
      return reducedUnion(
        linker,
        units.list(units.field(guard, Field.guardEither.lists)).map((list) => {
          let one = value
          for (const inner of units.list(list)) one = apply(linker, one, inner)
          return one
        }),
      )
    case Kind.guardTypeof:
      return byTypeof(
        linker,
        value,
        units.nameText(units.field(guard, Field.guardTypeof.text)),
        units.field(guard, Field.guardTypeof.holds) === 1,
      )
    default:
      return value
  }
}

/** The parts of a declared union that an assigned value has; the whole union if not known. */
function assignedParts(linker: Linker, value: Value & { kind: 'union' }, given: Value | undefined): Value | undefined {
  const all = given?.kind === 'union' ? given.list : [given]
  const parts = new Set<Value | undefined>()
  for (const one of all) {
    const part = value.list.find((other) => other !== undefined && (other === one || isOfSameDeclaration(other, one)))
    if (part === undefined) return value
    parts.add(part)
  }
  return linker.values.union([...parts])
}

function isOfSameDeclaration(value: Value, other: Value | undefined): boolean {
  return value.kind === 'instance' && other?.kind === 'instance' && value.declarations[0] === other.declarations[0]
}

/** Filter the parts of a union by a predicate; the whole union if no part remains. */
function filterParts(
  linker: Linker,
  value: Value | undefined,
  holds: (part: Value) => boolean | undefined,
): Value | undefined {
  if (value?.kind === 'intersection') {
    const union = value.list.find((one) => one?.kind === 'union')
    if (union === undefined) return value
    const inner = filterParts(linker, union, holds)
    return linker.values.intersection(value.list.map((one) => (one === union ? inner : one)))
  }
  if (value?.kind !== 'union') return value
  const parts = value.list.filter((one) => one === undefined || holds(one) !== false)
  return parts.length === 0 || parts.length === value.list.length ? value : linker.values.union(parts)
}

function narrowToType(
  linker: Linker,
  value: Value | undefined,
  wanted: Value | undefined,
  holds: boolean,
): Value | undefined {
  if (wanted === undefined) return holds ? undefined : value
  if (!holds) return filterParts(linker, value, (one) => (derives(linker, one, wanted) === true ? false : undefined))
  if (wanted.kind === 'outside') return wanted
  if (value === undefined || value.kind === 'any' || value.kind === 'outside') return wanted
  const parts = value.kind === 'union' ? value.list : [value]
  const fitting = parts.filter((one) => derives(linker, one, wanted) === true)
  if (fitting.length > 0) return linker.values.union(fitting)
  // A part that has all members of the wanted type already conforms to it.
  const alike = parts.filter((one) => one !== undefined && hasMembersOf(linker, one, wanted))
  return alike.length > 0 ? linker.values.union(alike) : wanted
}

/** Whether a value has all members of an interface, by name. */
function hasMembersOf(linker: Linker, value: Value, wanted: Value): boolean {
  if (value.kind !== 'instance' || wanted.kind !== 'instance') return false
  const [first] = wanted.declarations
  if (first === undefined || linker.units.kind(first) !== Kind.interface) return false
  for (const at of wanted.declarations)
    for (const name of membersOf(linker, at).own.keys()) if (linker.memberOf(value, name) === undefined) return false
  return true
}

function byPredicate(linker: Linker, value: Value | undefined, guard: number): Value | undefined {
  const { units } = linker
  const call = units.field(guard, Field.guardPredicate.call)
  if (units.kind(call) !== Kind.call) return value
  const index = units.field(guard, Field.guardPredicate.argument)
  const callee = linker.typeOf(units.field(call, Field.call.callee))
  if (callee === undefined || callee.kind === 'outside') return value
  for (const { at, env } of linker.signaturesOf(callee)) {
    const result = units.field(at, Field.signature.result)
    if (result === 0 || units.kind(result) !== Kind.predicate) continue
    const name = units.field(result, Field.predicate.parameter)
    const parameters = units.list(units.field(at, Field.signature.parameters))
    const position = name === 0 ? 0 : parameters.findIndex((one) => units.field(one, Field.parameter.name) === name) + 1
    const type = units.field(result, Field.predicate.type)
    if (position !== index || type === 0) continue
    const parameter = parameterAt(linker, type)
    if (parameter !== 0 && env?.values.get(parameter) === undefined) continue
    const wanted = linker.typeIn(type, env)
    const holds = units.field(guard, Field.guardPredicate.holds) === 1
    if (libraryName(linker, wanted) === 'Array')
      return filterParts(
        linker,
        value,
        (one) => (one.kind === 'tuple' || elementOf(linker, one) !== undefined) === holds,
      )
    if (wanted?.kind !== 'instance' && wanted?.kind !== 'object' && wanted?.kind !== 'union') return value
    if (wanted.kind !== 'instance') {
      if (holds) return wanted
      const parts: readonly (Value | undefined)[] = wanted.kind === 'union' ? wanted.list : [wanted]
      return filterParts(linker, value, (one) => (parts.includes(one) ? false : undefined))
    }
    return narrowToType(linker, value, wanted, holds)
  }
  return value
}

/** The literal types of a member (a discriminant); `undefined` if it may have other values. */
function literalsOf(linker: Linker, value: Value, name: number): readonly Value[] | undefined {
  const { values } = linker
  const found = linker.memberOf(value, name)
  if (found === undefined || found.isOutside) return undefined
  const type = linker.typeOfFound(found)
  const parts = type?.kind === 'union' ? type.list : [type]
  const literals: Value[] = []
  for (const one of parts) {
    const part = one?.kind === 'lazy' ? linker.forced(one) : one
    if (part?.kind === 'basic' && part.sort === Basic.boolean)
      literals.push(values.literal(Basic.true, 0), values.literal(Basic.false, 0))
    else if (part?.kind === 'literal' || part?.kind === 'nothing') literals.push(part)
    else return undefined
  }
  const [at] = found.declarations
  const isOptional =
    at !== undefined &&
    linker.units.kind(at) === Kind.member &&
    (linker.units.field(at, Field.member.flags) & Flag.optional) !== 0
  return isOptional ? [...literals, values.nothing] : literals
}

function byLiteral(
  linker: Linker,
  value: Value | undefined,
  name: number,
  wanted: readonly number[],
  holds: boolean,
): Value | undefined {
  const literals = wanted.map((one) => literalAt(linker, one))
  if (literals.some((one) => one === undefined)) return value
  return filterParts(linker, value, (one) => {
    const own = literalsOf(linker, one, name)
    if (own === undefined) return undefined
    return holds ? own.some((it) => literals.includes(it)) : !own.every((it) => literals.includes(it))
  })
}

function literalAt(linker: Linker, at: number): Value | undefined {
  const value = linker.typeOf(at)
  return value?.kind === 'literal' || value?.kind === 'nothing' ? value : undefined
}

function byTruth(linker: Linker, value: Value | undefined, name: number, holds: boolean): Value | undefined {
  const isFalse = (one: Value): boolean =>
    one.kind === 'nothing' || (one.kind === 'literal' && one.sort === Basic.false)
  return filterParts(linker, value, (one) => {
    const own = literalsOf(linker, one, name)
    if (own === undefined) return undefined
    return holds ? own.some((it) => !isFalse(it)) : own.some(isFalse)
  })
}

function byTypeof(linker: Linker, value: Value | undefined, text: string, holds: boolean): Value | undefined {
  return filterParts(linker, value, (one) => {
    const own = typeofOf(linker, one)
    return own === undefined ? undefined : (own === text) === holds
  })
}

function typeofOf(linker: Linker, value: Value): string | undefined {
  switch (value.kind) {
    case 'function':
    case 'static':
    case 'constructor':
      return 'function'
    case 'literal':
    case 'basic':
      return TYPEOF[value.sort]
    case 'nothing':
      return 'undefined'
    case 'tuple':
    case 'made':
      return 'object'
    case 'instance':
    case 'object':
      return linker.signaturesOf(value).length > 0 || linker.signaturesOf(value, true).length > 0
        ? 'function'
        : 'object'
    default:
      return undefined
  }
}

const TYPEOF: Record<number, string> = {
  [Basic.string]: 'string',
  [Basic.number]: 'number',
  [Basic.boolean]: 'boolean',
  [Basic.true]: 'boolean',
  [Basic.false]: 'boolean',
  [Basic.symbol]: 'symbol',
  [Basic.bigint]: 'bigint',
}
