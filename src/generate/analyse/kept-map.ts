/**
 * Something for each of many files, kept for the next analysis in two entries: all, and what is different **later**, so
 * that a small change writes little.
 */

import { randomUUID } from 'node:crypto'
import type { ResultsCache } from './results-cache.ts'

interface Base<T> {
  readonly stamp: string
  readonly values: ReadonlyMap<string, T>
}

/** Belongs to the base of the same stamp. */
interface Later<T> extends Base<T> {
  readonly gone: readonly string[]
}

/** All is written anew when so much of it is different. */
const MAX_SHARE = 0.2

export class KeptMap<T> {
  readonly #cache: ResultsCache
  readonly #name: string
  readonly #key: string
  readonly #base: Base<T>
  /** By path. */
  readonly values: ReadonlyMap<string, T>

  private constructor(cache: ResultsCache, name: string, key: string, base: Base<T>, later: Later<T> | undefined) {
    this.#cache = cache
    this.#name = name
    this.#key = key
    this.#base = base
    if (later === undefined) this.values = base.values
    else {
      const values = new Map([...base.values, ...later.values])
      for (const path of later.gone) values.delete(path)
      this.values = values
    }
  }

  /** @param key - Of all that the values depend on together; what was kept for another one is not read. */
  static async read<T>(cache: ResultsCache, name: string, key: string): Promise<KeptMap<T>> {
    const base = (await cache.read<Base<T>>(name, key)) ?? { stamp: '', values: new Map<string, T>() }
    const later = await cache.read<Later<T>>(`${name} later`, key)
    return new KeptMap(cache, name, key, base, later?.stamp === base.stamp ? later : undefined)
  }

  /** @param values - One that is as it was is the same object as before. */
  async write(values: ReadonlyMap<string, T>): Promise<void> {
    const { stamp, values: before } = this.#base
    const changed = new Map([...values].filter(([path, value]) => before.get(path) !== value))
    const gone = [...before.keys()].filter((path) => !values.has(path))
    if (changed.size + gone.length > before.size * MAX_SHARE) {
      const base: Base<T> = { stamp: randomUUID(), values }
      await this.#cache.write(this.#name, this.#key, base)
      return
    }
    const isAsRead =
      values.size === this.values.size && [...values].every(([path, one]) => this.values.get(path) === one)
    if (isAsRead) return
    const later: Later<T> = { stamp, values: changed, gone }
    await this.#cache.write(`${this.#name} later`, this.#key, later)
  }
}
