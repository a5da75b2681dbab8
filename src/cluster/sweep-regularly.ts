/** Removes outdated rows of the database in the background. Each machine does this for all of them. */

import { forLog, type Log } from '#base/log.ts'

const EVERY_MS = 10 * 60_000

/** A table whose rows become outdated. */
export interface Swept {
  /** @returns How many rows were removed. */
  sweep(): Promise<number>
}

/**
 * Sweep all tables at an interval, except while the previous sweep is still running.
 *
 * @returns A function that stops this and waits for a running sweep. Never rejects.
 */
export function sweepRegularly(all: readonly Swept[], log: Log, everyMs = EVERY_MS): () => Promise<void> {
  let running: Promise<void> | undefined
  const timer = setInterval(() => {
    running ??= sweepAll().finally(() => {
      running = undefined
    })
  }, everyMs)
  timer.unref()

  async function sweepAll(): Promise<void> {
    for (const each of all) {
      await each.sweep().catch((error) => log.debug(forLog(error), 'outdated rows could not be removed'))
    }
  }

  return async () => {
    clearInterval(timer)
    await running
  }
}
