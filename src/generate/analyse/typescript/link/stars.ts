/** Finds names that a module exports through `export *`. */

import { Field } from '#generate/analyse/typescript/summary/record-fields.ts'
import { exportKey } from './dependencies.ts'
import { type Found, Index, type Linker } from './linker.ts'
import type { Unit } from './units.ts'

/**
 * Up to this many modules are searched one by one, and an answer depends only on the searched ones. Above
 * this limit, the reachable modules are collected once, and an answer depends on the exports of all of them.
 */
const MAX_SEARCHED = 50

/** @param own - Resolves an export of a module without its `export *`. */
export function throughStars(
  linker: Linker,
  unit: Unit,
  name: number,
  meaning: number,
  own: (unit: Unit) => Found | undefined,
): Found | undefined {
  const reached = reachedFrom(linker, unit)
  if (reached.length <= MAX_SEARCHED) {
    const { targets, keys } = starsOf(linker, unit)
    for (const key of keys) linker.evaluator.touch(key)
    for (const to of targets) {
      const found = linker.exportedBefore(to, name, meaning)
      if (found !== undefined) return found
    }
    return undefined
  }
  linker.evaluator.touch(exportKey(unit.path, '*'))
  for (const to of reached) {
    const mayHave = to.exports.has(name) || to.spreads.length > 0 || hasWhole(linker, to)
    const found = mayHave ? own(to) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function hasWhole({ units }: Linker, unit: Unit): boolean {
  return units.field(unit.module, Field.module.whole) !== 0 || unit.exports.has(units.records.nameOf('export='))
}

/** The modules reached through `export *`, in the order in which they are searched, without the module itself. */
function reachedFrom(linker: Linker, unit: Unit): readonly Unit[] {
  return linker.index(Index.reached, unit.module, () => {
    const reads = new Set<string>()
    const seen = new Set<Unit>()
    const pending = [unit]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      reads.add(exportKey(next.path, '*'))
      const { targets, keys } = starsOf(linker, next)
      for (const key of keys) reads.add(key)
      for (const to of targets.toReversed()) if (!seen.has(to)) pending.push(to)
    }
    seen.delete(unit)
    const reader = linker.readers.ofExport(unit, linker.units.records.nameOf('*'))
    if (seen.size > MAX_SEARCHED) for (const key of reads) if (key !== reader.path) reader.reads.add(key)
    return [...seen]
  })
}

interface Stars {
  targets: readonly Unit[]
  /** Dependency keys of the resolution. */
  keys: ReadonlySet<string>
}

/** The modules whose names a module exports by `export *`. The caller touches the keys. */
export function starsOf(linker: Linker, unit: Unit): Stars {
  const { units } = linker
  return linker.index(Index.stars, unit.module, () => {
    const keys = new Set<string>()
    const targets = new Set<Unit>()
    for (const star of units.list(units.field(unit.module, Field.module.stars))) {
      const specifier = units.nameText(units.field(star, Field.export.specifier))
      const to = linker.moduleNamed(specifier, unit, (key) => keys.add(key))
      if (to !== null && to !== undefined) targets.add(to)
    }
    return { targets: [...targets], keys }
  })
}
