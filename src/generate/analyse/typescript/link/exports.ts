/** Resolves names in modules, namespaces and other resolved names, through re-exports and `module.exports`. */

import { append } from '#base/long-arrays.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { ExportSort, ModuleFlag } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { augmented } from './augmentations.ts'
import { type Found, foundAt, foundModule, type Linker, OUTSIDE, Question } from './linker.ts'
import { throughStars } from './stars.ts'
import type { Unit } from './units.ts'
import { resolveAlias, resolveMemberAlias } from './value-aliases.ts'

/** A module as a value: the value of `module.exports` or `export =`, or the module itself. */
export function moduleFound(linker: Linker, unit: Unit): Found {
  const reader = linker.readers.ofExport(unit, linker.units.records.nameOf('export='))
  const found = linker.askOf(Question.whole, unit.index, reader, () => wholeOf(linker, unit))
  return found ?? foundModule(unit.index)
}

function wholeOf(linker: Linker, unit: Unit): Found {
  const { units } = linker
  const whole = units.field(unit.module, Field.module.whole)
  if (whole !== 0)
    return { ...resolveAlias(linker, units.field(whole, Field.assigned.value), whole), exports: unit.index }
  const name = units.records.nameOf('export=')
  if (!unit.exports.has(name)) return foundModule(unit.index)
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
  return linker.askOf(Question.exported, key, reader, () => resolveExported(linker, unit, name, meaning))
}

function resolveExported(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined {
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
    if (member !== undefined) return resolveMemberAlias(linker, member)
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
    // A base from outside may have any member, `class Orbit extends EventEmitter`, but none is called `default`.
    if (member !== undefined && !(text === 'default' && member.isOutside)) return member
    if (text === 'default') return all
  }
  if (text === 'export=') return undefined
  const equals = units.records.nameOf('export=')
  if (!unit.exports.has(equals)) return undefined
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
      return linker.through(foundAt(declarations, undefined, record), meaning)
    }
    case ExportSort.reExport: {
      const specifier = units.nameText(units.field(at, Field.export.specifier))
      return linker.imported(specifier, unit, units.field(at, Field.export.imported), meaning)
    }
    case ExportSort.value:
      return (meaning & Meaning.value) === 0
        ? undefined
        : resolveAlias(linker, units.field(record, Field.assigned.value), record)
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
  return member && resolveMemberAlias(linker, member)
}

/** `module.exports.name = value` beside `module.exports = value`. */
export function besideWhole(linker: Linker, found: Found, name: number, meaning: number): Found | undefined {
  const unit = found.exports === undefined ? undefined : linker.units.all[found.exports]
  const at = unit?.exports.get(name)
  if (unit === undefined || at === undefined) return undefined
  linker.evaluator.touch(linker.readers.ofExport(unit, name).path)
  return foundByExport(linker, unit, at, meaning)
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
        append(declarations, linker.declarationsOf(one, meaning))
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
  return declarations.length === 0 ? undefined : linker.through(foundAt(declarations, undefined, symbol), meaning)
}
