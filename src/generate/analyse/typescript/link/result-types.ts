/** The result types of functions. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { awaited, libraryType, promiseOf } from './library.ts'
import { type Linker, Question } from './linker.ts'
import { typeKeepingThis } from './polymorphic-this.ts'
import { substitute } from './substitute.ts'
import { reducedUnion } from './subtype-reduction.ts'
import type { Env, Value } from './values.ts'

/** The result type of a function, from its annotation or its body. Its own type parameters are not substituted. */
export function resultOf(linker: Linker, signature: number, env: Env | undefined): Value | undefined {
  const { units } = linker
  const type = units.field(signature, Field.signature.result)
  if (type !== 0) return linker.typeIn(type, env)
  return substitute(linker, bodyType(linker, signature), env)
}

function bodyType(linker: Linker, signature: number): Value | undefined {
  return linker.ask(Question.body, signature, undefined, () => inferFromBody(linker, signature))
}

function inferFromBody(linker: Linker, signature: number): Value | undefined {
  const { units, values } = linker
  const flags = units.field(signature, Field.signature.flags)
  if ((flags & Flag.body) === 0) return undefined
  const returned = units.list(units.field(signature, Field.signature.returned))
  if ((flags & Flag.generator) !== 0) {
    const yielded = units.list(units.field(signature, Field.signature.yielded)).map((one) => linker.typeOf(one))
    const name = (flags & Flag.async) === 0 ? 'Generator' : 'AsyncGenerator'
    return libraryType(linker, name, [values.union(yielded)])
  }
  const all = returned.map((one) => typeKeepingThis(linker, one))
  const result = all.length === 0 ? values.nothing : reducedUnion(linker, all)
  return (flags & Flag.async) === 0 ? result : promiseOf(linker, awaited(linker, result))
}
