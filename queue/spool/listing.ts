/**
 * The sorted names in a folder, cached in memory. The folder is read again after it has changed, but only so often that this takes
 * a small share of the time; with 100,000 names, a listing may be a few hundred milliseconds old. Names that this process adds or
 * removes are visible at once.
 */

import { statSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { lowerBound } from '#base/binary-search.ts'
import { isErrno } from '#base/errors.ts'
import { isTemporaryName } from '#base/files.ts'
import { repoPrefix } from './file-names.ts'
import type { SpoolPaths } from './paths.ts'

/** A change within this time before a scan may have the same time stamp as a change after it. */
const STAMP_GRAIN_MS = 50
/** From this number of names, the folder is read again only after `REST_FACTOR` times as long as the last scan took. */
const MANY = 200
const REST_FACTOR = 5

/**
 * A stamp that changes whenever the entries of a folder change. With `isSettled` false, the next change may go unnoticed.
 *
 * Synchronous on purpose, because the kernel answers from memory, and the thread pool would take ten times as long.
 *
 * @returns `undefined` when there is no such folder.
 */
export function readStamp(folder: string): { stamp: string; isSettled: boolean } | undefined {
  const found = statSync(folder, { bigint: true, throwIfNoEntry: false })
  if (found === undefined) return undefined
  const { mtimeNs, ino, mtimeMs } = found
  return { stamp: `${ino}:${mtimeNs}`, isSettled: Math.abs(Date.now() - Number(mtimeMs)) > STAMP_GRAIN_MS }
}

/** The index of a name in sorted names, or the index at which to insert it. */
export const indexOfName = (names: readonly string[], name: string): number =>
  lowerBound(names.length, (index) => (names[index] ?? '') < name)

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

  /** @param isOptional - Whether a missing folder counts as empty; otherwise, it is an error. */
  constructor(folder: string, isOptional = false) {
    this.#folder = folder
    this.#isOptional = isOptional
  }

  /** All names except temporary ones, sorted by code unit. The array changes later, so do not keep it across an `await`. */
  async names(): Promise<readonly string[]> {
    const restMs = this.#names.length < MANY ? 0 : this.#scanCost * REST_FACTOR
    if (performance.now() - this.#scanEnd >= restMs) await this.#refresh()
    return this.#names
  }

  /** A scan that is already running may miss a change that the caller knows about, so the caller waits for the next one. */
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

  /** Called when this process has created the name. */
  add(name: string): void {
    this.#added.add(name)
    this.#removed.delete(name)
    this.#insert(name)
  }

  /** Called when this process has removed the name or found that it no longer exists. */
  remove(name: string): void {
    this.#removed.add(name)
    this.#added.delete(name)
    this.#delete(name)
  }

  #insert(name: string): void {
    const index = indexOfName(this.#names, name)
    if (this.#names[index] === name) return
    this.#names.splice(index, 0, name)
  }

  #delete(name: string): void {
    const index = indexOfName(this.#names, name)
    if (this.#names[index] !== name) return
    // Usually the first name is removed, and `shift` does not copy the others.
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
    // Names that changed while the folder was read may be in the result or not.
    for (const name of this.#added) this.#insert(name)
    for (const name of this.#removed) this.#delete(name)
    this.#scanEnd = performance.now()
    this.#scanCost = this.#scanEnd - begin
  }
}

/** The names in a folder; none if it is missing. */
export const listFolder = (folder: string): Promise<string[]> => readdir(folder).catch(noneIfGone)

/** The ids of the jobs in the index of a repository; none if the index is missing. */
export async function listRepository(paths: SpoolPaths, repoUrl: string): Promise<string[]> {
  const prefix = repoPrefix(repoUrl)
  const names = await listFolder(paths.repoShard(repoUrl))
  return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length))
}

/** An error handler for reading a folder that may be missing: returns no names. */
export function noneIfGone(error: unknown): string[] {
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
  throw error
}

function rethrow(error: unknown): never {
  throw error
}
