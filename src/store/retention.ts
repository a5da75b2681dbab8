/**
 * Which sets go, and when: those that no job refers to any more, those that nobody has used for long, and, above a limit
 * of bytes, those that were used least recently. It keeps in memory what never changes about a set, and its last use as
 * far as it is known: that only grows, so it is asked for again before a set goes. Each call does a limited amount of
 * work and the next one goes on from there.
 */

import type { SetStore } from './sets.ts'

export interface SetLimits {
  /** A set that nobody has used for this long goes. */
  maxIdleMs: number
  /** For all sets together; 0 for no limit. */
  maxBytes: number
}

/** What the jobs of one repository say about its sets. */
export interface References {
  keys: ReadonlySet<string>
  /** One of them runs, and may have published a set that its record does not name yet. */
  isBusy: boolean
  /** How many jobs were asked. */
  jobs: number
}

export type ReadReferences = (repoUrl: string) => Promise<References>

export interface SetRetentionDeps {
  sets: SetStore
  limits: SetLimits
  /** Milliseconds since the epoch. */
  clock(): number
  /** How long a set must have been found without a job, time and again. */
  orphanMs?: number
  /** Tell what would go, and let it stay. */
  isDry?: boolean
}

/** `orphaned`: no job refers to it. `idle`: not used for long. `crowded`: there was no room for it. */
export type Reason = 'orphaned' | 'idle' | 'crowded'

export interface RemovedSet {
  key: string
  reason: Reason
  bytes: number
}

export interface SetsReport {
  removed: RemovedSet[]
  /** Sets that stay. */
  sets: number
  /** What they take; of those that were measured already. */
  bytes: number
  /** Unfinished sets of programs that died. */
  swept: number
  /** Such ones that cannot be removed. */
  stuck: number
}

/** How much one call may do. */
export interface Budget {
  /** Files to look at. */
  files: number
  /** Jobs to ask. */
  jobs: number
  removals: number
}

export const TICK: Budget = { files: 50_000, jobs: 1_000, removals: 200 }
export const NO_LIMIT: Budget = { files: Infinity, jobs: Infinity, removals: Infinity }

/** After its publication a set may have no job for a moment; one that was used within this time stays in any case. */
export const GRACE_MS = 3_600_000
/** A set that was published or used within this time is not taken for want of room. */
const CROWDED_GRACE_MS = 10 * 60_000
/** Uses are noted once an hour, so that a shorter limit would take sets that are in use. */
const LEAST_IDLE_MS = 24 * 3_600_000
/** Reading a manifest costs as much as looking at so many files. */
const MANIFEST_COST = 100

interface Known {
  usedMs: number
  bytes?: number
  /** `null`: its manifest cannot be read, or is of another version. */
  repoUrl?: string | null
  /** Found without a job since. */
  orphanSinceMs?: number
}

/** Removes what is due, within the budget. */
export type SetRetention = (budget: Budget, readReferences: ReadReferences) => Promise<SetsReport>

export function createSetRetention(deps: SetRetentionDeps): SetRetention {
  const { sets, limits, clock, orphanMs = GRACE_MS, isDry = false } = deps
  const known = new Map<string, Known>()
  /** The repository that was asked about last. */
  let asked = ''

  return async function tidy(budget, readReferences) {
    const left = { ...budget }
    const removed: RemovedSet[] = []
    const { removed: swept, stuck } = isDry ? { removed: 0, stuck: 0 } : await sets.sweep()
    const isComplete = await look(left)
    await learn(left)
    await removeOrphans(readReferences, left, removed)
    await removeIdle(left, removed)
    const isMeasured = await measure(left)
    if (isComplete && isMeasured && limits.maxBytes > 0) await removeCrowded(left, removed)
    return { removed, sets: known.size, bytes: totalBytes(), swept, stuck }
  }

  /** Which sets there are. @returns Whether the last use of all is known. */
  async function look(left: Budget): Promise<boolean> {
    const keys = new Set(await sets.list())
    for (const key of known.keys()) if (!keys.has(key)) known.delete(key)
    for (const key of keys) {
      if (known.has(key)) continue
      if (left.files <= 0) return false
      left.files -= 1
      const usedMs = await sets.lastUse(key)
      if (usedMs !== undefined) known.set(key, { usedMs })
    }
    return true
  }

  /** Of which repositories they are. */
  async function learn(left: Budget): Promise<void> {
    for (const [key, set] of known) {
      if (set.repoUrl !== undefined) continue
      if (left.files <= 0) return
      left.files -= MANIFEST_COST
      set.repoUrl = (await sets.readManifest(key))?.repo_url ?? null
    }
  }

  /** A set whose manifest says nothing to this version is nobody's, but not an orphan: a newer program may know better. */
  async function removeOrphans(readReferences: ReadReferences, left: Budget, removed: RemovedSet[]): Promise<void> {
    const byRepo = new Map<string, string[]>()
    for (const [key, { repoUrl }] of known) {
      if (typeof repoUrl === 'string') byRepo.set(repoUrl, [...(byRepo.get(repoUrl) ?? []), key])
    }
    for (const repoUrl of [...byRepo.keys()].sort()) {
      if (repoUrl <= asked) continue
      if (left.jobs <= 0 || left.removals <= 0) return
      const references = await readReferences(repoUrl)
      left.jobs -= Math.max(1, references.jobs)
      for (const key of byRepo.get(repoUrl) ?? []) await judge(key, references, left, removed)
      asked = repoUrl
    }
    asked = ''
  }

  async function judge(key: string, references: References, left: Budget, removed: RemovedSet[]): Promise<void> {
    const set = known.get(key)
    if (set === undefined) return
    if (references.isBusy || references.keys.has(key)) {
      delete set.orphanSinceMs
      return
    }
    const now = clock()
    set.orphanSinceMs ??= now
    if (now - set.orphanSinceMs >= orphanMs && now - set.usedMs >= GRACE_MS) await take(key, 'orphaned', left, removed)
  }

  async function removeIdle(left: Budget, removed: RemovedSet[]): Promise<void> {
    const maxIdleMs = Math.max(LEAST_IDLE_MS, limits.maxIdleMs)
    for (const [key, set] of known) {
      if (left.removals <= 0) return
      if (clock() - set.usedMs >= maxIdleMs) await take(key, 'idle', left, removed)
    }
  }

  /** @returns Whether the size of all is known: without it none can be said to be too much. */
  async function measure(left: Budget): Promise<boolean> {
    for (const [key, set] of known) {
      if (set.bytes !== undefined) continue
      if (left.files <= 0) return false
      const { bytes, files } = await sets.measure(key)
      left.files -= files
      set.bytes = bytes
    }
    return true
  }

  async function removeCrowded(left: Budget, removed: RemovedSet[]): Promise<void> {
    while (totalBytes() > limits.maxBytes && left.removals > 0) {
      const oldest = leastRecentlyUsed()
      if (oldest === undefined || clock() - oldest.usedMs < CROWDED_GRACE_MS) return
      await take(oldest.key, 'crowded', left, removed)
    }
  }

  function leastRecentlyUsed(): { key: string; usedMs: number } | undefined {
    let oldest: { key: string; usedMs: number } | undefined
    for (const [key, { usedMs }] of known) {
      if (oldest === undefined || usedMs < oldest.usedMs) oldest = { key, usedMs }
    }
    return oldest
  }

  /** Remove a set, unless it has been used since this was last known. */
  async function take(key: string, reason: Reason, left: Budget, removed: RemovedSet[]): Promise<void> {
    const set = known.get(key)
    const usedMs = await sets.lastUse(key)
    if (set === undefined || usedMs === undefined) {
      known.delete(key)
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
    known.delete(key)
    left.removals -= 1
    removed.push({ key, reason, bytes })
  }

  function totalBytes(): number {
    let total = 0
    for (const { bytes = 0 } of known.values()) total += bytes
    return total
  }
}
