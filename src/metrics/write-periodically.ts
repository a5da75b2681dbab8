/** Stores counts periodically, one write at a time. */

import { forLog, type Log } from '#base/log.ts'

const WRITE_MS = 5_000

export interface WriteOptions {
  log: Log
  /** Interval between writes; 5,000 by default. */
  everyMs?: number | undefined
}

/**
 * Call `write` at an interval, except while the previous call is still running. A failed write is tried again at the next
 * interval; only the first of consecutive failures is logged.
 *
 * @param write - `isLast` is true in the last call.
 * @returns A function that stops this, waits for a running call, and writes one last time. Never rejects.
 */
export function writePeriodically(
  write: (isLast: boolean) => Promise<void>,
  { log, everyMs = WRITE_MS }: WriteOptions,
): () => Promise<void> {
  let isFailing = false
  async function tryToWrite(isLast: boolean): Promise<void> {
    try {
      await write(isLast)
      isFailing = false
    } catch (error) {
      if (!isFailing) log.warn(forLog(error), 'the metrics of jobs cannot be stored')
      isFailing = true
    }
  }

  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= tryToWrite(false).finally(() => {
      running = undefined
    })
  }, everyMs)
  return async () => {
    clearInterval(timer)
    await running
    await tryToWrite(true)
  }
}
