/** What retention knows about each set. They are read in steps, so that each call does a limited amount of work. */

import type { Budget, RetainedSets } from './retention.ts'

/** Reading a manifest counts as inspecting this many files. */
const MANIFEST_COST = 100

export interface KnownSet {
  usedMs: number
  bytes?: number
  /** `bytes` is from before a set of the same repository came or went. */
  isOutdated?: boolean
  /** `null` if its manifest cannot be read or has another version; `undefined` if it has not been read yet. */
  repoUrl?: string | null
  /** When a check first found no job for it; removed when a check finds one. */
  orphanSinceMs?: number
}

export class KnownSets {
  readonly #sets: RetainedSets
  readonly #known = new Map<string, KnownSet>()

  constructor(sets: RetainedSets) {
    this.#sets = sets
  }

  get size(): number {
    return this.#known.size
  }

  get(key: string): KnownSet | undefined {
    return this.#known.get(key)
  }

  [Symbol.iterator](): IterableIterator<[string, KnownSet]> {
    return this.#known.entries()
  }

  /** List the sets and read their last uses. @returns false when the budget was exceeded. */
  async list(left: Budget): Promise<boolean> {
    const keys = new Set(await this.#sets.list())
    for (const key of this.#known.keys()) if (!keys.has(key)) this.forget(key)
    for (const key of keys) {
      if (this.#known.has(key)) continue
      if (left.files <= 0) return false
      left.files -= 1
      const usedMs = await this.#sets.lastUse(key)
      if (usedMs !== undefined) this.#known.set(key, { usedMs })
    }
    return true
  }

  /** Read the repositories of the sets. */
  async readRepositories(left: Budget): Promise<void> {
    for (const [key, set] of this.#known) {
      if (set.repoUrl !== undefined) continue
      if (left.files <= 0) return
      left.files -= MANIFEST_COST
      set.repoUrl = (await this.#sets.readRepoUrl(key)) ?? null
      this.#measureAgain(set.repoUrl)
    }
  }

  /** Measure the sets. @returns false when the budget was exceeded, so that the total size is unknown. */
  async measure(left: Budget): Promise<boolean> {
    for (const [key, set] of this.#known) {
      if (set.bytes !== undefined && set.isOutdated !== true) continue
      if (left.files <= 0) return false
      const { bytes, files } = await this.#sets.measure(key)
      left.files -= files
      set.bytes = bytes
      set.isOutdated = false
    }
    return true
  }

  forget(key: string): void {
    this.#measureAgain(this.#known.get(key)?.repoUrl)
    this.#known.delete(key)
  }

  totalBytes(): number {
    let total = 0
    for (const { bytes = 0 } of this.#known.values()) total += bytes
    return total
  }

  leastRecentlyUsed(without: ReadonlySet<string>): { key: string; usedMs: number } | undefined {
    let oldest: { key: string; usedMs: number } | undefined
    for (const [key, { usedMs }] of this.#known) {
      if (!without.has(key) && (oldest === undefined || usedMs < oldest.usedMs)) oldest = { key, usedMs }
    }
    return oldest
  }

  /** Versions of a repository share files, whose size is divided among them. Until they are measured, the old sizes count. */
  #measureAgain(repoUrl: string | null | undefined): void {
    if (typeof repoUrl !== 'string') return
    for (const set of this.#known.values()) if (set.repoUrl === repoUrl) set.isOutdated = true
  }
}
