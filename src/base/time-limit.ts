/**
 * Work on this thread that is ended when it takes too long, whatever it is at: a loop, a regular expression that
 * backtracks, WebAssembly. A timer in this thread could not do that; `vm` has V8 stop the thread from another one.
 *
 * What is ended runs no `catch` and no `finally` of its own, so it may leave half of a change behind: give it work whose
 * result is dropped with it.
 */

import { Script } from 'node:vm'

/** Thrown when work took longer than it may. */
export class OutOfTime extends Error {
  constructor(limit: number | string) {
    super(typeof limit === 'string' ? limit : `It took longer than ${limit / 1_000} s.`)
    this.name = 'OutOfTime'
  }
}

/** How long a run of short pieces of work may be: starting the clock costs about 0.1 ms, much more on a crowded machine. */
const SLICE_MS = 250
/** Times the limit that may pass on the clock where the processor was given to others. */
const MAX_WAIT = 6

const SLOT = Symbol.for('docspool.time-limit')
const slot = globalThis as { [SLOT]?: (() => void) | undefined }
const script = new Script("globalThis[Symbol.for('docspool.time-limit')]()")

/**
 * Do work that does not wait for anything, within a time limit.
 *
 * @param limitMs - By the clock; on a machine with much to do, work that got little of the processor begins again with more.
 * @throws {OutOfTime} It was ended.
 */
export function within<T>(limitMs: number, work: () => T): T {
  const cpu = process.cpuUsage()
  try {
    return runFor(limitMs, work)
  } catch (error) {
    if (!(error instanceof OutOfTime) || !wasStarved(cpu, limitMs)) throw error
    return runFor(limitMs * MAX_WAIT, work)
  }
}

/**
 * Do something with each item, within a time limit for each, and return after a while: between two calls other work of
 * this thread can be done.
 *
 * @param items - What was taken from it is done.
 * @param onLate - Told of an item whose work was ended.
 * @returns True when all are done.
 */
export function workThrough<T>(
  items: Iterator<T>,
  limitMs: number,
  work: (item: T) => void,
  onLate: (item: T, error: OutOfTime) => void,
): boolean {
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
    const late = item
    if (late === undefined) return false
    if (!wasStarved(cpu, limitMs)) onLate(late.value, new OutOfTime(limitMs))
    else {
      try {
        runFor(limitMs * MAX_WAIT, () => work(late.value))
      } catch (again) {
        if (!(again instanceof OutOfTime)) throw again
        onLate(late.value, again)
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

/** True when this process got less than half of a processor. */
function wasStarved(since: NodeJS.CpuUsage, limitMs: number): boolean {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1_000 < limitMs / 2
}
