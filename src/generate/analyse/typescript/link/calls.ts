/** The types of calls: chooses the signature, infers its type arguments, and evaluates its result. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { parametersOf } from './assignable.ts'
import { instanceDeclarations, instanceMadeBy, instanceOf } from './classes.ts'
import { inferFrom } from './infer.ts'
import type { Linker, Signature } from './linker.ts'
import { chosenSignature } from './overloads.ts'
import { receiverOf, withReceiver } from './polymorphic-this.ts'
import { argumentFor } from './type-arguments.ts'
import type { Env, Value } from './values.ts'

export function typeOfConstruct(linker: Linker, at: number): Value | undefined {
  const { units } = linker
  const value = linker.typeOf(units.field(at, Field.construct.callee))
  const typeArguments = units
    .list(units.field(at, Field.construct.typeArguments))
    .map((one) => argumentFor(linker, one, undefined))
  if (value?.kind === 'static') {
    if (typeArguments.length > 0 || units.field(value.declaration, Field.class.typeParameters) === 0)
      return instanceOf(linker, value.declaration, typeArguments, value.env)
    return inferredInstance(linker, at, value)
  }
  if (value?.kind === 'instance' || value?.kind === 'object') {
    const chosen = chosenSignature(linker, at, linker.signaturesOf(value, true))
    return chosen && resultWith(linker, chosen, at)
  }
  return instanceMadeBy(linker, value, typeArguments)
}

/** Infer the type arguments of a class from the constructor's arguments. */
function inferredInstance(linker: Linker, at: number, value: Value & { kind: 'static' }): Value | undefined {
  const { units, values } = linker
  const parameters = units.list(units.field(value.declaration, Field.class.typeParameters))
  const wanted = new Set(parameters)
  const bound = new Map<number, Value>()
  const chosen = chosenSignature(linker, at, linker.signaturesOf(value, true))
  if (chosen !== undefined) inferFromArguments(linker, chosen, at, wanted, bound)
  if (bound.size < parameters.length) {
    const expected = linker.expectedOf(units.field(at, Field.construct.expected))
    if (expected?.kind === 'instance' && expected.declarations.includes(value.declaration)) {
      for (const one of parameters) {
        const known = expected.env?.values.get(one)
        if (known !== undefined && !bound.has(one)) bound.set(one, known)
      }
    }
  }
  const outer = new Map<number, Value>(value.env?.values ?? [])
  for (const parameter of parameters) {
    const fallback = units.field(parameter, Field.typeParameter.default)
    const known = bound.get(parameter)
    if (known !== undefined) outer.set(parameter, known)
    else if (fallback !== 0) outer.set(parameter, values.lazy(fallback, values.env(outer)))
  }
  return values.instance(instanceDeclarations(linker, value.declaration), values.env(outer))
}

/** Methods of a function that invoke it, or return it with some of its arguments. */
export const FUNCTION_METHODS: ReadonlySet<string> = new Set(['apply', 'bind', 'call'])

export function typeOfCall(linker: Linker, at: number): Value | undefined {
  const { units } = linker
  const callee = units.field(at, Field.call.callee)
  if (units.kind(callee) === Kind.access) {
    const name = units.nameText(units.field(callee, Field.access.name))
    if (FUNCTION_METHODS.has(name)) {
      const object = linker.typeOf(units.field(callee, Field.access.object))
      const [first] = linker.signaturesOf(object)
      if (first !== undefined) return name === 'bind' ? object : linker.resultOf(first.at, first.env)
    }
    if (name === 'create' && isGlobal(linker, units.field(callee, Field.access.object), 'Object'))
      return linker.typeOf(units.list(units.field(at, Field.call.arguments))[0] ?? 0)
  }
  const value = linker.typeOf(callee)
  if (value === undefined) return undefined
  if (value.kind === 'outside' || value.kind === 'any') return value
  const chosen = chosenSignature(linker, at, linker.signaturesOf(value))
  if (chosen === undefined) return undefined
  return withSelf(linker, resultWith(linker, chosen, at, callee), callee)
}

function isGlobal(linker: Linker, at: number, name: string): boolean {
  const { units } = linker
  return (
    units.kind(at) === Kind.name &&
    units.field(at, Field.name.symbol) === 0 &&
    units.nameText(units.field(at, Field.name.name)) === name
  )
}

/** A result of type `this` is the receiver of the call. */
function withSelf(linker: Linker, result: Value | undefined, callee: number): Value | undefined {
  const { values } = linker
  if (result === undefined) return undefined
  if (result.kind === 'self') {
    return receiverOf(linker, callee) ?? values.instance(instanceDeclarations(linker, result.declaration), result.env)
  }
  if (result.kind === 'union' && result.list.some((one) => one?.kind === 'self'))
    return values.union(result.list.map((one) => (one?.kind === 'self' ? withSelf(linker, one, callee) : one)))
  return result
}

/** The result of a call of a signature. @param callee - 0 for `new`. */
function resultWith(linker: Linker, signature: Signature, call: number, callee = 0): Value | undefined {
  const { at } = signature
  const env = boundFor(linker, signature, call, false)
  return linker.resultOf(at, withReceiver(linker, linker.units.field(at, Field.signature.result), env, callee))
}

/** Bind the type parameters of a signature for a call. @param isEarly - Without inference from function expressions. */
export function boundFor(linker: Linker, { at, env }: Signature, call: number, isEarly: boolean): Env | undefined {
  const { units, values } = linker
  const parameters = units.list(units.field(at, Field.signature.typeParameters))
  if (parameters.length === 0) return env
  const all = new Map<number, Value>(env?.values ?? [])
  const written = units.list(units.field(call, Field.call.typeArguments))
  const bound = new Map<number, Value>()
  for (const [index, parameter] of parameters.entries()) {
    const type = written[index]
    if (type !== undefined) bound.set(parameter, argumentFor(linker, type, undefined))
  }
  if (written.length === 0) {
    const wanted = new Set(parameters)
    inferFromArguments(linker, { at, env }, call, wanted, bound, isEarly)
    if (bound.size < parameters.length) {
      const expected = linker.expectedOf(units.field(call, Field.call.expected))
      if (expected !== undefined && expected.kind !== 'any' && expected.kind !== 'outside') {
        const more = new Map(bound)
        inferFrom(linker, units.field(at, Field.signature.result), env, expected, wanted, more)
        // The expected type may contain type parameters that are unknown themselves.
        for (const [parameter, value] of more) if (!hasParameter(value)) bound.set(parameter, value)
      }
    }
  }
  for (const parameter of parameters) {
    const known = bound.get(parameter)
    const fallback = units.field(parameter, Field.typeParameter.default)
    if (known !== undefined) all.set(parameter, known)
    else if (fallback !== 0 && !isEarly) all.set(parameter, values.lazy(fallback, values.env(all)))
  }
  return values.env(all)
}

function hasParameter(value: Value | undefined, depth = 0): boolean {
  switch (value?.kind) {
    case 'parameter':
      return true
    case 'union':
    case 'intersection':
    case 'tuple':
      return depth < MAX_DEPTH && value.list.some((one) => hasParameter(one, depth + 1))
    case 'instance':
      return depth < MAX_DEPTH && [...(value.env?.values.values() ?? [])].some((one) => hasParameter(one, depth + 1))
    default:
      return false
  }
}

const MAX_DEPTH = 3

function inferFromArguments(
  linker: Linker,
  { at, env }: Signature,
  call: number,
  wanted: ReadonlySet<number>,
  bound: Map<number, Value>,
  isEarly = false,
): void {
  const { units, values } = linker
  const parameters = parametersOf(linker, at)
  const args = units.list(units.field(call, Field.call.arguments))
  const isLambda = (one: number): boolean =>
    units.kind(one) === Kind.lambda &&
    units.lengthOf(units.field(units.field(one, Field.lambda.signature), Field.signature.parameters)) > 0
  // Function expressions come last, because their parameter types depend on the other arguments.
  const order = [...args.keys()].sort((a, b) => Number(isLambda(args[a] ?? 0)) - Number(isLambda(args[b] ?? 0)))
  const isSkipped = (one: number): boolean => isEarly && (isLambda(one) || units.kind(one) === Kind.object)
  let isRestInferred = false
  for (const index of order) {
    const argument = args[index] ?? 0
    if (isSkipped(argument)) continue
    const parameter = parameters[index] ?? parameters.at(-1)
    if (parameter === undefined) continue
    const type = units.field(parameter, Field.parameter.type)
    if (type === 0 || bound.size === wanted.size) continue
    const isRest = (units.field(parameter, Field.parameter.flags) & Flag.rest) !== 0
    if (isRest) {
      if (isRestInferred) continue
      isRestInferred = true
      const rest = args
        .slice(parameters.length - 1)
        .map((one) => (isSkipped(one) ? undefined : argumentValue(linker, one, 0)))
      inferFrom(linker, type, env, values.tuple(rest), wanted, bound)
      continue
    }
    inferFrom(linker, type, env, argumentValue(linker, argument, type), wanted, bound)
  }
}

/** The type of an argument; an array literal is a tuple if the parameter may be one. */
function argumentValue(linker: Linker, at: number, type: number): Value | undefined {
  const { units } = linker
  if (units.kind(at) === Kind.array && type !== 0 && units.kind(type) === Kind.reference) return tupleOf(linker, at)
  return linker.typeOf(at)
}

/** An array literal as a tuple. */
export function tupleOf(linker: Linker, at: number): Value | undefined {
  const { units, values } = linker
  const items = units.list(units.field(at, Field.array.elements))
  if (items.some((one) => units.kind(one) === Kind.spread)) return linker.typeOf(at)
  return values.tuple(items.map((one) => linker.typeOf(one)))
}
