/**
 * Starts simultaneous requests in several turns of the event loop, so that their synchronous work does not add up to one long
 * block.
 */

import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'

/** When the requests started in a turn have taken this long, further ones wait for the next turn. */
const TURN_MS = 5

/** Health checks are never delayed. */
const AT_ONCE: ReadonlySet<string> = new Set(['/healthz'])

/**
 * @param nextTurn - Calls its argument in the next turn of the event loop; a timer by default.
 * @param clock - Milliseconds.
 */
export function spreadRequests(
  nextTurn: (begin: () => void) => void = setTimeout,
  clock: () => number = () => performance.now(),
): MiddlewareHandler<AppEnv> {
  /** When the first request of this turn started; `undefined` if none has. */
  let startedAt: number | undefined
  let waiting: Array<() => void> = []
  let done = 0

  function open(): void {
    startedAt = clock()
    nextTurn(() => {
      startedAt = undefined
      const first = waiting[done]
      if (first === undefined) return
      done += 1
      if (done === waiting.length) [waiting, done] = [[], 0]
      open()
      first()
    })
  }

  return async function startInItsTurn(c, next) {
    if (!AT_ONCE.has(c.req.path)) {
      if (startedAt === undefined) open()
      else if (waiting.length > 0 || clock() - startedAt > TURN_MS)
        await new Promise<void>((begin) => waiting.push(begin))
    }
    return next()
  }
}
