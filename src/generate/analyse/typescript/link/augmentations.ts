/** Module augmentations: `declare module './path' { interface X {} }` adds to the `X` that the module exports. */

import { push } from '#base/multimap.ts'
import type { Reader } from '#generate/analyse/memoized-evaluator.ts'
import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Kind } from '#generate/analyse/typescript/summary/records.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { AUGMENTATIONS } from './dependencies.ts'
import { type Found, foundAt, type Linker, Question } from './linker.ts'
import type { Unit } from './units.ts'

interface Augmentations {
  /** For each symbol, the symbols to merge with it. */
  readonly merged: ReadonlyMap<number, readonly number[]>
  /** Symbols that a module has from augmentations only, by unit and name. */
  readonly added: ReadonlyMap<number, ReadonlyMap<number, number>>
}

const reader: Reader = { path: AUGMENTATIONS, reads: new Set() }

function augmentations(linker: Linker): Augmentations | undefined {
  if (linker.units.augmentations.length === 0) return undefined
  return linker.askOf(Question.augmentations, 0, reader, () => find(linker))
}

function find(linker: Linker): Augmentations {
  const { units } = linker
  const merged = new Map<number, number[]>()
  const added = new Map<number, Map<number, number>>()
  for (const { specifier, from, symbols } of units.augmentations) {
    const path = linker.pathNamed(specifier, from)
    const unit = path === undefined ? undefined : units.at(path)
    if (unit === undefined) continue
    for (const symbol of symbols) {
      const name = units.field(symbol, Field.symbol.name)
      const found = linker.exportedBefore(unit, name, Meaning.any)
      const owner = found === undefined ? 0 : symbolOf(linker, found)
      if (owner !== 0) push(merged, owner, symbol)
      else if (found === undefined) {
        const names = added.get(unit.index) ?? new Map<number, number>()
        added.set(unit.index, names)
        if (!names.has(name)) names.set(name, symbol)
      }
    }
  }
  return { merged, added }
}

/** The symbol of a class or an interface; 0 for anything else. */
function symbolOf({ units }: Linker, { declarations }: Found): number {
  for (const at of declarations) {
    const kind = units.kind(at)
    if (kind === Kind.class && units.field(at, Field.class.symbol) !== 0) return units.field(at, Field.class.symbol)
    if (kind === Kind.interface && units.field(at, Field.interface.symbol) !== 0)
      return units.field(at, Field.interface.symbol)
  }
  return 0
}

export function mergedSymbols(linker: Linker, symbol: number): readonly number[] {
  return augmentations(linker)?.merged.get(symbol) ?? []
}

/** An export that only augmentations in other files declare. */
export function augmented(linker: Linker, unit: Unit, name: number, meaning: number): Found | undefined {
  const symbol = augmentations(linker)?.added.get(unit.index)?.get(name)
  if (symbol === undefined) return undefined
  const declarations = linker.declarationsOf(symbol, meaning)
  return declarations.length === 0 ? undefined : foundAt(declarations, undefined, symbol)
}
