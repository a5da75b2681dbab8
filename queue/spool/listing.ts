/**
 * The names in a folder, sorted, kept in memory. It looks again when the folder has changed, but spends at most a small
 * share of the time on that: with 100,000 names a listing may lag by some hundred milliseconds. Names that this process
 * adds or takes away show at once.
 */

import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName } from '#base/files.ts'

/** A change within this time before a listing began may share its time stamp with one after it. */
const STAMP_GRAIN_MS = 50
/** With this many names, a listing is due only when some multiple of its cost has passed. */
const MANY = 200
const REST_FACTOR = 5

/**
 * A text that changes with the entries of a folder; `isSettled` when it will change at the next one for certain.
 *
 * The plain synchronous call: the kernel has what is asked for in memory, and a turn through the thread pool costs ten times as much.
 *
 * @returns `undefined` when there is no such folder.
 */
export function readStamp(folder: string): { stamp: string; isSettled: boolean } | undefined {
  const found = statSync(folder, { bigint: true, throwIfNoEntry: false })
  if (found === undefined) return undefined
  const { mtimeNs, ino, mtimeMs } = found
  return { stamp: `${ino}:${mtimeNs}`, isSettled: Math.abs(Date.now() - Number(mtimeMs)) > STAMP_GRAIN_MS }
}

/** Where a name stands in sorted names, or would stand. From 0. */
export function lowerBound(names: readonly string[], name: string): number {
  let low = 0
  let high = names.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((names[middle] ?? '') < name) low = middle + 1
    else high = middle
  }
  return low
}

export class Listing {
  readonly #folder: string
  readonly #isOptional: boolean
  #names: string[] = []
  #stamp = ''
  #isSettled = false
  #scanEnd = Number.NEGATIVE_INFINITY
  #scanCost = 0
  #scanning: Promise<void> | undefined
  #next: Promise<void> | undefined
  #added = new Set<string>()
  #removed = new Set<string>()

  /** @param isOptional - A folder that is missing has no names. */
  constructor(folder: string, isOptional = false) {
    this.#folder = folder
    this.#isOptional = isOptional
  }

  /** Sorted by code unit; hidden names are left out. Do not keep it over a wait. */
  async names(): Promise<readonly string[]> {
    const restMs = this.#names.length < MANY ? 0 : this.#scanCost * REST_FACTOR
    if (performance.now() - this.#scanEnd >= restMs) await this.#refresh()
    return this.#names
  }

  /** A look that has begun may have missed what the caller knows of: then another follows it. */
  async #refresh(): Promise<void> {
    if (this.#scanning === undefined) {
      this.#scanning = this.#scan().finally(() => {
        this.#scanning = undefined
      })
      await this.#scanning
      return
    }
    this.#next ??= this.#scanning
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.#refresh()
      })
    await this.#next
  }

  /** This process made the name. */
  add(name: string): void {
    this.#added.add(name)
    this.#removed.delete(name)
    this.#insert(name)
  }

  /** This process took the name away, or found it gone. */
  remove(name: string): void {
    this.#removed.add(name)
    this.#added.delete(name)
    this.#delete(name)
  }

  #insert(name: string): void {
    const index = lowerBound(this.#names, name)
    if (this.#names[index] === name) return
    this.#names.splice(index, 0, name)
  }

  #delete(name: string): void {
    const index = lowerBound(this.#names, name)
    if (this.#names[index] !== name) return
    // The first name goes most often: without a copy of the rest.
    if (index === 0) this.#names.shift()
    else this.#names.splice(index, 1)
  }

  async #scan(): Promise<void> {
    const begin = performance.now()
    const found = readStamp(this.#folder)
    if (found !== undefined && found.stamp === this.#stamp && this.#isSettled) return
    this.#added.clear()
    this.#removed.clear()
    const names = (await readdir(this.#folder).catch(this.#isOptional ? noneIfGone : rethrow)).filter(
      (name) => !isTemporaryName(name),
    )
    names.sort()
    this.#stamp = found?.stamp ?? ''
    this.#isSettled = found?.isSettled === true
    this.#names = names
    // Changed while the folder was read: the listing may have them or not.
    for (const name of this.#added) this.#insert(name)
    for (const name of this.#removed) this.#delete(name)
    this.#scanEnd = performance.now()
    this.#scanCost = this.#scanEnd - begin
  }
}

/** For a folder that may be missing. */
export function noneIfGone(error: unknown): string[] {
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
  throw error
}

function rethrow(error: unknown): never {
  throw error
}
