/** Resolves imports and exports to declarations, through re-exports, `module.exports` and `require`. */

import { ExportSort, Field, Kind, ModuleFlag, Sort } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { AUGMENTATIONS, augmented } from './augmentations.ts'
import { type Found, foundAt, foundModule, type Linker, OUTSIDE, Question } from './linker.ts'
import { throughStars } from './stars.ts'
import type { Augmentation, Unit } from './units.ts'

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
        const passed = requiredValue(linker, value)
        if (passed === null) return found
        found = passed
        break
      }
      case Kind.binding: {
        const holder = units.field(at, Field.binding.holder)
        const key = units.field(at, Field.binding.key)
        if (key === 0 || units.kind(holder) !== Kind.variable) return found
        const value = units.field(holder, Field.variable.value)
        const whole = value === 0 ? null : requiredValue(linker, value)
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
  if (text === '*') return moduleFound(linker, unit)
  if (text === 'export=') return moduleFound(linker, unit)
  return exported(linker, unit, name, meaning)
}

/** Resolve a name in `declare module 'name' {}`. @param name - 0 for the module itself. */
function ambient(linker: Linker, specifier: string, name: number, meaning: number): Found | undefined {
  const { units } = linker
  linker.work.touch(AUGMENTATIONS)
  // An augmentation of a package outside the repository does not declare it.
  if (!units.ambient.has(specifier)) return undefined
  const text = units.nameText(name)
  const isDefault = text === 'default'
  const isAll = isDefault || name === 0 || text === '*' || text === 'export='
  for (const one of units.augmentations) {
    if (one.specifier !== specifier) continue
    const whole = one.whole === 0 ? undefined : symbolIn(linker, one, one.whole, Meaning.any)
    const own = symbolIn(linker, one, isDefault && one.byDefault !== 0 ? one.byDefault : name, meaning)
    const found = own ?? (isAll ? whole : whole && memberOfFound(linker, whole, name, meaning))
    if (found !== undefined) return found
  }
  return name === 0 ? OUTSIDE : undefined
}

function symbolIn(linker: Linker, { symbols }: Augmentation, name: number, meaning: number): Found | undefined {
  for (const symbol of symbols) {
    if (linker.units.field(symbol, Field.symbol.name) !== name) continue
    const declarations = linker.declarationsOf(symbol, meaning)
    if (declarations.length > 0) return through(linker, foundAt(declarations, undefined, symbol), meaning)
  }
  return undefined
}

/** A module as a value: the value of `module.exports` or `export =`, or the module itself. */
export function moduleFound(linker: Linker, unit: Unit): Found {
  const reader = linker.readers.ofExport(unit, linker.units.records.nameOf('export='))
  const found = linker.askOf(Question.whole, unit.index, reader, () => wholeOf(linker, unit))
  return found ?? foundModule(unit.index)
}

function wholeOf(linker: Linker, unit: Unit): Found {
  const { units } = linker
  const whole = units.field(unit.module, Field.module.whole)
  if (whole !== 0) return { ...passedOn(linker, units.field(whole, Field.assigned.value), whole), exports: unit.index }
  const name = units.records.knownName('export=')
  if (name === undefined || !unit.exports.has(name)) return foundModule(unit.index)
  return exported(linker, unit, name, Meaning.any) ?? foundModule(unit.index)
}

/** Resolve an export of a module, through re-exports. */
export function exported(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined {
  const found = linker.exportedBefore(unit, name, meaning)
  if (found !== undefined || linker.units.augmentations.length === 0) return found
  return augmented(linker, unit, name, meaning)
}

/** The same without augmentations. */
export function exportedBefore(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined {
  const key = (unit.index * 8 + meaning) * 2 ** 24 + name
  const reader = linker.readers.ofExport(unit, name)
  return linker.askOf(Question.exported, key, reader, () => exportedNow(linker, unit, name, meaning))
}

function exportedNow(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined {
  const text = linker.units.nameText(name)
  if (text === '*') return foundModule(unit.index)
  const found = ownExport(linker, unit, name, meaning)
  if (found !== undefined || text === 'default') return found
  return throughStars(linker, unit, name, meaning, (to) => ownExport(linker, to, name, meaning))
}

/** Resolve an export of a module without its `export *`. */
function ownExport(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined {
  const { units } = linker
  const text = units.nameText(name)
  const at = unit.exports.get(name)
  if (at !== undefined) {
    const found = foundByExport(linker, unit, at, meaning)
    if (found !== undefined) return found
  }
  const found = ofWhole(linker, unit, name, text, meaning)
  if (found !== undefined) return found
  for (const spread of unit.spreads) {
    // `Object.assign(module.exports, value)`
    const member = linker.memberOf(linker.typeOf(spread), name)
    if (member !== undefined) return passedMember(linker, member)
  }
  if (text !== 'default') return undefined
  const isCommon = units.isJavaScript(unit) && (unit.flags & ModuleFlag.esm) === 0 && unit.exports.size > 0
  return isCommon ? foundModule(unit.index) : undefined
}

/** Resolve an export through the value of `module.exports` or `export =`. */
function ofWhole(linker: Linker, unit: Unit, name: number, text: string, meaning: number): Found | undefined {
  const { units } = linker
  if (units.field(unit.module, Field.module.whole) !== 0) {
    const all = moduleFound(linker, unit)
    if (text === 'export=') return all
    const member = all.module === unit.index ? undefined : memberOfFound(linker, all, name)
    if (member !== undefined) return member
    if (text === 'default') return all
  }
  if (text === 'export=') return undefined
  const equals = units.records.knownName('export=')
  if (equals === undefined || !unit.exports.has(equals)) return undefined
  const all = linker.exportedBefore(unit, equals, Meaning.any)
  return text === 'default' ? all : all && memberOfFound(linker, all, name, meaning)
}

function foundByExport(linker: Linker, unit: Unit, at: number, meaning: number): Found | undefined {
  const { units } = linker
  const record = units.field(at, Field.export.record)
  switch (units.field(at, Field.export.sort)) {
    case ExportSort.symbol: {
      const declarations = linker.declarationsOf(record, meaning)
      if (declarations.length === 0) return undefined
      return through(linker, foundAt(declarations, undefined, record), meaning)
    }
    case ExportSort.passed: {
      const specifier = units.nameText(units.field(at, Field.export.specifier))
      return imported(linker, specifier, unit, units.field(at, Field.export.imported), meaning)
    }
    case ExportSort.value:
      return (meaning & Meaning.value) === 0
        ? undefined
        : passedOn(linker, units.field(record, Field.assigned.value), record)
    default: {
      const declarations = units.list(record)
      return declarations.length === 0 ? undefined : foundAt(declarations)
    }
  }
}

/** Resolve a member of a resolved name. */
export function memberOfFound(
  linker: Linker,
  found: Found,
  name: number,
  meaning: number = Meaning.any,
): Found | undefined {
  if (found.isOutside) return OUTSIDE
  const { units } = linker
  if (found.module !== -1) return exported(linker, units.all[found.module] as Unit, name, meaning)
  const beside = besideWhole(linker, found, name, meaning)
  if (beside !== undefined) return beside
  const inside = inNamespace(linker, found, name, meaning)
  if (inside !== undefined) return inside
  if ((meaning & Meaning.value) === 0) return undefined
  const member = linker.memberOf(linker.typeOfFound(found), name)
  return member && passedMember(linker, member)
}

/** `module.exports.name = value` beside `module.exports = value`. */
export function besideWhole(linker: Linker, found: Found, name: number, meaning: number): Found | undefined {
  const unit = found.exports === undefined ? undefined : linker.units.all[found.exports]
  const at = unit?.exports.get(name)
  if (unit === undefined || at === undefined) return undefined
  linker.work.touch(linker.readers.ofExport(unit, name).path)
  return foundByExport(linker, unit, at, meaning)
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

/** Resolve a member of a namespace or enum. */
export function inNamespace(linker: Linker, found: Found, name: number, meaning: number): Found | undefined {
  const { units } = linker
  const declarations: number[] = []
  let symbol = 0
  for (const at of found.declarations) {
    const kind = units.kind(at)
    if (kind === Kind.enum) {
      linker.touch(at)
      for (const member of units.list(units.field(at, Field.enum.members)))
        if (units.field(member, Field.member.name) === name) declarations.push(member)
    } else if (kind === Kind.namespace) {
      linker.touch(at)
      for (const one of units.list(units.field(at, Field.namespace.body))) {
        if (units.field(one, Field.symbol.name) !== name) continue
        symbol = one
        declarations.push(...linker.declarationsOf(one, meaning))
      }
    } else if (kind === Kind.class || kind === Kind.function) {
      // A namespace may be merged with it.
      const own = units.field(at, kind === Kind.class ? Field.class.symbol : Field.function.symbol)
      if (own === 0) continue
      const merged = linker.declarationsOf(own, Meaning.namespace).filter((one) => units.kind(one) === Kind.namespace)
      if (merged.length === 0 || merged.some((one) => found.declarations.includes(one))) continue
      const inner = inNamespace(linker, foundAt(merged), name, meaning)
      if (inner !== undefined) return inner
    }
  }
  return declarations.length === 0 ? undefined : through(linker, foundAt(declarations, undefined, symbol), meaning)
}

/** Resolve `require('…')` and `require('…').name`; `null` for other expressions. */
function requiredValue(linker: Linker, value: number): Found | undefined | null {
  const { units } = linker
  const kind = units.kind(value)
  if (kind === Kind.require) return required(linker, value)
  if (kind !== Kind.access) return null
  const object = units.field(value, Field.access.object)
  if (units.kind(object) !== Kind.require) return null
  const whole = required(linker, object)
  return whole && (memberOfFound(linker, whole, units.field(value, Field.access.name)) ?? null)
}

export function required(linker: Linker, at: number): Found | undefined {
  const { units } = linker
  const unit = linker.moduleNamed(units.nameText(units.field(at, Field.require.specifier)), units.of(at))
  if (unit === null)
    return ambient(linker, units.nameText(units.field(at, Field.require.specifier)), 0, Meaning.any) ?? OUTSIDE
  return unit && moduleFound(linker, unit)
}

/** The target of a value that only names something else, or the declaration that holds the value. */
export function passedOn(linker: Linker, value: number, declaration: number): Found {
  const { units } = linker
  switch (units.kind(value)) {
    case Kind.name: {
      const found = linker.foundByName(value, Meaning.any)
      if (found !== undefined && (found.declarations.length > 0 || found.module !== -1 || found.isOutside)) return found
      break
    }
    case Kind.require:
    case Kind.access: {
      const found = requiredValue(linker, value)
      if (found !== undefined && found !== null) return found
    }
  }
  return foundAt([declaration])
}

/** Follow the properties `{ name }` and `name: other` to their targets, unless they are components themselves. */
export function passedMember(linker: Linker, found: Found): Found {
  const { units } = linker
  const [at] = found.declarations
  if (at === undefined || found.isOutside || found.module !== -1) return found
  if (units.kind(at) === Kind.assigned && units.componentOf(at) === undefined)
    return passedOn(linker, units.field(at, Field.assigned.value), at)
  if (units.kind(at) !== Kind.member || units.componentOf(at) !== undefined) return found
  const value = passedValue(linker, at)
  if (value === 0) return found
  const kind = units.kind(value)
  if (kind !== Kind.name && kind !== Kind.require && kind !== Kind.access) return found
  const passed = passedOn(linker, value, at)
  return passed.declarations[0] === at ? found : { ...passed, env: passed.env ?? found.env }
}

/** The value of an unannotated property, or the single `require` that a getter returns; 0 for none. */
function passedValue({ units }: Linker, member: number): number {
  const sort = units.field(member, Field.member.sort)
  const value = units.field(member, Field.member.value)
  if (sort === Sort.property) return units.field(member, Field.member.type) === 0 ? value : 0
  if (sort !== Sort.getter) return 0
  const [returned = 0, ...others] = units.list(units.field(value, Field.signature.returned))
  return others.length === 0 && units.kind(returned) === Kind.require ? returned : 0
}
