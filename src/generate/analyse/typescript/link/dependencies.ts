/**
 * Records the parts of a program that an answer depends on. A key names a dependency:
 *
 * - `d path\0name`: a part of a file (`summary/parts.ts`); `f path`: the rest of the file;
 * - `e path\0name`: an export of a file; `e path\0*`: all exports of a file;
 * - `g name`: a global name; `a `: all module augmentations;
 * - `r specifier\0folder/`: the resolution of a specifier from a folder; `n name`: whether any member has that name.
 *
 * Parts and exports have dependencies themselves, so the dependencies of a file are the transitive closure of its keys.
 */

import type { Reader } from '#generate/analyse/memoized-evaluator.ts'
import { assignParts, type Part, rootsOf } from '#generate/analyse/typescript/summary/parts.ts'
import type { Unit, Units } from './units.ts'

/** The dependency key of all augmentations. */
export const AUGMENTATIONS = 'a '

interface UnitReaders {
  /** The rest of the file. */
  readonly rest: Reader
  readonly parts: readonly Reader[]
  /** For each record from the unit's first on: the index of its part plus 1; 0 for the rest. */
  readonly partOf: Uint16Array | Uint32Array | undefined
}

export class Dependencies {
  readonly #units: Units
  readonly #isKeeping: boolean
  readonly #byUnit: (UnitReaders | undefined)[] = []
  readonly #exports = new Map<string, Reader>()

  /** @param isKeeping - If false, a file is not divided into parts. */
  constructor(units: Units, isKeeping: boolean) {
    this.#units = units
    this.#isKeeping = isKeeping
  }

  /** The part that a record belongs to. */
  of(at: number): Reader {
    const unit = this.#units.of(at)
    const { partOf, parts, rest } = this.#byUnit[unit.index] ?? this.#open(unit)
    const part = partOf?.[at - unit.base] ?? 0
    return part === 0 ? rest : (parts[part - 1] as Reader)
  }

  /** The reader for the sites of a file. */
  ofSites(unit: Unit): Reader {
    return (this.#byUnit[unit.index] ?? this.#open(unit)).rest
  }

  ofExport(unit: Unit, name: number): Reader {
    const path = exportKey(unit.path, this.#units.nameText(name))
    let reader = this.#exports.get(path)
    if (reader === undefined) {
      reader = { path, reads: new Set() }
      this.#exports.set(path, reader)
    }
    return reader
  }

  /** All readers with dependencies, with the path of their file. */
  *all(): Iterable<readonly [path: string, reader: Reader]> {
    for (const [index, one] of this.#byUnit.entries()) {
      const path = this.#units.all[index]?.path ?? ''
      if (one === undefined || path === '') continue
      for (const part of [one.rest, ...one.parts]) if (part.reads.size > 0) yield [path, part]
    }
    for (const [key, reader] of this.#exports) {
      const path = key.slice(2, key.indexOf('\0'))
      if (path !== '' && reader.reads.size > 0) yield [path, reader]
    }
  }

  #open(unit: Unit): UnitReaders {
    const rest: Reader = { path: `f ${unit.path}`, reads: new Set() }
    const roots = this.#isKeeping && unit.path !== '' ? rootsOf(this.#units, unit.module) : []
    const readers: UnitReaders = {
      rest,
      parts: roots.map(({ name }) => ({ path: partKey(unit.path, name), reads: new Set<string>() })),
      partOf: roots.length === 0 ? undefined : this.#assign(unit, roots),
    }
    this.#byUnit[unit.index] = readers
    return readers
  }

  #assign(unit: Unit, roots: readonly Part[]): Uint16Array | Uint32Array {
    const length = this.#units.endOf(unit) - unit.base + 1
    const partOf = roots.length < 65_535 ? new Uint16Array(length) : new Uint32Array(length)
    assignParts(this.#units, roots, (at, part) => {
      if (partOf[at - unit.base] !== 0) return false
      partOf[at - unit.base] = part + 1
      return true
    })
    return partOf
  }
}

function partKey(path: string, name: string): string {
  return `d ${path}\0${name}`
}

export function exportKey(path: string, name: string): string {
  return `e ${path}\0${name}`
}

export function resolutionKey(specifier: string, from: string): string {
  return `r ${specifier}\0${from.slice(0, from.lastIndexOf('/') + 1)}`
}
