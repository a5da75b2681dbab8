/** Removes outdated rows in the background. Any machine does it for all. */

import { forLog, type Log } from '#base/log.ts'

const EVERY_MS = 10 * 60_000

/** Something with rows that become outdated. */
export interface Swept {
  /** @returns How many rows were removed. */
  sweep(): Promise<number>
}

/** @returns Stops, when the step that is running has ended. */
export function sweepRegularly(all: readonly Swept[], log: Log, everyMs = EVERY_MS): () => Promise<void> {
  let running = Promise.resolve()
  const timer = setInterval(() => {
    running = running.then(sweepAll)
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
