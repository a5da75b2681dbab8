/**
 * Runs synchronous code with a time limit and interrupts it when the limit is exceeded: an endless loop, a backtracking
 * regular expression, WebAssembly. A timer in the same thread could not do that; `vm` makes V8 stop it from another thread.
 * The time limit of a whole job is elsewhere (`DOCSPOOL_JOB_TIMEOUT_S`, `queue/job-process.ts`).
 *
 * Interrupted code runs no `catch` or `finally` blocks, so it can leave changes incomplete. Use this only for work whose result
 * is discarded on failure.
 *
 * A single call of a native function is not interrupted, so limit the input of `normalize` and `indexOf` (`unicode-forms.ts`,
 * `find-text.ts`).
 */

import { Script } from 'node:vm'

/** Thrown when code has exceeded its time limit. */
export class OutOfTime extends Error {
  constructor(limit: number | string) {
    super(typeof limit === 'string' ? limit : `It took longer than ${limit / 1_000} s.`)
    this.name = 'OutOfTime'
  }
}

/**
 * How long `workThrough` processes items before it returns. Starting a time limit costs about 0.1 ms, and much more on a busy
 * machine.
 */
const SLICE_MS = 250
/** The limit is multiplied by this when the process got little CPU time. */
const MAX_WAIT = 6

/** The global variable through which the script finds the function to run. */
const SLOT = Symbol.for('docspool.time-limit')
const slot = globalThis as { [SLOT]?: (() => void) | undefined }
const script = new Script("globalThis[Symbol.for('docspool.time-limit')]()")

/**
 * Run synchronous work, interrupting it after `limitMs`. On a busy machine, work that got little CPU time is run once more
 * with a longer limit.
 *
 * @param limitMs - Wall-clock time.
 * @param work - Must not be a step of a generator: an interrupted generator stays in the state "running" and cannot be resumed.
 * @throws {OutOfTime} It was interrupted.
 */
export function runWithTimeLimit<T>(limitMs: number, work: () => T): T {
  const cpu = process.cpuUsage()
  try {
    return runFor(limitMs, work)
  } catch (error) {
    if (!(error instanceof OutOfTime) || !wasStarved(cpu, limitMs)) throw error
    return runFor(limitMs * MAX_WAIT, work)
  }
}

/**
 * Process items with a time limit for each, and return after `SLICE_MS` so that the thread can do other work. Call this again
 * with the same iterator until it returns true.
 *
 * @param items - Not of a generator; see `runWithTimeLimit`.
 * @param onLate - Called with an item whose processing was interrupted.
 * @returns True when all items are done.
 */
export function workThrough<T>(
  items: Iterator<T>,
  limitMs: number,
  work: (item: T) => void,
  onLate: (item: T, error: OutOfTime) => void,
): boolean {
  if (Object.prototype.toString.call(items) === '[object Generator]')
    throw new TypeError('A generator cannot be resumed after an interruption; pass the iterator of an array.')
  const cpu = process.cpuUsage()
  const end = performance.now() + SLICE_MS
  let item: { readonly value: T } | undefined
  try {
    return runFor(limitMs + SLICE_MS, () => {
      do {
        const next = items.next()
        if (next.done === true) return true
        item = next
        work(next.value)
        item = undefined
      } while (performance.now() < end)
      return false
    })
  } catch (error) {
    if (!(error instanceof OutOfTime)) throw error
    const interrupted = item
    if (interrupted === undefined) return false
    if (!wasStarved(cpu, limitMs)) onLate(interrupted.value, new OutOfTime(limitMs))
    else {
      try {
        runFor(limitMs * MAX_WAIT, () => work(interrupted.value))
      } catch (secondError) {
        if (!(secondError instanceof OutOfTime)) throw secondError
        onLate(interrupted.value, secondError)
      }
    }
    return false
  }
}

function runFor<T>(limitMs: number, work: () => T): T {
  let result: T | undefined
  slot[SLOT] = () => {
    slot[SLOT] = undefined
    result = work()
  }
  try {
    script.runInThisContext({ timeout: Math.ceil(limitMs), displayErrors: false })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT')
      throw new OutOfTime(limitMs)
    throw error
  }
  return result as T
}

/** Whether this process got less than half of the CPU time of its limit. */
function wasStarved(since: NodeJS.CpuUsage, limitMs: number): boolean {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000 < limitMs / 2
}
