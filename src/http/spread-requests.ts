/**
 * Starts simultaneous requests in several turns of the event loop, so that their synchronous work does not add up to one long
 * block.
 */

import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'
import { createOnePerTurn } from './one-per-turn.ts'

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
  const waitForTurn = createOnePerTurn(nextTurn)
  let waiting = 0
  /** When the first request of this turn started; `undefined` if none has. */
  let startedAt: number | undefined

  return async function startInItsTurn(c, next) {
    if (AT_ONCE.has(c.req.path)) return next()
    if (waiting > 0 || (startedAt !== undefined && clock() - startedAt > TURN_MS)) {
      waiting += 1
      await waitForTurn()
      waiting -= 1
    }
    if (startedAt === undefined) {
      nextTurn(() => {
        startedAt = undefined
      })
    }
    startedAt ??= clock()
    return next()
  }
}
