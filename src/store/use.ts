/**
 * The last use of a set, stored as the modification time of its folder, which nothing else changes after publication. It survives
 * restarts. The access time is not used, because file systems are often mounted without it.
 */

import { stat, utimes } from 'node:fs/promises'
import { LRUCache } from 'lru-cache'
import { unlessGone } from '#base/errors.ts'

/** Uses within this time after the last recorded one are not recorded. */
const RECORD_INTERVAL_MS = 3_600_000
const MAX_TRACKED_SETS = 10_000

/** @returns The last use in milliseconds since the epoch; `undefined` when there is no such folder. */
export async function readUse(folder: string): Promise<number | undefined> {
  const found = await stat(folder).catch(unlessGone)
  return found?.isDirectory() ? found.mtimeMs : undefined
}

/** @returns false when there is no such folder. */
export async function writeUse(folder: string, now: number): Promise<boolean> {
  return (await utimes(folder, now / 1_000, now / 1_000).then(() => true, unlessGone)) === true
}

/**
 * Returns a function that records the use of a set in the background, usually at most once an hour. It never throws: if a record is
 * lost, a set seems older by about an hour.
 *
 * @param record - Records a use. If it rejects, it is called again at the next use.
 */
export function createUseRecorder(
  record: (key: string, now: number) => Promise<unknown>,
  clock: () => number,
): (key: string) => void {
  const noted = new LRUCache<string, number>({ max: MAX_TRACKED_SETS })

  return function note(key) {
    const now = clock()
    if (now - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < RECORD_INTERVAL_MS) return
    noted.set(key, now)
    record(key, now).catch(() => noted.delete(key))
  }
}
