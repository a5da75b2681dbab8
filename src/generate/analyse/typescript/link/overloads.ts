/** Overload resolution. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { hasExcess, isAssignable, parametersOf } from './assignable.ts'
import { elementOf } from './library.ts'
import type { Linker, Signature } from './linker.ts'

/** The first signature that accepts the arguments of a call or `new`. */
export function chosenSignature(linker: Linker, call: number, signatures: readonly Signature[]): Signature | undefined {
  if (signatures.length < 2) return signatures[0]
  const { units } = linker
  const args = units.list(units.field(call, Field.call.arguments))
  const written = units.lengthOf(units.field(call, Field.call.typeArguments))
  const byTypes =
    written === 0
      ? signatures
      : signatures.filter(({ at }) => units.lengthOf(units.field(at, Field.signature.typeParameters)) >= written)
  const byCount = (byTypes.length === 0 ? signatures : byTypes).filter(({ at }) => takes(linker, at, args))
  if (byCount.length < 2) return byCount[0] ?? signatures[0]
  return byCount.find((one) => acceptsArguments(linker, one, args)) ?? byCount[0]
}

/** Whether a signature can be called with this number of arguments. */
export function takes(linker: Linker, signature: number, args: readonly number[]): boolean {
  const { units } = linker
  const parameters = parametersOf(linker, signature)
  const isOpen = parameters.some((one) => (units.field(one, Field.parameter.flags) & Flag.rest) !== 0)
  if (args.some((one) => units.kind(one) === Kind.spread)) return true
  const needed = parameters.filter(
    (one) => (units.field(one, Field.parameter.flags) & (Flag.optional | Flag.rest)) === 0,
  ).length
  return args.length >= needed && (isOpen || args.length <= parameters.length)
}

/** Whether no argument is known to be of a wrong type. @param except - The index of an argument to ignore. */
export function acceptsArguments(
  linker: Linker,
  { at, env }: Signature,
  args: readonly number[],
  except?: number,
): boolean {
  const { units } = linker
  const parameters = parametersOf(linker, at)
  return args.every((argument, index) => {
    const parameter = parameters[index] ?? parameters.at(-1)
    const type = parameter === undefined ? 0 : units.field(parameter, Field.parameter.type)
    const kind = units.kind(argument)
    if (type === 0 || index === except || kind === Kind.spread || kind === Kind.nothing) return true
    const written = linker.typeIn(type, env)
    const isRest = parameter !== undefined && (units.field(parameter, Field.parameter.flags) & Flag.rest) !== 0
    const wanted = !isRest
      ? written
      : written?.kind === 'tuple'
        ? written.list[index - parameters.length + 1]
        : elementOf(linker, written)
    if (kind === Kind.object && hasExcess(linker, argument, wanted)) return false
    return isAssignable(linker, linker.typeOf(argument), wanted) !== false
  })
}
