/** Classifies calls without a known component by whether the callee is inside or outside the repository. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { through } from './imports.ts'
import type { Found, Linker } from './linker.ts'
import { declaredByName } from './names.ts'

/** `inside` includes local functions, which are not components. */
export type Location = 'inside' | 'outside' | 'unknown'

/** The maximum number of steps through variables and receivers. */
const MAX_STEPS = 200

/** Classify a call. */
export function locationOf(linker: Linker, found: Found | undefined, at: number): Location {
  const { units } = linker
  if (found?.isOutside === true) return 'outside'
  const declaration = found?.declarations[0]
  if (declaration === undefined) return isOutsideChain(linker, at) ? 'outside' : 'unknown'
  if (units.isLibrary(declaration)) return 'outside'
  if (isFunction(linker, declaration)) return 'inside'
  return isOutsideChain(linker, at) ? 'outside' : 'unknown'
}

function isFunction({ units }: Linker, at: number): boolean {
  switch (units.kind(at)) {
    case Kind.function:
    case Kind.class:
      return true
    case Kind.variable:
      return isFunctionValue(units.kind(units.field(at, Field.variable.value)))
    case Kind.assigned:
      return isFunctionValue(units.kind(units.field(at, Field.assigned.value)))
    case Kind.member: {
      const value = units.kind(units.field(at, Field.member.value))
      return value === Kind.signature || isFunctionValue(value)
    }
    default:
      return false
  }
}

/** Whether the first name of `a.b().c` belongs to another package or to the platform. */
export function isOutsideChain(linker: Linker, given: number): boolean {
  const { units } = linker
  let at = given
  for (let step = 0; at !== 0 && step < MAX_STEPS; step++) {
    switch (units.kind(at)) {
      case Kind.access:
      case Kind.element:
      case Kind.call:
      case Kind.construct:
      case Kind.await:
      case Kind.qualified:
      case Kind.reference:
        at = units.field(at, Field.access.object)
        continue
      case Kind.require: {
        const specifier = units.nameText(units.field(at, Field.require.specifier))
        return linker.moduleNamed(specifier, units.of(at)) === null
      }
      case Kind.platform:
        return true
      case Kind.name: {
        const found = declaredByName(linker, at, Meaning.any)
        const [declaration] = found?.declarations ?? []
        if (found === undefined || found.isOutside) return true
        if (declaration === undefined) return false
        if (units.isLibrary(declaration)) return true
        if (isAlias(linker, found)) return through(linker, found, Meaning.any)?.isOutside === true
        at = originOf(declaration, linker)
        continue
      }
      default:
        return linker.typeOf(at)?.kind === 'outside'
    }
  }
  return false
}

/** Imported, or assigned from `require` in JavaScript. */
export function isAlias(linker: Linker, found: Found): boolean {
  const { units } = linker
  if (found.module !== -1) return true
  return found.declarations.some((at) => {
    const kind = units.kind(at)
    if (kind === Kind.import || kind === Kind.importAlias) return true
    if (kind === Kind.variable) return isRequire(units.field(at, Field.variable.value), linker)
    return (
      kind === Kind.binding &&
      isRequire(units.field(units.field(at, Field.binding.holder), Field.variable.value), linker)
    )
  })
}

function isRequire(value: number, { units }: Linker): boolean {
  if (value === 0) return false
  const kind = units.kind(value)
  return (
    kind === Kind.require ||
    (kind === Kind.access && units.kind(units.field(value, Field.access.object)) === Kind.require)
  )
}

function isFunctionValue(kind: number): boolean {
  return kind === Kind.lambda || kind === Kind.classValue
}

/** The record of a variable's type, or of its value. */
function originOf(at: number, { units }: Linker): number {
  switch (units.kind(at)) {
    case Kind.variable:
    case Kind.parameter:
      return units.field(at, Field.variable.type) || units.field(at, Field.variable.value)
    case Kind.binding: {
      let holder = at
      while (units.kind(holder) === Kind.binding) holder = units.field(holder, Field.binding.holder)
      return units.field(holder, Field.variable.type) || units.field(holder, Field.variable.value)
    }
    default:
      return 0
  }
}
