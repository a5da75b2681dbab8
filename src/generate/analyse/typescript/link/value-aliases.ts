/** Resolves values that only refer to something else: `require('…')`, `module.exports = name`, `{ name }`. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Sort } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { ambient } from './ambient-modules.ts'
import { type Found, foundAt, type Linker, OUTSIDE } from './linker.ts'

/**
 * Resolve `require('…')` and `require('…').name`.
 *
 * @returns `null` for other expressions and for a member that the module lacks; `undefined` if the module is not resolved.
 */
export function resolveRequireOrMember(linker: Linker, value: number): Found | undefined | null {
  const { units } = linker
  const kind = units.kind(value)
  if (kind === Kind.require) return resolveRequire(linker, value)
  if (kind !== Kind.access) return null
  const object = units.field(value, Field.access.object)
  if (units.kind(object) !== Kind.require) return null
  const whole = resolveRequire(linker, object)
  return whole && (linker.memberOfFound(whole, units.field(value, Field.access.name)) ?? null)
}

/** @returns `undefined` if the module is not resolved. */
export function resolveRequire(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  const unit = linker.moduleNamed(units.nameText(units.field(at, Field.require.specifier)), units.of(at))
  if (unit === null)
    return ambient(linker, units.nameText(units.field(at, Field.require.specifier)), 0, Meaning.any) ?? OUTSIDE
  return unit && linker.moduleFound(unit)
}

/** The target of a value that is only a reference, else the declaration that holds the value. */
export function resolveAlias(linker: Linker, value: number, declaration: number): Found {
  const { units } = linker
  // A followed reference must still depend on its declaration, which may change to another value.
  linker.touch(declaration)
  switch (units.kind(value)) {
    case Kind.name: {
      const found = linker.foundByName(value, Meaning.any)
      if (found !== undefined && (found.declarations.length > 0 || found.module !== -1 || found.isOutside)) return found
      break
    }
    case Kind.require:
    case Kind.access: {
      const found = resolveRequireOrMember(linker, value)
      if (found !== undefined && found !== null) return found
    }
  }
  return foundAt([declaration])
}

/** Follow the properties `{ name }` and `name: other` to their targets, unless they are components themselves. */
export function resolveMemberAlias(linker: Linker, found: Found): Found {
  const { units } = linker
  const [at] = found.declarations
  if (at === undefined || found.isOutside || found.module !== -1) return found
  if (units.kind(at) === Kind.assigned && units.componentOf(at) === undefined)
    return resolveAlias(linker, units.field(at, Field.assigned.value), at)
  if (units.kind(at) !== Kind.member || units.componentOf(at) !== undefined) return found
  const value = aliasedValue(linker, at)
  if (value === 0) return found
  const kind = units.kind(value)
  if (kind !== Kind.name && kind !== Kind.require && kind !== Kind.access) return found
  const passed = resolveAlias(linker, value, at)
  return passed.declarations[0] === at ? found : { ...passed, env: passed.env ?? found.env }
}

/** The value of an unannotated property, or the single `require` that a getter returns; 0 for none. */
function aliasedValue({ units }: Linker, member: number): number {
  const sort = units.field(member, Field.member.sort)
  const value = units.field(member, Field.member.value)
  if (sort === Sort.property) return units.field(member, Field.member.type) === 0 ? value : 0
  if (sort !== Sort.getter) return 0
  const [returned = 0, ...others] = units.list(units.field(value, Field.signature.returned))
  return others.length === 0 && units.kind(returned) === Kind.require ? returned : 0
}
