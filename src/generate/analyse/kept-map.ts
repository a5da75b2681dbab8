/**
 * A cached map from files to values, stored as a base and later changes to it, so that a small change writes little. The
 * base is stored in parts of some hundred files: the values of a large repository take hundreds of megabytes, which are
 * never serialized at once. A common value for all files is stored with them.
 */

import { randomUUID } from 'node:crypto'
import type { ResultsCache } from './results-cache.ts'

/** The entry of the base. Its parts have the same stamp. */
interface Head<C> {
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
interface Later<T, C> extends Base<T, C> {
  readonly gone: readonly string[]
}

/** If a larger share of the values has changed, a new base is written. */
const MAX_SHARE = 0.2
/** The number of files in a part of the base. */
const PART_FILES = 400

export class KeptMap<T, C = undefined> {
  readonly #cache: ResultsCache
  readonly #name: string
  readonly #key: string
  readonly #base: Base<T, C>
  readonly #partFiles: number
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
    partFiles: number,
  ) {
    this.#cache = cache
    this.#name = name
    this.#key = key
    this.#base = base
    this.#partFiles = partFiles
    this.common = (later ?? base).common
    if (later === undefined) this.values = base.values
    else {
      const values = new Map([...base.values, ...later.values])
      for (const path of later.gone) values.delete(path)
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
    const base = (await readBase<T, C>(cache, name, key)) ?? { stamp: '', values: new Map<string, T>() }
    const later = await cache.read<Later<T, C>>(`${name} later`, key)
    return new KeptMap(cache, name, key, base, later?.stamp === base.stamp ? later : undefined, partFiles)
  }

  /** @param values - Unchanged values must be the same objects as before. */
  async write(values: ReadonlyMap<string, T>, common?: C): Promise<void> {
    const { stamp, values: before } = this.#base
    const changed = new Map([...values].filter(([path, value]) => before.get(path) !== value))
    const gone = [...before.keys()].filter((path) => !values.has(path))
    if (changed.size + gone.length > before.size * MAX_SHARE) {
      await this.#writeBase(values, common)
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

  /** The head comes last; until then, the parts do not match it and the cache counts as empty. */
  async #writeBase(values: ReadonlyMap<string, T>, common: C | undefined): Promise<void> {
    const stamp = randomUUID()
    const all = [...values]
    const parts = Math.ceil(all.length / this.#partFiles)
    for (let number = 0; number < parts; number++) {
      const own = all.slice(number * this.#partFiles, (number + 1) * this.#partFiles)
      const part: Part<T> = { stamp, values: new Map(own) }
      await this.#cache.write(partName(this.#name, number), this.#key, part)
    }
    const head: Head<C> = { stamp, parts, common }
    await this.#cache.write(this.#name, this.#key, head)
  }
}

const partName = (name: string, number: number): string => `${name} part ${number}`

/** `undefined` if the head or one of its parts is missing. */
async function readBase<T, C>(cache: ResultsCache, name: string, key: string): Promise<Base<T, C> | undefined> {
  const head = await cache.read<Head<C>>(name, key)
  if (head === undefined) return undefined
  const values = new Map<string, T>()
  for (let number = 0; number < head.parts; number++) {
    const part = await cache.read<Part<T>>(partName(name, number), key)
    if (part?.stamp !== head.stamp) return undefined
    for (const [path, value] of part.values) values.set(path, value)
  }
  return { stamp: head.stamp, values, common: head.common }
}
