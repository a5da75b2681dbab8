/**
 * A cached map from files to values, stored in two entries: the base, and later changes to it, so that a small change
 * writes little. A common value for all files is stored with them.
 */

import { randomUUID } from 'node:crypto'
import type { ResultsCache } from './results-cache.ts'

interface Base<T, C> {
  readonly stamp: string
  readonly values: ReadonlyMap<string, T>
  readonly common?: C | undefined
}

/** Changes to the base with the same stamp. */
interface Later<T, C> extends Base<T, C> {
  readonly gone: readonly string[]
}

/** If a larger share of the values has changed, a new base is written. */
const MAX_SHARE = 0.2

export class KeptMap<T, C = undefined> {
  readonly #cache: ResultsCache
  readonly #name: string
  readonly #key: string
  readonly #base: Base<T, C>
  /** Values keyed by path. */
  readonly values: ReadonlyMap<string, T>
  /** The common value. */
  readonly common: C | undefined

  private constructor(
    cache: ResultsCache,
    name: string,
    key: string,
    base: Base<T, C>,
    later: Later<T, C> | undefined,
  ) {
    this.#cache = cache
    this.#name = name
    this.#key = key
    this.#base = base
    this.common = (later ?? base).common
    if (later === undefined) this.values = base.values
    else {
      const values = new Map([...base.values, ...later.values])
      for (const path of later.gone) values.delete(path)
      this.values = values
    }
  }

  /** @param key - Identifies everything that all values depend on; entries with another key are ignored. */
  static async read<T, C = undefined>(cache: ResultsCache, name: string, key: string): Promise<KeptMap<T, C>> {
    const base = (await cache.read<Base<T, C>>(name, key)) ?? { stamp: '', values: new Map<string, T>() }
    const later = await cache.read<Later<T, C>>(`${name} later`, key)
    return new KeptMap(cache, name, key, base, later?.stamp === base.stamp ? later : undefined)
  }

  /** @param values - Unchanged values must be the same objects as before. */
  async write(values: ReadonlyMap<string, T>, common?: C): Promise<void> {
    const { stamp, values: before } = this.#base
    const changed = new Map([...values].filter(([path, value]) => before.get(path) !== value))
    const gone = [...before.keys()].filter((path) => !values.has(path))
    if (changed.size + gone.length > before.size * MAX_SHARE) {
      const base: Base<T, C> = { stamp: randomUUID(), values, common }
      await this.#cache.write(this.#name, this.#key, base)
      return
    }
    const isAsRead =
      common === this.common &&
      values.size === this.values.size &&
      [...values].every(([path, one]) => this.values.get(path) === one)
    if (isAsRead) return
    const later: Later<T, C> = { stamp, values: changed, gone, common }
    await this.#cache.write(`${this.#name} later`, this.#key, later)
  }
}
