/** Resolves names to declarations in scopes and globals. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { moduleFound } from './exports.ts'
import { through } from './imports.ts'
import { type Found, foundAt, type Linker } from './linker.ts'
import type { Unit } from './units.ts'

/** Resolve a `name` record, through imports. `undefined` if it is not declared. */
export function foundByName(linker: Linker, at: number, meaning: number): Found | undefined {
  const found = declaredByName(linker, at, meaning)
  return found && through(linker, found, meaning)
}

/** The same without following imports. */
export function declaredByName(linker: Linker, at: number, meaning: number): Found | undefined {
  const { units } = linker
  const symbol = units.field(at, Field.name.symbol)
  if (symbol !== 0) {
    const declarations = linker.declarationsOf(symbol, meaning)
    return foundAt(declarations, undefined, symbol)
  }
  return globalNamed(linker, units.field(at, Field.name.name), meaning)
}

export function globalNamed(linker: Linker, name: number, meaning: number): Found | undefined {
  const { units } = linker
  linker.evaluator.touch(`g ${units.nameText(name)}`)
  const symbols = units.globalsOf(name)
  if (symbols.length > 0) {
    const declarations = symbols.flatMap((symbol) => linker.declarationsOf(symbol, meaning))
    const isGiven = symbols.some((symbol) => units.field(symbol, Field.symbol.assigned) !== 0)
    if (declarations.length > 0 || isGiven) return foundAt(declarations, undefined, symbols[0])
  }
  const umd = units.umd(name)
  return umd === undefined ? undefined : moduleFound(linker, units.all[umd] as Unit)
}
