/**
 * Contextual types: the type that is expected of an expression, which also gives the parameter types of function
 * expressions.
 */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { parametersOf } from './assignable.ts'
import { boundFor } from './calls.ts'
import { awaited, elementOf } from './library.ts'
import { foundAt, type Linker, Question, type Signature } from './linker.ts'
import { acceptsArguments } from './overloads.ts'
import { withReceiver } from './polymorphic-this.ts'
import { resolveMemberAlias } from './value-aliases.ts'
import type { Env, Value } from './values.ts'

/** @param at - An `expected…` record; 0 for none. */
export function expectedOf(linker: Linker, at: number): Value | undefined {
  return at === 0 ? undefined : linker.ask(Question.expected, at, undefined, () => computeExpected(linker, at))
}

function computeExpected(linker: Linker, at: number): Value | undefined {
  const { units } = linker
  const of = units.field(at, Field.expectedType.of)
  switch (units.kind(at)) {
    case Kind.expectedType:
      return linker.typeIn(of, undefined)
    case Kind.expectedAssigned:
      return linker.typeOf(of)
    case Kind.expectedProperty: {
      const object = linker.expectedOf(units.field(of, Field.object.expected))
      return memberType(linker, object, units.field(at, Field.expectedProperty.name))
    }
    case Kind.expectedElement: {
      const list = linker.expectedOf(units.field(of, Field.array.expected))
      return list?.kind === 'tuple' ? list.list[units.field(at, Field.expectedElement.index)] : elementOf(linker, list)
    }
    case Kind.expectedReturn: {
      const type = units.field(of, Field.signature.result)
      const isAsync = (units.field(of, Field.signature.flags) & Flag.async) !== 0
      if (type !== 0) {
        const value = linker.typeIn(type, undefined)
        return isAsync ? awaited(linker, value) : value
      }
      const [signature] = linker.signaturesOf(linker.expectedOf(units.field(of, Field.signature.expected)))
      const value = signature && linker.resultOf(signature.at, signature.env)
      return isAsync ? awaited(linker, value) : value
    }
    case Kind.expectedArgument:
      return expectedArgument(linker, of, units.field(at, Field.expectedArgument.index))
    case Kind.expectedAttribute: {
      const [signature] = linker.signaturesOf(linker.typeOf(of))
      const [parameter] =
        signature === undefined ? [] : units.list(units.field(signature.at, Field.signature.parameters))
      if (signature === undefined || parameter === undefined) return undefined
      return memberType(
        linker,
        linker.typeOfFound(foundAt([parameter], signature.env)),
        units.field(at, Field.expectedAttribute.name),
      )
    }
    default:
      return undefined
  }
}

/** For a union, the parts that have the member. */
function memberType(linker: Linker, object: Value | undefined, name: number): Value | undefined {
  if (object?.kind === 'union') {
    const all = object.list.map((one) => memberType(linker, one, name)).filter((one) => one !== undefined)
    return all.length === 0 ? undefined : linker.values.union(all)
  }
  const member = linker.memberOf(object, name)
  return member && linker.typeOfFound(resolveMemberAlias(linker, member))
}

function expectedArgument(linker: Linker, call: number, index: number): Value | undefined {
  const { units, values } = linker
  const isConstruct = units.kind(call) === Kind.construct
  const callee = linker.typeOf(units.field(call, Field.call.callee))
  if (callee?.kind === 'outside') return callee
  const args = units.list(units.field(call, Field.call.arguments))
  const argument = args[index] ?? 0
  const isLambda = units.kind(argument) === Kind.lambda
  const found: Value[] = []
  const signatures = linker.signaturesOf(callee, isConstruct)
  const isOneOf = signatures.length > 1
  for (const signature of signatures) {
    if (isOneOf && !mayBeMeant(linker, signature, args, index)) continue
    const value = parameterType(linker, signature, call, index)
    if (value === undefined || value.kind === 'nothing') continue
    if (isLambda && value.kind !== 'outside' && linker.signaturesOf(value).length === 0) continue
    found.push(value)
    if (isLambda || found.length === MAX_OVERLOADS) break
  }
  return found.length > 1 ? values.union(found) : found[0]
}

/** Limit on the overloads that contribute to the expected type. */
const MAX_OVERLOADS = 4

/** Whether the number of arguments and the types of the other arguments match a signature. */
function mayBeMeant(linker: Linker, signature: Signature, args: readonly number[], index: number): boolean {
  const parameters = parametersOf(linker, signature.at)
  const isOpen = parameters.some((one) => (linker.units.field(one, Field.parameter.flags) & Flag.rest) !== 0)
  return (isOpen || args.length <= parameters.length) && acceptsArguments(linker, signature, args, index)
}

function parameterType(linker: Linker, signature: Signature, call: number, index: number): Value | undefined {
  const { units } = linker
  const parameters = parametersOf(linker, signature.at)
  const parameter = parameters[index] ?? parameters.at(-1)
  if (parameter === undefined) return undefined
  const type = units.field(parameter, Field.parameter.type)
  const isRest = (units.field(parameter, Field.parameter.flags) & Flag.rest) !== 0
  if (!isRest && parameters[index] === undefined) return undefined
  if (type === 0) return undefined
  const env: Env | undefined = boundFor(linker, signature, call, true)
  const value = linker.typeIn(type, withReceiver(linker, type, env, units.field(call, Field.call.callee)))
  if (!isRest) return value
  return value?.kind === 'tuple' ? value.list[index - parameters.length + 1] : elementOf(linker, value)
}

/** The type of an unannotated parameter, from the contextual type of its function. */
export function expectedParameter(linker: Linker, signature: number, index: number): Value | undefined {
  const { units } = linker
  const expected = linker.expectedOf(units.field(signature, Field.signature.expected))
  if (expected === undefined) return undefined
  if (expected.kind === 'outside') return expected
  for (const one of linker.signaturesOf(expected)) {
    const parameters = parametersOf(linker, one.at)
    const parameter = parameters[index] ?? parameters.at(-1)
    if (parameter === undefined) continue
    const isRest = (units.field(parameter, Field.parameter.flags) & Flag.rest) !== 0
    if (!isRest && parameters[index] === undefined) continue
    const value = linker.typeOfFound(foundAt([parameter], one.env))
    const own = !isRest
      ? value
      : value?.kind === 'tuple'
        ? value.list[index - parameters.length + 1]
        : elementOf(linker, value)
    if (own !== undefined && own.kind !== 'nothing') return own
  }
  return undefined
}
