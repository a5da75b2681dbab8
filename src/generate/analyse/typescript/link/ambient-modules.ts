/** Resolves names in `declare module 'name' {}`, which declares a module that has no file in the repository. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { Meaning } from '#generate/analyse/typescript/summary/scopes.ts'
import { AUGMENTATIONS } from './dependencies.ts'
import { type Found, foundAt, type Linker, OUTSIDE } from './linker.ts'
import type { Augmentation } from './units.ts'

/** Resolve a name in `declare module 'name' {}`. @param name - 0 for the module itself. */
export function ambient(linker: Linker, specifier: string, name: number, meaning: number): Found | undefined {
  const { units } = linker
  linker.evaluator.touch(AUGMENTATIONS)
  // An augmentation of a package outside the repository does not declare it.
  if (!units.ambient.has(specifier)) return undefined
  const text = units.nameText(name)
  const isDefault = text === 'default'
  const isAll = isDefault || name === 0 || text === '*' || text === 'export='
  for (const one of units.augmentations) {
    if (one.specifier !== specifier) continue
    const whole = one.whole === 0 ? undefined : symbolIn(linker, one, one.whole, Meaning.any)
    const own = symbolIn(linker, one, isDefault && one.byDefault !== 0 ? one.byDefault : name, meaning)
    const found = own ?? (isAll ? whole : whole && linker.memberOfFound(whole, name, meaning))
    if (found !== undefined) return found
  }
  return name === 0 ? OUTSIDE : undefined
}

function symbolIn(linker: Linker, { symbols }: Augmentation, name: number, meaning: number): Found | undefined {
  for (const symbol of symbols) {
    if (linker.units.field(symbol, Field.symbol.name) !== name) continue
    const declarations = linker.declarationsOf(symbol, meaning)
    if (declarations.length > 0) return linker.through(foundAt(declarations, undefined, symbol), meaning)
  }
  return undefined
}
