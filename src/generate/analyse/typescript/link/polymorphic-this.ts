/**
 * The polymorphic `this` type. Inferred method results keep it; a call replaces it with the type of its receiver.
 */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { instanceDeclarations } from './classes.ts'
import { type Linker, RECEIVER, type Signature } from './linker.ts'
import { chosenSignature } from './overloads.ts'
import { reducedUnion } from './subtype-reduction.ts'
import { mentionsThis } from './type-parameters.ts'
import type { Env, Value } from './values.ts'

/** The maximum length of a chain of variables and calls, `let next = this.clone().copy()`. */
const MAX_STEPS = 20

/** The fields of the alternatives of an expression. */
const PARTS: ReadonlyMap<number, readonly number[]> = new Map([
  [Kind.either, [Field.either.first, Field.either.second]],
  [Kind.orElse, [Field.orElse.first, Field.orElse.second]],
])

/** The type of the receiver of a call: `a` of `a.b()`. @returns `undefined` if there is none or it is not known. */
export function receiverOf(linker: Linker, callee: number): Value | undefined {
  const { units, values } = linker
  if (units.kind(callee) !== Kind.access) return undefined
  const at = units.field(callee, Field.access.object)
  // A method of the base class returns the `this` of the class that calls it.
  if (units.kind(at) === Kind.super && units.field(at, Field.super.isStatic) === 0)
    return values.instance(instanceDeclarations(linker, units.field(at, Field.super.class)), undefined)
  const object = linker.typeOf(at)
  return object?.kind === 'outside' ? undefined : object
}

/** The env for a type in a signature, with `this` bound to the receiver; the same env if the type has no `this`. */
export function withReceiver(linker: Linker, type: number, env: Env | undefined, callee: number): Env | undefined {
  if (!mentionsThis(linker, type)) return env
  const receiver = receiverOf(linker, callee)
  if (receiver === undefined) return env
  return linker.values.env(new Map([...(env?.values ?? []), [RECEIVER, receiver]])) ?? env
}

/**
 * The type of an expression; polymorphic `this` is kept for `this` itself, variables initialised with it, calls that return
 * it, and alternatives of these: `a ? b : c`, `a ?? b`, `a || b`.
 */
export function typeKeepingThis(linker: Linker, at: number, steps = 0): Value | undefined {
  const { units, values } = linker
  const parts = PARTS.get(units.kind(at))
  if (parts !== undefined && steps < MAX_STEPS)
    return reducedUnion(
      linker,
      parts.map((part) => typeKeepingThis(linker, units.field(at, part), steps + 1)),
    )
  const container = classOfThis(linker, at, steps)
  return container === 0 ? linker.typeOf(at) : values.self(container, undefined)
}

/** The class or interface whose polymorphic `this` is the type of the expression; 0 for other types. */
function classOfThis(linker: Linker, at: number, steps: number): number {
  const { units } = linker
  if (steps > MAX_STEPS) return 0
  switch (units.kind(at)) {
    case Kind.this: {
      const container = units.field(at, Field.this.container)
      const isOfClass = units.kind(container) === Kind.class && units.field(at, Field.this.isStatic) === 0
      return isOfClass ? container : 0
    }
    case Kind.super:
      return units.field(at, Field.super.isStatic) === 0 ? units.field(at, Field.super.class) : 0
    case Kind.name: {
      const [variable, ...others] = linker.foundByName(at, Meaning.value)?.declarations ?? []
      const isVariable = variable !== undefined && others.length === 0 && units.kind(variable) === Kind.variable
      if (!isVariable || units.field(variable, Field.variable.type) !== 0) return 0
      const value = units.field(variable, Field.variable.value)
      return value === 0 ? 0 : classOfThis(linker, value, steps + 1)
    }
    case Kind.call: {
      const callee = units.field(at, Field.call.callee)
      if (units.kind(callee) !== Kind.access) return 0
      const container = classOfThis(linker, units.field(callee, Field.access.object), steps + 1)
      if (container === 0) return 0
      const chosen = chosenSignature(linker, at, linker.signaturesOf(linker.typeOf(callee)))
      return chosen !== undefined && returnsThis(linker, chosen) ? container : 0
    }
    default:
      return 0
  }
}

const returnsThis = (linker: Linker, { at, env }: Signature): boolean => linker.resultOf(at, env)?.kind === 'self'
