/** Indexed access types `T[K]`, `keyof T`, and mapped types `{ [K in keyof T]: … }`. */

import { Basic, Field, Kind } from '#generate/analyse/typescript/summary/records.ts'
import { arrayOf, elementOf } from './library.ts'
import type { Linker } from './linker.ts'
import { passedMember } from './passed-values.ts'
import { parameterAt } from './type-arguments.ts'
import type { Env, Value } from './values.ts'

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
  if (index.kind === 'literal' && index.sort === Basic.string) {
    const member = linker.memberOf(object, index.text)
    if (member === undefined) return undefined
    return linker.typeOfFound(passedMember(linker, member))
  }
  if (index.kind === 'literal' && index.sort === Basic.number && object.kind === 'tuple')
    return object.list[Number(linker.units.nameText(index.text))]
  const isNumber = (index.kind === 'basic' || index.kind === 'literal') && index.sort === Basic.number
  if (isNumber) return elementOf(linker, object)
  return undefined
}

/** Arrays and tuples are mapped at once; members of other mapped types are evaluated by name. */
export function mappedType(linker: Linker, at: number, env: Env | undefined): Value | undefined {
  const { units, values } = linker
  const [parameter] = units.list(units.field(at, Field.mapped.parameter))
  const constraint = units.field(at, Field.mapped.constraint)
  const type = units.field(at, Field.mapped.type)
  if (parameter === undefined || type === 0) return undefined
  if (units.kind(constraint) === Kind.keyOf) {
    const source = linker.typeIn(units.field(constraint, Field.keyOf.type), env)
    if (source?.kind === 'union')
      return values.union(
        source.list.map((one) => {
          const inner = units.field(constraint, Field.keyOf.type)
          const name = units.kind(inner) === Kind.reference ? parameterAt(linker, inner) : 0
          if (name === 0 || one === undefined) return one
          return linker.typeIn(at, values.env(new Map([...(env?.values ?? []), [name, one]])))
        }),
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
