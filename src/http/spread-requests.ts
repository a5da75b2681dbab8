/**
 * Starts simultaneous requests in several turns of the event loop, so that their synchronous work does not add up to one long
 * block. Waiting clients take turns.
 */

import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'
import { Refusal } from './problem.ts'

/** When the requests started in a turn have taken this long, later ones wait for the next turn. */
const TURN_MS = 5
/** Maximum number of waiting requests started in one turn, even if they take little time. */
const MAX_AT_ONCE = 32
const MAX_WAITING = 4_096
/** Other limits allow bursts of a thousand, such as to open event streams. */
const MAX_WAITING_PER_CLIENT = 1_024

/** Health checks are never delayed. */
export const NEVER_DELAYED: ReadonlySet<string> = new Set(['/healthz'])

interface Waiting {
  signal: AbortSignal
  begin(): void
}

/**
 * @param nextTurn - Calls its argument in the next turn of the event loop; a timer by default.
 * @param clock - Milliseconds.
 */
export function spreadRequests(
  nextTurn: (begin: () => void) => void = setTimeout,
  clock: () => number = () => performance.now(),
): MiddlewareHandler<AppEnv> {
  /** The waiting requests of each client, in the order in which clients take turns. */
  const line = new Map<string | undefined, Waiting[]>()
  let waiting = 0
  /** When the first request of this turn started; `undefined` if none has. */
  let startedAt: number | undefined
  let atOnce = 1

  function open(): void {
    const begun = clock()
    startedAt = begun
    nextTurn(() => {
      startedAt = undefined
      if (waiting === 0) return
      atOnce = clock() - begun > TURN_MS ? 1 : Math.min(MAX_AT_ONCE, atOnce * 2)
      open()
      for (let started = 0; started < atOnce && waiting > 0; ) {
        const first = take()
        if (first?.signal.aborted === false) started += 1
        first?.begin()
      }
    })
  }

  function take(): Waiting | undefined {
    for (const [client, own] of line) {
      const first = own.shift()
      line.delete(client)
      if (own.length > 0) line.set(client, own)
      waiting -= 1
      return first
    }
    return undefined
  }

  /** @throws {Refusal} `SERVER_BUSY`: too many requests are waiting, or the caller has disconnected. */
  async function wait(client: string | undefined, signal: AbortSignal): Promise<void> {
    const own = line.get(client) ?? []
    if (waiting >= MAX_WAITING || own.length >= MAX_WAITING_PER_CLIENT) {
      throw new Refusal('SERVER_BUSY', 'Too many requests are waiting.', 'Try again shortly.')
    }
    line.set(client, own)
    waiting += 1
    await new Promise<void>((begin) => own.push({ signal, begin }))
    if (signal.aborted) throw new Refusal('SERVER_BUSY', 'The caller has disconnected.')
  }

  return async function startInItsTurn(c, next) {
    if (!NEVER_DELAYED.has(c.req.path)) {
      if (startedAt === undefined) open()
      else if (waiting > 0 || clock() - startedAt > TURN_MS) {
        const { client, signal } = c.var.limits.callerOf(c)
        await wait(client, signal)
      }
    }
    return next()
  }
}
