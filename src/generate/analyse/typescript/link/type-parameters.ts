/**
 * Finds the type parameters that occur in a type, so that its env can be reduced to them and equal types are evaluated
 * once.
 */

import { append } from '#base/long-arrays.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind, LAYOUTS } from '#generate/analyse/typescript/summary/records.ts'
import type { Linker } from './linker.ts'
import type { Env } from './values.ts'

/** The maximum number of records of one type to visit. */
const MAX_RECORDS = 2_000

/** The part of an env that a type depends on. */
export function restricted(linker: Linker, at: number, env: Env | undefined): Env | undefined {
  if (env === undefined) return undefined
  const wanted = parametersIn(linker, at)
  return typeof wanted === 'string' ? env : linker.values.restrict(env, wanted)
}

/** Whether the type `this` occurs in a type. */
export const mentionsThis = (linker: Linker, at: number): boolean => parametersIn(linker, at) === 'this'

/** The type parameters in a type: `any` if it may be any in scope, `this` if so because of the type `this`. */
export type ParametersIn = readonly number[] | 'any' | 'this'

function parametersIn(linker: Linker, at: number): ParametersIn {
  let known = linker.parametersIn.get(at)
  if (known === undefined) {
    known = read(linker, at)
    linker.parametersIn.set(at, known)
  }
  return known
}

function read({ units }: Linker, type: number): ParametersIn {
  const found = new Set<number>()
  const seen = new Set<number>()
  const pending = [type]
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    if (at === 0 || seen.has(at)) continue
    seen.add(at)
    if (seen.size > MAX_RECORDS) return 'any'
    const kind = units.kind(at)
    switch (kind) {
      case Kind.name: {
        const symbol = units.field(at, Field.name.symbol)
        if (symbol === 0) break
        for (const one of units.list(units.field(symbol, Field.symbol.declarations)))
          if (units.kind(one) === Kind.typeParameter) found.add(one)
        break
      }
      case Kind.list:
        append(pending, units.list(at))
        break
      case Kind.signature:
        if (units.field(at, Field.signature.result) === 0) return 'any'
        pending.push(
          units.field(at, Field.signature.typeParameters),
          units.field(at, Field.signature.parameters),
          units.field(at, Field.signature.result),
          units.field(at, Field.signature.thisType),
        )
        break
      case Kind.parameter:
        pending.push(units.field(at, Field.parameter.type))
        break
      case Kind.member:
        pending.push(units.field(at, Field.member.type), units.field(at, Field.member.value))
        break
      case Kind.typeParameter:
        pending.push(units.field(at, Field.typeParameter.constraint), units.field(at, Field.typeParameter.default))
        break
      case Kind.thisType:
        return 'this'
      case Kind.object:
        return 'any'
      case Kind.typeQuery:
        break
      default: {
        if (kind < Kind.reference || kind > Kind.restType) break
        const layout = LAYOUTS[kind] ?? ''
        for (let field = 0; field < layout.length; field++)
          if (layout[field] === 'r') pending.push(units.field(at, field + 1))
      }
    }
  }
  return [...found]
}
