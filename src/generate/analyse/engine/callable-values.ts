/** Finds the member that a call of a type or a value runs: `Thing(1)` runs `apply` of the object `Thing`. */

import type { Decl, FileUnit } from './declarations.ts'
import { Flag } from './facts.ts'
import type { Resolution, Value } from './language.ts'
import { type Chosen, chooseOverload } from './overloads.ts'
import type { Semantics } from './semantics.ts'

export interface Applied {
  readonly found: Resolution
  readonly chosen: Chosen
}

/**
 * Calling a type runs the member of its companion object; calling a value, that of its class.
 *
 * @param args - Expressions in `file`.
 * @returns `undefined` if there is no such member, or if the call creates an instance.
 */
export function appliedMember(
  semantics: Semantics,
  file: FileUnit,
  value: Value,
  args: readonly number[],
): Applied | undefined {
  const { applyName, makesByCall } = file.spec.linking
  if (applyName === undefined || (value.kind !== 'type' && value.kind !== 'instance') || value.decl === null)
    return undefined
  const found = semantics.memberOf(value, applyName, 'call', file, { args: args.length, types: 0 })
  const functions = found?.decls.filter(({ isFunction }) => isFunction) ?? []
  if (found === undefined || functions.length === 0) return undefined
  const isOfType = value.kind === 'type'
  const parts = semantics.program.partsOf(value.decl.fullName)
  if (isOfType && parts.some((part) => makesByCall?.(part, args.length) === true)) return undefined
  // It is not known whether the class or its companion object inherits a member.
  const isOneType = parts.every((part) => part.has(Flag.static) === parts[0]?.has(Flag.static))
  const isOfSide = ({ parent }: Decl): boolean =>
    found.origin === 'inheritance' ? !isOfType : parent?.has(Flag.static) === isOfType
  const decls = isOneType ? functions : functions.filter(isOfSide)
  const chosen = chooseOverload(semantics, file, decls, { args })
  return chosen === undefined ? undefined : { found, chosen }
}
