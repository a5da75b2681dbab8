/** Requests that come at once begin in several turns of the event loop, so that what each does before it waits does not add up. */

import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'

/** Once the requests of a turn have taken this long, no other begins in it. */
const TURN_MS = 5

/** What runs it has to answer at any time. */
const AT_ONCE: ReadonlySet<string> = new Set(['/healthz'])

/** Where there is no `setImmediate`, timers are the next turn. */
const nextTurn: (begin: () => void) => void = globalThis.setImmediate ?? setTimeout

/** @param clock - Milliseconds. */
export function beginInTurn(clock: () => number = () => performance.now()): MiddlewareHandler<AppEnv> {
  /** When the first request of this turn began; `undefined` before it. */
  let began: number | undefined
  let waiting: Array<() => void> = []
  let done = 0

  function open(): void {
    began = clock()
    nextTurn(() => {
      began = undefined
      const first = waiting[done]
      if (first === undefined) return
      done += 1
      if (done === waiting.length) [waiting, done] = [[], 0]
      open()
      first()
    })
  }

  return async function beginInItsTurn(c, next) {
    if (!AT_ONCE.has(c.req.path)) {
      if (began === undefined) open()
      else if (waiting.length > 0 || clock() - began > TURN_MS) await new Promise<void>((begin) => waiting.push(begin))
    }
    return next()
  }
}
