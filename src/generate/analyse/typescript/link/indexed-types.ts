/** Indexed access types `T[K]`, `keyof T`, and mapped types `{ [K in keyof T]: … }`. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Basic } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { arrayOf, elementOf } from './library.ts'
import type { Linker } from './linker.ts'
import { membersOf } from './own-members.ts'
import { parameterAt } from './type-arguments.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

/** Limit on the members of `T[keyof T]`. */
const MAX_KEYS = 64

export function indexedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const object = linker.typeIn(units.field(at, Field.indexed.object), env)
  const index = linker.typeIn(units.field(at, Field.indexed.index), env)
  return indexedValue(linker, object, index)
}

function indexedValue(linker: Linker, object: Value | undefined, index: Value | undefined): Value | undefined {
  const { values } = linker
  if (object === undefined || index === undefined) return undefined
  if (object.kind === 'outside') return object
  if (index.kind === 'union') return values.union(index.list.map((one) => indexedValue(linker, object, one)))
  if (object.kind === 'tuple' && index.kind === 'literal' && linker.units.nameText(index.text) === 'length')
    return values.literal(Basic.number, linker.units.records.nameOf(String(object.list.length)))
  if (index.kind === 'literal' && index.sort === Basic.string) return memberType(linker, object, index.text)
  if (index.kind === 'keys') {
    const names = ownNames(linker, index.of)
    return names.length === 0 ? undefined : values.union(names.map((name) => memberType(linker, object, name)))
  }
  if (index.kind === 'literal' && index.sort === Basic.number && object.kind === 'tuple')
    return object.list[Number(linker.units.nameText(index.text))]
  const isNumber = (index.kind === 'basic' || index.kind === 'literal') && index.sort === Basic.number
  if (isNumber) return elementOf(linker, object)
  return undefined
}

function memberType(linker: Linker, object: Value, name: number): Value | undefined {
  const member = linker.memberOf(object, name)
  return member === undefined ? undefined : linker.typeOfFound(resolveMemberAlias(linker, member))
}

/** The names of the members that a type declares itself; none if there are too many, or they are not known. */
function ownNames(linker: Linker, of: Value): number[] {
  const declarations = of.kind === 'instance' ? of.declarations : of.kind === 'object' ? [of.at] : []
  const names = new Set<number>()
  for (const at of declarations)
    for (const name of membersOf(linker, at).own.keys()) {
      if (names.size === MAX_KEYS) return []
      names.add(name)
    }
  return [...names]
}

/**
 * Arrays and tuples are mapped at once, and so is each part of a union that is the argument of a type parameter, as in
 * TypeScript. Members of other mapped types are evaluated by name.
 */
export function mappedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const [parameter] = units.list(units.field(at, Field.mapped.parameter))
  const constraint = units.field(at, Field.mapped.constraint)
  const type = units.field(at, Field.mapped.type)
  if (parameter === undefined || type === 0) return undefined
  if (units.kind(constraint) === Kind.keyOf) {
    const written = units.field(constraint, Field.keyOf.type)
    const source = linker.typeIn(written, env)
    const name = units.kind(written) === Kind.reference ? parameterAt(linker, written) : 0
    if (source?.kind === 'union' && name !== 0)
      return values.union(
        source.list.map((one) =>
          one === undefined ? undefined : linker.typeIn(at, values.env(new Map([...(env?.values ?? []), [name, one]]))),
        ),
      )
    const inner = (key: Value): Value | undefined =>
      linker.typeIn(type, values.env(new Map([...(env?.values ?? []), [parameter, key]])))
    if (source?.kind === 'tuple')
      return values.tuple(
        source.list.map((_, index) => inner(values.literal(Basic.number, units.records.nameOf(String(index))))),
      )
    if (source?.kind === 'instance' && elementOf(linker, source) !== undefined)
      return arrayOf(linker, inner(values.basic(Basic.number)))
  }
  return values.mapped(at, env)
}

/** Keys are not listed; membership is tested on demand. */
export function keysOf({ values }: Linker, of: Value | undefined): Value {
  return of === undefined ? values.any : values.keys(of)
}
