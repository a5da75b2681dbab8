/** Lists everything a file exports, in order: its own exports, then those of `export *`. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Flag, Sort } from '#generate/analyse/typescript/summary/record-values.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import type { FileExport } from '#generate/model.ts'
import { exportKey } from './dependencies.ts'
import { exported, memberOfFound, moduleFound } from './exports.ts'
import type { Found, Linker } from './linker.ts'
import { membersOf } from './own-members.ts'
import { starsOf } from './stars.ts'
import type { TargetFinder } from './targets.ts'
import type { Unit } from './units.ts'
import { resolveMemberAlias } from './value-aliases.ts'

/** Limit on the modules reached through `export *`; exports of any more are missing. */
const MAX_MODULES = 1_000

export function exportsOfUnit(linker: Linker, unit: Unit, finder: TargetFinder): FileExport[] {
  const { units } = linker
  const equals = units.records.nameOf('export=')
  const names = new Set<number>()
  /** Names that several modules export, and this one only through `export *`. */
  const repeated = new Set<number>()
  // Grows while it is read.
  const reached = new Set([unit])
  for (const next of reached) {
    linker.evaluator.touch(exportKey(next.path, '*'))
    for (const name of next.exports.keys()) {
      if (name === equals) continue
      if (next !== unit && units.nameText(name) === 'default') continue
      if (names.has(name) && !unit.exports.has(name)) repeated.add(name)
      names.add(name)
    }
    const { targets, keys } = starsOf(linker, next)
    for (const key of keys) linker.evaluator.touch(key)
    for (const to of targets) if (reached.size < MAX_MODULES) reached.add(to)
  }
  const toOf = (found: Found | undefined): string | null => finder.idOf(found) ?? null
  const exports: FileExport[] = []
  for (const name of names) {
    if (repeated.has(name) && isAmbiguous(linker, unit, name)) continue
    const found = exported(linker, unit, name, Meaning.value) ?? exported(linker, unit, name, Meaning.any)
    exports.push({ name: units.nameText(name), to: toOf(preferred(linker, unit, name, found)) })
  }
  const hasWhole = units.field(unit.module, Field.module.whole) !== 0 || unit.exports.has(equals)
  if (!hasWhole) return exports
  const exportEquals = moduleFound(linker, unit)
  const wholeId = toOf(exportEquals)
  const to = wholeId === unit.path ? null : wholeId
  const isNamespaceObject = to === null || to === unit.whole
  const memberNames = isNamespaceObject ? membersOfWhole(linker, exportEquals) : givenTo(linker, exportEquals)
  const memberExports = [...memberNames].flatMap((name) => {
    const found = memberOfFound(linker, exportEquals, name)
    const member = found && resolveMemberAlias(linker, found)
    const id = toOf(member)
    // Definitions from other packages are exported, too: `exports.Router = require('router')`.
    // Members of a function are shown with it.
    const isInside = !isNamespaceObject && id?.startsWith(`${to}.`) === true
    return isInside || (id === null && member?.isOutside !== true) ? [] : [{ name: units.nameText(name), to: id }]
  })
  return to === null ? [...exports, ...memberExports] : [...exports, { name: 'export=', to }, ...memberExports]
}

/** Whether several `export *` give a name to different values. JavaScript does not export such a name. */
function isAmbiguous(linker: Linker, unit: Unit, name: number): boolean {
  const all = starsOf(linker, unit).targets.flatMap((to) => exported(linker, to, name, Meaning.value) ?? [])
  const [first, ...others] = all.filter(({ isOutside }) => !isOutside)
  return first !== undefined && others.some((other) => !isSame(first, other))
}

function isSame(one: Found, other: Found): boolean {
  const { declarations, module } = other
  return one.module === module && one.declarations.every((at, index) => at === declarations[index])
}

/** Merges the declarations of a type and a value of the same name; the value's come first. */
function preferred(linker: Linker, unit: Unit, name: number, found: Found | undefined): Found | undefined {
  const all = exported(linker, unit, name, Meaning.any)
  if (all === undefined || found === undefined || all.module !== -1 || found.module !== -1) return found
  return { ...found, declarations: [...new Set([...found.declarations, ...all.declarations])] }
}

/** The members of an exported object that serves as a namespace. */
function membersOfWhole(linker: Linker, whole: Found): Set<number> {
  const { units } = linker
  const value = linker.typeOfFound(whole)
  const names = givenTo(linker, whole)
  if (value?.kind === 'object') for (const name of membersOf(linker, value.at).own.keys()) names.add(name)
  if (value?.kind === 'static') {
    names.add(units.records.nameOf('prototype'))
    for (const name of membersOf(linker, value.declaration).static.keys()) names.add(name)
  }
  return names
}

/** The members that a function gets: `f.a =`, `Object.assign(f, { a, ...rest })`, and from a declared namespace of its name. */
function givenTo(linker: Linker, whole: Found): Set<number> {
  const { units } = linker
  const names = new Set<number>()
  for (const at of whole.declarations)
    if (units.kind(at) === Kind.namespace && units.of(at).path.endsWith('.d.ts'))
      for (const one of units.list(units.field(at, Field.namespace.body)))
        names.add(units.field(one, Field.symbol.name))
  const value = linker.typeOfFound(whole)
  if (value?.kind !== 'function' || value.symbol === 0) return names
  // Grows while it is read.
  const given = new Set<number>()
  for (const at of units.list(units.field(value.symbol, Field.symbol.assigned))) {
    if ((units.field(at, Field.member.flags) & Flag.prototype) !== 0) continue
    const name = units.field(at, Field.member.name)
    if (units.field(at, Field.member.sort) === Sort.spread) given.add(units.field(at, Field.member.value))
    else if (name !== 0) names.add(name)
  }
  for (const at of given) {
    const object = linker.typeOf(at)
    if (object?.kind === 'module') for (const name of units.all[object.unit]?.exports.keys() ?? []) names.add(name)
    if (object?.kind !== 'object') continue
    const { own, spread } = membersOf(linker, object.at)
    for (const name of own.keys()) names.add(name)
    for (const one of spread) if (given.size < MAX_MODULES) given.add(one)
  }
  return names
}
