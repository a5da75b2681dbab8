/** Steps that run periodically in the background, and the report of their errors. */

import { forLog, type Log } from '#base/log.ts'
import { toSpoolError } from './to-spool-error.ts'
import { sleep } from './wakeup.ts'

/** Run a step in a loop with pauses. Errors are reported and do not stop the loop. @returns A function that stops the loop. */
export function every(restMs: number, reportOutage: OutageReporter, step: () => Promise<unknown>): () => void {
  const stop = new AbortController()
  void (async () => {
    while (!stop.signal.aborted) {
      await sleep(restMs, stop.signal)
      if (!stop.signal.aborted) await step().catch(reportOutage)
    }
  })()
  return () => stop.abort()
}

/** Reports an error; `over` reports that it no longer occurs. */
export type OutageReporter = ((error: unknown) => void) & { over(): void }

/** Creates a reporter that logs once that the spool cannot be used, and once that it can be used again. */
export function createOutageReporter(log: Log): OutageReporter {
  let isOpen = false
  const reportOutage = (error: unknown): void => {
    if (isOpen) return
    isOpen = true
    log.error(forLog(toSpoolError(error)), 'the spool cannot be used; retrying')
  }
  const over = (): void => {
    if (isOpen) log.info('the spool can be used again')
    isOpen = false
  }
  return Object.assign(reportOutage, { over })
}
