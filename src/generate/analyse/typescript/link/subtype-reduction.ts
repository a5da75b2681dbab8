/** Reduces the union of several types by dropping subtypes. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { isAssignable } from './assignable.ts'
import { derives, instanceDeclarations } from './classes.ts'
import type { Linker } from './linker.ts'
import type { Value } from './values.ts'

/** The union of several types, without those that are subtypes of another. */
export function reducedUnion(linker: Linker, list: readonly (Value | undefined)[]): Value | undefined {
  const union = linker.values.union(list)
  if (union?.kind !== 'union' || union.list.length > MAX_COMPARED) return union
  const left = union.list.filter(
    (one) => !union.list.some((other) => one !== other && one !== undefined && isSubtype(linker, one, other)),
  )
  return left.length === 0 || left.length === union.list.length ? union : linker.values.union(left)
}

const MAX_COMPARED = 8

/** Whether a type extends or implements another type. */
function isSubtype(linker: Linker, value: Value, of: Value | undefined): boolean {
  if (of === undefined) return false
  if (value.kind === 'static' && of.kind === 'static') {
    const { values } = linker
    const [own, other] = [value, of].map(({ declaration, env }) =>
      values.instance(instanceDeclarations(linker, declaration), env),
    )
    return own !== undefined && isSubtype(linker, own, other)
  }
  if (of.kind !== 'instance' || value.kind !== 'instance' || value.declarations[0] === of.declarations[0]) return false
  if (derives(linker, value, of) === true || isAlike(linker, value, of)) return true
  return value.declarations.some((at) =>
    implementedBy(linker, at).some((type) => {
      const one = linker.typeIn(type, value.env)
      return one !== undefined && derives(linker, one, of) === true
    }),
  )
}

/** Whether a value has the shape of an interface, but not the other way round. */
function isAlike(linker: Linker, value: Value, of: Value & { kind: 'instance' }): boolean {
  if (!of.declarations.every((at) => linker.units.kind(at) === Kind.interface)) return false
  return isAssignable(linker, value, of) === true && isAssignable(linker, of, value) === false
}

function implementedBy(linker: Linker, at: number): readonly number[] {
  const { units } = linker
  linker.touch(at)
  return units.kind(at) === Kind.class ? units.list(units.field(at, Field.class.implemented)) : []
}
