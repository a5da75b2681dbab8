/**
 * proper-lockfile as it may be used here: a courtesy between those who write a copy for people, and a heartbeat. It
 * decides nothing. Its takeover of a stale lock is three steps, so that several contenders may hold one lock; `release`
 * may remove a successor's; and its own answer to a lost lock is to throw from a timer.
 */

import lockfile from 'proper-lockfile'

/** Without a sign of life for this long, a lock is anybody's. */
const STALE_MS = 10_000
/** Together longer than `STALE_MS`: outlives a holder that was killed. */
const PATIENCE = { retries: 24, factor: 1.4, minTimeout: 10, maxTimeout: 900, randomize: true }

/**
 * Hold a lock while `step` runs.
 *
 * @param file - Absolute; the lock is a folder `<file>.lock` beside it. It need not exist, and must not move meanwhile.
 * @param step - Is given a question: is the lock still ours? Ask right before what others can see.
 * @throws When the lock cannot be had within some 15 seconds.
 */
export async function withLock<T>(file: string, step: (isOurs: () => boolean) => Promise<T>): Promise<T> {
  let isLost = false
  const release = await lockfile.lock(file, {
    realpath: false,
    stale: STALE_MS,
    update: STALE_MS / 3,
    retries: PATIENCE,
    onCompromised: () => {
      isLost = true
    },
  })
  try {
    return await step(() => !isLost)
  } finally {
    // Gone with its folder, or taken over: nothing to give back.
    await release().catch(() => undefined)
  }
}

/**
 * Keep a lock as a sign of life.
 *
 * @param staleMs - Others may take it for dead after this long; renewed five times as often. At least 5,000.
 * @param onLost - Called once, when it was taken or could not be renewed in time.
 * @returns Gives it up.
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
