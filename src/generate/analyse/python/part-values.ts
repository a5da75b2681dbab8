/** The values of the parts of a file (`parts.ts`), as texts: equal texts mean that the part has not changed. */

import type { KeptExports } from './kept-files.ts'
import { type Outline, valuesOf } from './outline.ts'

/** The known facts of a file before its names are resolved. */
export interface OutlinedFile {
  readonly outline: Outline
  readonly exports: KeptExports
  /** The dormant names that are components. */
  readonly active: readonly string[]
}

/** The values of one file. */
export class PartValues {
  readonly #file: OutlinedFile | undefined
  readonly #values: ReadonlyMap<string, string>
  readonly #exported: ReadonlySet<string>
  readonly #active: ReadonlySet<string>
  #names: string | undefined

  /** @param file - `undefined` if there is no such file. */
  constructor(file: OutlinedFile | undefined) {
    this.#file = file
    this.#values = file === undefined ? new Map() : valuesOf(file.outline)
    this.#exported = new Set(file?.exports.names)
    this.#active = new Set(file?.active)
  }

  /** @param part - The key of the part without the path of its file. */
  of(part: string): string {
    if (this.#file === undefined) return ''
    const { exports, outline } = this.#file
    const name = part.slice(1)
    switch (part[0]) {
      case 'n':
        if (name === '*') return this.#allNames()
        return `${this.#values.get(part) ?? outline.absent}${this.#active.has(name) ? ' active' : ''}`
      case 't':
        return this.#values.get(part) ?? outline.absent
      case 'x':
        if (name === '*') return JSON.stringify([exports.names, exports.isOpen])
        return String(this.#exported.has(name) || (exports.isOpen && !name.startsWith('_')))
      default:
        return ''
    }
  }

  #allNames(): string {
    const isTop = ([part]: readonly [string, string]): boolean => part.startsWith('n') && !part.includes('.')
    this.#names ??= JSON.stringify([
      [...this.#values].filter(isTop),
      this.#file?.outline.absent,
      this.#file?.active ?? [],
    ])
    return this.#names
  }
}

/** Whether all values are the same. */
export function areSame(a: OutlinedFile, b: OutlinedFile): boolean {
  return (
    (a.outline === b.outline || (a.outline.values === b.outline.values && a.outline.absent === b.outline.absent)) &&
    (a.exports === b.exports ||
      (a.exports.isOpen === b.exports.isOpen && JSON.stringify(a.exports.names) === JSON.stringify(b.exports.names))) &&
    a.active.length === b.active.length &&
    a.active.every((name, index) => b.active[index] === name)
  )
}
