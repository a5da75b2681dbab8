/** Evaluates type arguments and references to type parameters. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import type { Linker } from './linker.ts'
import { restricted } from './type-parameters.ts'
import type { Env, Value } from './values.ts'

/** A type argument, evaluated lazily unless it is trivial. */
export function argumentFor(linker: Linker, at: number, env: Env | undefined): Value {
  const { units, values } = linker
  const kind = units.kind(at)
  if (kind === Kind.basic || kind === Kind.literal) return linker.typeIn(at, undefined) ?? values.any
  const parameter = kind === Kind.reference ? parameterAt(linker, at) : 0
  if (parameter !== 0) return env?.values.get(parameter) ?? values.parameter(parameter)
  return values.lazy(at, restricted(linker, at, env))
}

/** The type parameter that a reference names; 0 for other types. */
export function parameterAt(linker: Linker, at: number): number {
  const { units } = linker
  if (units.kind(at) !== Kind.reference) return 0
  const name = units.field(at, Field.reference.entity)
  if (units.kind(name) !== Kind.name || units.field(name, Field.name.symbol) === 0) return 0
  const [declaration] = linker.declarationsOf(units.field(name, Field.name.symbol), Meaning.type)
  return declaration !== undefined && units.kind(declaration) === Kind.typeParameter ? declaration : 0
}
