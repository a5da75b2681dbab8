/** Utility types of the standard library, implemented directly: `Partial`, `ReturnType`, `Awaited`. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { instanceMadeBy } from './classes.ts'
import { arrayOf, awaited } from './library.ts'
import { foundAt, type Linker } from './linker.ts'
import type { Value } from './values.ts'

/** Types that are treated as their first argument. */
const SAME = new Set(['Partial', 'Required', 'Readonly', 'NonNullable', 'NoInfer', 'ThisType', 'Pick'])

/** @returns `null` for other types. */
export function utilityType(linker: Linker, name: string, typeArguments: readonly Value[]): Value | undefined | null {
  const { units, values } = linker
  const first = (): Value | undefined => linker.forced(typeArguments[0])
  if (SAME.has(name)) return first()
  switch (name) {
    case 'Omit': {
      const value = first()
      const names = typeArguments[1]
      return value === undefined || names === undefined ? value : values.without(value, names)
    }
    case 'Exclude':
    case 'Extract':
      return filterLiterals(linker, first(), linker.forced(typeArguments[1]), name === 'Extract')
    case 'Awaited':
      return awaited(linker, first())
    case 'ReturnType': {
      // The compiler takes the last overload.
      const signature = linker.signaturesOf(first()).at(-1)
      return signature && linker.resultOf(signature.at, signature.env)
    }
    case 'InstanceType':
      return instanceMadeBy(linker, first(), [])
    case 'Parameters':
    case 'ConstructorParameters': {
      const signature = linker.signaturesOf(first(), name === 'ConstructorParameters').at(-1)
      if (signature === undefined) return undefined
      const parameters = units.list(units.field(signature.at, Field.signature.parameters))
      const types = parameters.map((one) => linker.typeOfFound(foundAt([one], signature.env)))
      const isRest = parameters.some((one) => (units.field(one, Field.parameter.flags) & Flag.rest) !== 0)
      return isRest ? (types.at(-1) ?? arrayOf(linker, values.union(types))) : values.tuple(types)
    }
    default:
      return null
  }
}

/** `Extract` and `Exclude` for literals; other parts of the union are kept. */
function filterLiterals(
  { values }: Linker,
  value: Value | undefined,
  other: Value | undefined,
  isKept: boolean,
): Value | undefined {
  if (value?.kind !== 'union' || other === undefined) return value
  const others = other.kind === 'union' ? other.list : [other]
  return values.union(
    value.list.filter((one) => one?.kind !== 'literal' || others.includes(one) === isKept || !others.every(isLiteral)),
  )
}

function isLiteral(value: Value | undefined): boolean {
  return value?.kind === 'literal'
}
