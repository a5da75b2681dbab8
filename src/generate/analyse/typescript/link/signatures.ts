/** The call and construct signatures of values. */

import { append } from '#base/long-arrays.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag } from '#generate/analyse/typescript/summary/record-values.ts'
import { basesOf } from './classes.ts'
import type { Linker, Signature } from './linker.ts'
import { membersOf } from './own-members.ts'
import type { Env, Value } from './values.ts'

const MAX_DEPTH = 15
/** The maximum number of overloads. */
const MAX_SIGNATURES = 60

export function signaturesOf(
  linker: Linker,
  value: Value | undefined,
  isConstruct = false,
  depth = 0,
): readonly Signature[] {
  if (value === undefined || depth > MAX_DEPTH) return NONE
  switch (value.kind) {
    case 'function':
      return isConstruct ? NONE : value.signatures.map((at) => ({ at, env: value.env }))
    case 'constructor':
      return isConstruct ? [{ at: value.signature, env: value.env }] : NONE
    case 'static':
      if (!isConstruct) return NONE
      return constructorsOf(linker, value.declaration, value.env, depth)
    case 'object': {
      const { call, construct } = membersOf(linker, value.at)
      return (isConstruct ? construct : call).map((at) => ({ at, env: value.env }))
    }
    case 'instance': {
      const found: Signature[] = []
      for (const one of value.declarations) {
        const { call, construct } = membersOf(linker, one)
        for (const at of isConstruct ? construct : call) found.push({ at, env: value.env })
      }
      if (found.length === 0)
        for (const base of basesOf(linker, value)) append(found, signaturesOf(linker, base, isConstruct, depth + 1))
      return found.slice(0, MAX_SIGNATURES)
    }
    case 'union':
    case 'intersection': {
      const found: Signature[] = []
      for (const one of value.list) append(found, signaturesOf(linker, one, isConstruct, depth + 1))
      return found.slice(0, MAX_SIGNATURES)
    }
    case 'lazy':
      return linker.signaturesOf(linker.forced(value), isConstruct, depth + 1)
    case 'parameter': {
      const constraint = linker.units.field(value.at, Field.typeParameter.constraint)
      return constraint === 0 ? NONE : linker.signaturesOf(linker.typeIn(constraint, undefined), isConstruct, depth + 1)
    }
    default:
      return NONE
  }
}

const NONE: readonly Signature[] = []

/** The constructors of a class, or those that it inherits. */
function constructorsOf(linker: Linker, at: number, env: Env | undefined, depth: number): readonly Signature[] {
  const { constructors } = membersOf(linker, at)
  if (constructors.length > 0) {
    const declared = constructors.filter((one) => (linker.units.field(one, Field.signature.flags) & Flag.body) === 0)
    return (declared.length === 0 ? constructors : declared).map((one) => ({ at: one, env }))
  }
  const base = linker.units.field(at, Field.class.base)
  return base === 0 ? NONE : linker.signaturesOf(linker.typeOf(base), true, depth + 1)
}
