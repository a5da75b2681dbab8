/** Keeps the folder of sets that were fetched from a database within its limit. */

import { AppError } from '#base/errors.ts'
import { forLog, type Log } from '#base/log.ts'
import type { SetStore } from '#store/sets.ts'

/** A set that was fetched within this time is not removed. */
const GRACE_MS = 60_000
/** Old sets are removed after this time or, if that is sooner, after a tenth of the limit has been fetched. */
const TRIM_MS = 60_000
const MIN_EXCESS_BYTES = 1_073_741_824

export interface FolderLimit {
  /** Count a set that will be fetched. */
  add(bytes: number): void
  /** Count a set that will be fetched; if there is no room for it, remove others first. @throws {FolderFull} */
  makeRoom(bytes: number): Promise<void>
  /** Remove the least recently used sets in the background: at most once a minute, unless much has been fetched. The database keeps them. */
  trimSoon(): void
}

interface FolderLimitDeps {
  maxBytes: number
  /** Bytes of recently fetched sets by which the folder may exceed its limit; if the limit is larger, it is used instead. */
  minExcessBytes: number | undefined
  /** Whether the database has or had the set. Other sets are not removed and do not count towards the limit. */
  isKnown(key: string): Promise<boolean>
  log: Log
}

/** Thrown when the folder is far over its limit with sets that have just been fetched. */
class FolderFull extends AppError {
  readonly code = 'SERVER_BUSY'
  override readonly hint = 'Try again in a minute. The operator can raise DOCSPOOL_DOCS_CACHE_GB.'
}

export function createFolderLimit(
  local: SetStore,
  { maxBytes, minExcessBytes = MIN_EXCESS_BYTES, isKnown, log }: FolderLimitDeps,
): FolderLimit {
  const limitBytes = maxBytes + Math.max(maxBytes, minExcessBytes)
  let trimmedAt = Number.NEGATIVE_INFINITY
  let trimming: Promise<void> | undefined
  /** Size of the folder when it was last trimmed, and of what was fetched since. */
  let trimmedBytes = 0
  let addedBytes = 0

  async function makeRoom(bytes: number): Promise<void> {
    const isOver = () => trimmedBytes + addedBytes + bytes > limitBytes
    if (isOver()) await (trimming ?? trim())
    if (isOver()) throw new FolderFull('The folder of documents is full with what was fetched in the last minute.')
    add(bytes)
  }

  function add(bytes: number): void {
    addedBytes += bytes
  }

  function trimSoon(): void {
    if (performance.now() - trimmedAt >= TRIM_MS || addedBytes >= maxBytes / 10) trimming ?? trim()
  }

  function trim(): Promise<void> {
    trimmedAt = performance.now()
    const counted = addedBytes
    trimming = trimFolder(local, maxBytes, isKnown)
      .then((total) => {
        trimmedBytes = total
        addedBytes -= counted
      })
      .catch((error) => log.warn(forLog(error), 'the folder of documents could not be tidied'))
      .finally(() => {
        trimming = undefined
      })
    return trimming
  }

  return { add, makeRoom, trimSoon }
}

/**
 * @param isKnown - Whether the database has the set or had it. Others are left, and do not count.
 * @returns The size of what is left, in bytes.
 */
async function trimFolder(
  local: SetStore,
  maxBytes: number,
  isKnown: (key: string) => Promise<boolean>,
): Promise<number> {
  await local.sweep()
  const known: { key: string; usedMs: number; bytes: number }[] = []
  for (const key of await local.list()) {
    const usedMs = await local.lastUse(key)
    if (usedMs !== undefined && (await isKnown(key)))
      known.push({ key, usedMs, bytes: (await local.measure(key)).bytes })
  }
  let total = known.reduce((sum, { bytes }) => sum + bytes, 0)
  for (const { key, usedMs, bytes } of known.sort((a, b) => a.usedMs - b.usedMs)) {
    if (total <= maxBytes || Date.now() - usedMs < GRACE_MS) break
    if (await local.removeUnused(key, usedMs)) total -= bytes
  }
  return total
}
