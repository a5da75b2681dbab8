/**
 * Locks by proper-lockfile, for two uses that do not need mutual exclusion: writing `job.json`, and heartbeats. The library
 * does not guarantee exclusion: it takes over a stale lock in three steps, so several processes may hold the same lock, and
 * `release` may remove the lock of a successor. By default, it reports a lost lock by throwing from a timer.
 */

import lockfile from 'proper-lockfile'

/** A lock that was not renewed for this long can be taken over. */
const STALE_MS = 10_000
/** Retries for longer than `STALE_MS`, so that the lock of a killed process is taken over. */
const RETRIES = { retries: 24, factor: 1.4, minTimeout: 10, maxTimeout: 900, randomize: true }

/**
 * Hold a lock while `step` runs.
 *
 * @param file - An absolute path; the lock is a folder `<file>.lock` beside it. The file need not exist, but must not be moved.
 * @param step - `isOurs` returns false once the lock is lost; check it right before a change that others can see.
 * @throws When the lock cannot be acquired within about 15 seconds.
 */
export async function withLock<T>(file: string, step: (isOurs: () => boolean) => Promise<T>): Promise<T> {
  let isLost = false
  const release = await lockfile.lock(file, {
    realpath: false,
    stale: STALE_MS,
    update: STALE_MS / 3,
    retries: RETRIES,
    onCompromised: () => {
      isLost = true
    },
  })
  try {
    return await step(() => !isLost)
  } finally {
    // If the folder was removed or the lock was taken over, there is nothing to release.
    await release().catch(() => undefined)
  }
}

/**
 * Keep a lock as a heartbeat.
 *
 * @param staleMs - Others consider the lock stale after this time; it is renewed five times as often. At least 5,000.
 * @param onLost - Called once, when the lock was taken over or could not be renewed in time.
 * @returns A function that releases the lock.
 */
export async function keepLock(file: string, staleMs: number, onLost: () => void): Promise<() => Promise<void>> {
  const release = await lockfile.lock(file, {
    realpath: false,
    stale: staleMs,
    update: staleMs / 5,
    retries: 0,
    onCompromised: onLost,
  })
  return () => release().catch(() => undefined)
}
