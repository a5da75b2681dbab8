/**
 * A cached map from files to values, stored as a base and later changes to it, so that a small change writes little. The
 * base is stored in parts of some hundred files: the values of a large repository take hundreds of megabytes, which are
 * never serialized at once. A common value for all files is stored with them.
 */

import { randomUUID } from 'node:crypto'
import type { ResultsCache } from './results-cache.ts'

/** The entry of the base. Its parts have the same stamp. */
interface BaseHeader<C> {
  readonly stamp: string
  /** The number of parts. */
  readonly parts: number
  readonly common?: C | undefined
}

interface Part<T> {
  readonly stamp: string
  readonly values: ReadonlyMap<string, T>
}

interface Base<T, C> extends Part<T> {
  readonly common?: C | undefined
}

/** Changes to the base with the same stamp. */
interface Changes<T, C> extends Base<T, C> {
  readonly removed: readonly string[]
}

/** If a larger share of the values has changed, a new base is written. */
const MAX_SHARE = 0.2
/** The number of files in a part of the base. */
const PART_FILES = 400

export class KeptMap<T, C = undefined> {
  readonly #cache: ResultsCache
  readonly #name: string
  readonly #key: string
  readonly #base: Base<T, C> | undefined
  readonly #partFiles: number
  /** Values keyed by path. */
  readonly values: ReadonlyMap<string, T>
  /** The common value. */
  readonly common: C | undefined

  private constructor(
    cache: ResultsCache,
    name: string,
    key: string,
    base: Base<T, C> | undefined,
    changes: Changes<T, C> | undefined,
    partFiles: number,
  ) {
    this.#cache = cache
    this.#name = name
    this.#key = key
    this.#base = base
    this.#partFiles = partFiles
    this.common = (changes ?? base)?.common
    if (changes === undefined) this.values = base?.values ?? new Map()
    else {
      const values = new Map([...(base?.values ?? []), ...changes.values])
      for (const path of changes.removed) values.delete(path)
      this.values = values
    }
  }

  /**
   * @param key - Identifies everything that all values depend on; entries with another key are ignored.
   * @param partFiles - The number of files in a part of the base that is written.
   */
  static async read<T, C = undefined>(
    cache: ResultsCache,
    name: string,
    key: string,
    partFiles = PART_FILES,
  ): Promise<KeptMap<T, C>> {
    const base = await readBase<T, C>(cache, name, key)
    const changes = base && (await cache.read<Changes<T, C>>(`${name} changes`, key))
    return new KeptMap(cache, name, key, base, changes?.stamp === base?.stamp ? changes : undefined, partFiles)
  }

  /**
   * Write the values of all files. Call it once: this object still knows the values from before.
   *
   * @param values - Unchanged values must be the same objects as before.
   * @param common - The same object as before, if it is unchanged.
   */
  async write(values: ReadonlyMap<string, T>, common?: C): Promise<void> {
    const before = this.#base?.values ?? new Map<string, T>()
    const changed = new Map([...values].filter(([path, value]) => before.get(path) !== value))
    const removed = [...before.keys()].filter((path) => !values.has(path))
    if (this.#base === undefined || changed.size + removed.length > before.size * MAX_SHARE) {
      await this.#writeBase(values, common)
      return
    }
    const isAsRead =
      common === this.common &&
      values.size === this.values.size &&
      [...values].every(([path, one]) => this.values.get(path) === one)
    if (isAsRead) return
    const changes: Changes<T, C> = { stamp: this.#base.stamp, values: changed, removed, common }
    await this.#cache.write(`${this.#name} changes`, this.#key, changes)
  }

  /** The header comes last; until then, the parts do not match it and the cache counts as empty. */
  async #writeBase(values: ReadonlyMap<string, T>, common: C | undefined): Promise<void> {
    const stamp = randomUUID()
    const all = [...values]
    const parts = Math.ceil(all.length / this.#partFiles)
    for (let number = 0; number < parts; number++) {
      const own = all.slice(number * this.#partFiles, (number + 1) * this.#partFiles)
      const part: Part<T> = { stamp, values: new Map(own) }
      await this.#cache.write(partName(this.#name, number), this.#key, part)
    }
    const header: BaseHeader<C> = { stamp, parts, common }
    await this.#cache.write(this.#name, this.#key, header)
  }
}

const partName = (name: string, number: number): string => `${name} part ${number}`

/** `undefined` if the header or one of its parts is missing. */
async function readBase<T, C>(cache: ResultsCache, name: string, key: string): Promise<Base<T, C> | undefined> {
  const header = await cache.read<BaseHeader<C>>(name, key)
  if (header === undefined) return undefined
  const values = new Map<string, T>()
  for (let number = 0; number < header.parts; number++) {
    const part = await cache.read<Part<T>>(partName(name, number), key)
    if (part?.stamp !== header.stamp) return undefined
    for (const [path, value] of part.values) values.set(path, value)
  }
  return { stamp: header.stamp, values, common: header.common }
}
