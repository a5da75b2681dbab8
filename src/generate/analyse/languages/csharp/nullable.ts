/** Nullable types: `T?` of a value type is a separate type, `Nullable<T>`; `T?` of a class is the class. */

import type { Value } from '#generate/analyse/engine/language.ts'
import { VALUE_TYPES } from './value-types.ts'

/** Members of `Nullable<T>` itself. */
export const OF_NULLABLE: ReadonlySet<string> = new Set(['Value', 'HasValue', 'GetValueOrDefault'])

export function nullableOf(value: Value): Value {
  if (value.kind !== 'instance' && value.kind !== 'type') return value
  const isValueType = value.decl === null ? VALUE_TYPES.has(value.name) : isStruct(value.decl.kind)
  if (!isValueType) return value
  return { kind: value.kind, decl: null, name: 'Nullable', args: [{ ...value, kind: 'instance' }] }
}

const isStruct = (kind: string): boolean => kind === 'struct' || kind === 'enum'

/** The value of a `T?` that is not null; `undefined` if the value is not a `T?`. */
export function insideNullable(value: Value): Value | undefined {
  return value.kind === 'instance' && value.decl === null && value.name === 'Nullable' ? value.args[0] : undefined
}

/** Scores how well values match if one of them is a `T?`; `undefined` if neither is. */
export function nullableScore(
  given: Value,
  wanted: Value,
  conversionScore: (given: Value, wanted: Value) => number | undefined,
): number | undefined {
  const [from, to] = [insideNullable(given), insideNullable(wanted)]
  if (to === undefined) {
    if (from === undefined || wanted.kind !== 'instance') return undefined
    const isValueType =
      wanted.decl === null ? VALUE_TYPES.has(wanted.name) || wanted.name === 'string' : isStruct(wanted.decl.kind)
    return isValueType ? -5 : undefined
  }
  if (given.kind === 'instance' && given.decl === null && given.name === 'null') return 1
  const inner = from ?? given
  if (inner.kind !== 'instance' || to.kind !== 'instance') return undefined
  const isSame = inner.decl === to.decl && inner.name === to.name
  if (isSame) return from === undefined ? 2.7 : 3
  const fit = inner.decl !== null || to.decl !== null ? -5 : (conversionScore(inner, to) ?? -5)
  return fit > 0 ? fit - 0.3 : -5
}
