/**
 * Waiting and held entries, as file names in folders. A claim is one rename(2), which only one process can win. Nothing is synced:
 * after a power failure, a check restores entries from the records.
 */

import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { isErrno, unlessGone } from '#base/errors.ts'
import { exists } from '#base/files.ts'
import type { Entry, WorkQueue } from '#queue/backend.ts'
import { LeaseLost } from '#queue/errors.ts'
import { entryName, parseDelayedName, parseEntryName } from './file-names.ts'
import { DENIED, isDenied } from './foreign-files.ts'
import { Listing } from './listing.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import { countBefore, findFirst } from './queue-order.ts'

/** Longer than any delay: an entry that is due later was created while the clock was ahead, and is promoted at once. */
const MAX_DELAY_MS = 2 * 3_600_000
/** Maximum number of cached listings; those of dead workers are read only once. */
const MAX_LISTINGS = 64

export interface WorkDeps {
  quarantine: Quarantine
  ready: Listing
  delayed: Listing
  /** Called with files that stay as they are. */
  reportSkipped(file: string, why: string): void
}

export function createWorkQueue(paths: SpoolPaths, { quarantine, ready, delayed, reportSkipped }: WorkDeps): WorkQueue {
  /** Listings of the entries that workers hold, keyed by worker. */
  const held = new Map<string, Listing>()

  async function push(entry: Entry, notBefore: number | null): Promise<void> {
    await touch(notBefore === null ? paths.readyEntry(entry) : paths.delayedEntry(entry, notBefore))
    if (notBefore === null) ready.add(entryName(entry))
  }

  async function claim(worker: string, isAdmitted = (_entry: Entry): boolean => true): Promise<Entry | undefined> {
    for (;;) {
      const entry = findFirst(await ready.names(), isAdmitted)
      if (entry === undefined) return undefined
      const name = entryName(entry)
      ready.remove(name)
      if (await moveTo(worker, name, entry)) return entry
    }
  }

  /** @returns false when another worker has taken the entry. */
  async function moveTo(worker: string, name: string, entry: Entry): Promise<boolean> {
    try {
      if (await move(paths.readyEntry(entry), paths.activeEntry(worker, entry))) return true
      if (await exists(paths.activeOf(worker))) return false
      throw new LeaseLost('This worker was declared dead.')
    } catch (error) {
      // The entry was not moved and can be claimed again.
      ready.add(name)
      throw error
    }
  }

  async function putBack(worker: string, entry: Entry, notBefore: number | null): Promise<void> {
    const target = notBefore === null ? paths.readyEntry(entry) : paths.delayedEntry(entry, notBefore)
    const isMoved = await move(paths.activeEntry(worker, entry), target)
    if (isMoved && notBefore === null) ready.add(entryName(entry))
  }

  async function discard(entry: Entry): Promise<void> {
    const name = entryName(entry)
    ready.remove(name)
    await rm(paths.readyEntry(entry), { recursive: true, force: true })
    for (const late of (await delayed.names()).filter((other) => other.endsWith(name))) {
      const parsed = parseDelayedName(late)
      if (parsed?.entry.jobId !== entry.jobId) continue
      delayed.remove(late)
      await rm(paths.delayedEntry(parsed.entry, parsed.notBefore), { recursive: true, force: true })
    }
  }

  async function promoteDue(now: number): Promise<number | undefined> {
    const names = [...(await delayed.names())]
    for (let at = names.length - 1; at >= 0 && dueOf(names[at]) > now + MAX_DELAY_MS; at--)
      await promote(names[at] ?? '')
    for (const name of names) {
      const due = dueOf(name)
      if (due > now + MAX_DELAY_MS) return undefined
      if (due > now) return due
      await promote(name)
    }
    return undefined
  }

  async function promote(name: string): Promise<void> {
    const parsed = parseDelayedName(name)
    if (parsed === undefined) return await quarantine(`${paths.delayed}/${name}`, 'not the name of a delayed entry')
    delayed.remove(name)
    const { entry, notBefore } = parsed
    if (await move(paths.delayedEntry(entry, notBefore), paths.readyEntry(entry))) ready.add(entryName(entry))
  }

  return {
    push,
    claim,
    putBack,
    discard,
    promoteDue,
    isReady: (entry) => exists(paths.readyEntry(entry)),
    holds: (worker, entry) => exists(paths.activeEntry(worker, entry)),
    hold: (worker, entry) => touch(paths.activeEntry(worker, entry)),
    drop: (worker, entry) => rm(paths.activeEntry(worker, entry), { recursive: true, force: true }),
    countWaiting: async () => (await ready.names()).length + (await delayed.names()).length,
    async position(entry) {
      return countBefore(await ready.names(), entry) + 1
    },
    async claimedBy(worker) {
      const listing = held.get(worker) ?? new Listing(paths.activeOf(worker))
      const names = await listing.names().catch((error) => {
        if (!isDenied(error)) return unlessGone(error)
        reportSkipped(paths.activeOf(worker), DENIED)
      })
      if (names === undefined) held.delete(worker)
      else held.set(worker, listing)
      if (held.size > MAX_LISTINGS) held.clear()
      return (names ?? []).map(parseEntryName).filter((entry) => entry !== undefined)
    },
    isPaused: async () => existsSync(paths.pausedMark),
  }
}

/** When a delayed entry is due; other names are due at once, so that `promote` quarantines them. */
const dueOf = (name = ''): number => parseDelayedName(name)?.notBefore ?? 0

/** Create an empty file unless it exists. */
export async function touch(file: string): Promise<void> {
  try {
    await writeFile(file, '', { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

/** @returns false when there was nothing to move. */
async function move(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return false
    throw error
  }
}
