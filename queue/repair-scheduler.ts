/** Schedules a repair of the storage after an error, to complete interrupted transitions. */

import { forLog, type Log } from '#base/log.ts'

const DELAY_MS = 500
const RETRY_MS = 5_000

export interface RepairScheduler {
  /** Run a check soon, and retry until one succeeds. A call during a check schedules another; other calls share one. */
  soon(): void
  stop(): void
}

export function createRepairScheduler(check: () => Promise<unknown>, log: Log): RepairScheduler {
  let timer: NodeJS.Timeout | undefined
  let isChecking = false
  let isWanted = false
  let isStopped = false
  let hasFailed = false

  function schedule(ms: number): void {
    if (isStopped || timer !== undefined) return
    timer = setTimeout(async () => {
      isChecking = true
      isWanted = false
      try {
        await check()
        if (hasFailed) log.info('the spool can be checked again')
        hasFailed = false
      } catch (error) {
        // An outage of hours is reported once.
        log[hasFailed ? 'debug' : 'warn'](forLog(error), 'the spool could not be checked; retrying')
        hasFailed = true
        isWanted = true
      }
      isChecking = false
      timer = undefined
      if (isWanted) schedule(hasFailed ? RETRY_MS : DELAY_MS)
    }, ms).unref()
  }

  return {
    soon() {
      isWanted = isChecking
      schedule(DELAY_MS)
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
