/**
 * Removes sets that no job refers to, sets that have been unused for long and, above a size limit, the least recently
 * used sets. Sets that a follow needs are not removed for their age or size. The unchanging properties of a set are
 * cached, and so is its last known use; because that may have become later, it is read again before a set is removed.
 * Each call does a limited amount of work, and the next one continues.
 */

import { push } from '#base/multimap.ts'
import { KnownSets } from './known-sets.ts'
import type { SetStore } from './sets.ts'

export interface SetLimits {
  /** Sets unused for this long are removed. */
  maxIdleMs: number
  /** Limit on the total size of all sets and `otherBytes`; 0 for no limit. */
  maxBytes: number
}

/** The sets that the jobs of one repository refer to. */
export interface References {
  keys: ReadonlySet<string>
  /** The sets that a follow needs; they are not removed for their age or size. */
  kept: ReadonlySet<string>
  /** Whether a job is running, which may have published a set that its record does not name yet. */
  isBusy: boolean
  /** How many jobs were read. */
  jobs: number
}

export type ReadReferences = (repoUrl: string) => Promise<References>

/** The methods that retention needs from a store of sets. */
export type RetainedSets = Pick<SetStore, 'list' | 'lastUse' | 'measure' | 'readRepoUrl' | 'removeUnused' | 'sweep'>

export interface SetRetentionDeps {
  sets: RetainedSets
  limits: SetLimits
  /** Milliseconds since the epoch. */
  clock(): number
  /** The size of other data that counts towards the limit; 0 by default. */
  otherBytes?(): Promise<number>
  /** How long repeated checks must find a set without a job before it is removed; an hour by default. */
  orphanMs?: number
  /** Remove nothing and only report what would be removed. */
  isDry?: boolean
}

/** `orphaned`: no job refers to it. `idle`: unused for long. `crowded`: the size limit was exceeded. */
export type Reason = 'orphaned' | 'idle' | 'crowded'

export interface RemovedSet {
  key: string
  reason: Reason
  bytes: number
}

export interface SetsReport {
  removed: RemovedSet[]
  /** Number of remaining sets. */
  sets: number
  /** Their size, as far as they have been measured. */
  bytes: number
  /** Whether all of them have been measured. */
  isMeasured: boolean
  /** Number of unfinished sets of dead processes that were removed. */
  swept: number
  /** Number of unfinished sets that cannot be removed. */
  stuck: number
}

/** The maximum amount of work of one call. */
export interface Budget {
  /** Files to inspect. */
  files: number
  /** Jobs to read. */
  jobs: number
  removals: number
}

export const TICK: Budget = { files: 50_000, jobs: 1_000, removals: 200 }
export const NO_LIMIT: Budget = { files: Infinity, jobs: Infinity, removals: Infinity }

/** Sets used within this time are not orphans: a new set may have no job for a moment. */
export const GRACE_MS = 3_600_000
/** Sets published or used within this time are not removed to free space. */
const CROWDED_GRACE_MS = 10 * 60_000
/** Lower limit of `maxIdleMs`: uses are recorded once an hour, so a short limit would remove sets that are in use. */
const MIN_IDLE_MS = 24 * 3_600_000

type KeptCheck = (key: string) => Promise<boolean>

/** Removes sets, doing at most the work that the budget allows. */
export type SetRetention = (budget: Budget, readReferences: ReadReferences) => Promise<SetsReport>

export function createSetRetention(deps: SetRetentionDeps): SetRetention {
  const { sets, limits, clock, orphanMs = GRACE_MS, isDry = false, otherBytes = async () => 0 } = deps
  const known = new KnownSets(sets)
  /** The last repository that was checked for orphans; '' to start from the first one. */
  let lastChecked = ''

  return async function tidy(budget, readReferences) {
    const left = { ...budget }
    const removed: RemovedSet[] = []
    const { removed: swept, stuck } = isDry ? { removed: 0, stuck: 0 } : await sets.sweep()
    const isComplete = await known.list(left)
    await known.readRepositories(left)
    await removeOrphans(readReferences, left, removed)
    const isKept = createKeptCheck(readReferences)
    await removeIdle(isKept, left, removed)
    const isMeasured = (await known.measure(left)) && isComplete
    if (isMeasured && limits.maxBytes > 0) await removeCrowded(isKept, left, removed)
    return { removed, sets: known.size, bytes: known.totalBytes(), isMeasured, swept, stuck }
  }

  /** A set whose manifest cannot be read is not an orphan, because a newer version may be able to read it. */
  async function removeOrphans(readReferences: ReadReferences, left: Budget, removed: RemovedSet[]): Promise<void> {
    const byRepo = new Map<string, string[]>()
    for (const [key, { repoUrl }] of known) {
      if (typeof repoUrl === 'string') push(byRepo, repoUrl, key)
    }
    for (const repoUrl of [...byRepo.keys()].sort()) {
      if (repoUrl <= lastChecked) continue
      if (left.jobs <= 0 || left.removals <= 0) return
      const references = await readReferences(repoUrl)
      left.jobs -= Math.max(1, references.jobs)
      for (const key of byRepo.get(repoUrl) ?? []) {
        if (left.removals <= 0) return
        await removeIfOrphan(key, references, left, removed)
      }
      lastChecked = repoUrl
    }
    lastChecked = ''
  }

  async function removeIfOrphan(
    key: string,
    references: References,
    left: Budget,
    removed: RemovedSet[],
  ): Promise<void> {
    const set = known.get(key)
    if (set === undefined) return
    if (references.isBusy || references.keys.has(key)) {
      delete set.orphanSinceMs
      return
    }
    const now = clock()
    set.orphanSinceMs ??= now
    if (now - set.orphanSinceMs >= orphanMs && now - set.usedMs >= GRACE_MS)
      await removeSet(key, 'orphaned', left, removed)
  }

  /** Creates a check of whether a follow needs a set. Reads the references of each repository once. */
  function createKeptCheck(readReferences: ReadReferences): KeptCheck {
    const read = new Map<string, ReadonlySet<string>>()
    return async (key) => {
      const repoUrl = known.get(key)?.repoUrl
      if (typeof repoUrl !== 'string') return false
      const kept = read.get(repoUrl) ?? (await readReferences(repoUrl)).kept
      read.set(repoUrl, kept)
      return kept.has(key)
    }
  }

  async function removeIdle(isKept: KeptCheck, left: Budget, removed: RemovedSet[]): Promise<void> {
    const maxIdleMs = Math.max(MIN_IDLE_MS, limits.maxIdleMs)
    for (const [key, set] of known) {
      if (left.removals <= 0) return
      if (clock() - set.usedMs < maxIdleMs || (await isKept(key))) continue
      await removeSet(key, 'idle', left, removed)
    }
  }

  async function removeCrowded(isKept: KeptCheck, left: Budget, removed: RemovedSet[]): Promise<void> {
    const kept = new Set<string>()
    // Other bytes that count become fewer only after sets are removed, so they may take at most half of the limit.
    const others = Math.min(await otherBytes(), limits.maxBytes / 2)
    while (known.totalBytes() + others > limits.maxBytes && left.removals > 0) {
      const oldest = known.leastRecentlyUsed(kept)
      if (oldest === undefined || clock() - oldest.usedMs < CROWDED_GRACE_MS) return
      if (await isKept(oldest.key)) kept.add(oldest.key)
      else await removeSet(oldest.key, 'crowded', left, removed)
    }
  }

  /** Remove a set unless it has been used since its last known use. */
  async function removeSet(key: string, reason: Reason, left: Budget, removed: RemovedSet[]): Promise<void> {
    const set = known.get(key)
    const usedMs = await sets.lastUse(key)
    if (set === undefined || usedMs === undefined) {
      known.forget(key)
      return
    }
    if (usedMs > set.usedMs) {
      set.usedMs = usedMs
      return
    }
    const bytes = set.bytes ?? (await sets.measure(key)).bytes
    if (!isDry && !(await sets.removeUnused(key, usedMs))) {
      set.usedMs = clock()
      return
    }
    known.forget(key)
    left.removals -= 1
    removed.push({ key, reason, bytes })
  }
}
