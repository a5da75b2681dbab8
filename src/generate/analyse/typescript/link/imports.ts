/** Follows imports, aliases and qualified names to declarations. For the exports of a module, see `exports.ts`. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { ambient } from './ambient-modules.ts'
import { exported, memberOfFound, moduleFound } from './exports.ts'
import { type Found, type Linker, OUTSIDE } from './linker.ts'
import type { Unit } from './units.ts'
import { resolveRequireOrMember } from './value-aliases.ts'

/** The maximum length of a chain of imports. */
const MAX_STEPS = 20

/** Follow imports, aliases and `require` to the declaration. */
export function through(linker: Linker, given: Found, meaning: number): Found | undefined {
  const { units } = linker
  let found: Found | undefined = given
  for (let step = 0; found !== undefined && step < MAX_STEPS; step++) {
    const [at] = found.declarations
    if (at === undefined || found.isOutside || found.module !== -1) return found
    switch (units.kind(at)) {
      case Kind.import: {
        const name = units.field(at, Field.import.imported)
        found = imported(linker, units.nameText(units.field(at, Field.import.specifier)), units.of(at), name, meaning)
        break
      }
      case Kind.importAlias:
        found = entity(linker, units.field(at, Field.importAlias.entity), meaning)
        break
      case Kind.variable: {
        const value = units.field(at, Field.variable.value)
        if (units.field(at, Field.variable.name) === 0 || value === 0) return found
        const passed = resolveRequireOrMember(linker, value)
        if (passed === null) return found
        found = passed
        break
      }
      case Kind.binding: {
        const holder = units.field(at, Field.binding.holder)
        const key = units.field(at, Field.binding.key)
        if (key === 0 || units.kind(holder) !== Kind.variable) return found
        const value = units.field(holder, Field.variable.value)
        const whole = value === 0 ? null : resolveRequireOrMember(linker, value)
        if (whole === null) return found
        const member: Found | undefined = whole && memberOfFound(linker, whole, key)
        if (member === undefined) return found
        found = member
        break
      }
      default:
        return found
    }
  }
  return found
}

/** Resolve a name imported from a module. */
export function imported(
  linker: Linker,
  specifier: string,
  from: Unit,
  name: number,
  meaning: number,
): Found | undefined {
  const { units } = linker
  const unit = linker.moduleNamed(specifier, from)
  if (unit === null) return ambient(linker, specifier, name, meaning) ?? OUTSIDE
  if (unit === undefined) return undefined
  const text = units.nameText(name)
  if (text === '*' || text === 'export=') return moduleFound(linker, unit)
  return exported(linker, unit, name, meaning)
}

/** Resolve `A.B.C` in types. */
export function entity(linker: Linker, at: number, meaning: number): Found | undefined {
  const { units } = linker
  if (units.kind(at) === Kind.name) return linker.foundByName(at, meaning)
  if (units.kind(at) !== Kind.qualified) return undefined
  const left = units.field(at, Field.qualified.left)
  const outer = entity(linker, left, Meaning.namespace | (meaning & Meaning.value))
  return outer && memberOfFound(linker, outer, units.field(at, Field.qualified.name), meaning)
}
