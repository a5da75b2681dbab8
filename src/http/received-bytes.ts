/**
 * Counts the bytes of request bodies, from before they are read until the response begins: a client that sends slowly keeps
 * them in memory. One client, and all together, may have so many under way; what goes over that is refused.
 */

import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'
import { ConcurrencyLimit } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'

const RECEIVED_BYTES = { most: 64 * 1_048_576, mostPerClient: 8 * 1_048_576 }
/** Shorter bodies are not counted: a connection takes more. So nobody who sends many keeps others from submitting. */
const SMALL_BYTES = 16_384

/**
 * Count bytes of the body of a request that have come, or will come.
 *
 * @param bytes - Of the whole body, so far as they are known.
 * @throws {Refusal} `SERVER_BUSY`
 */
export type Receive = (bytes: number) => void

/** Must come before what reads bodies. */
export function countReceived(): MiddlewareHandler<AppEnv> {
  const underWay = new ConcurrencyLimit(RECEIVED_BYTES)
  return async (c, next) => {
    const held: (() => void)[] = []
    let counted = 0
    c.set('receive', (bytes) => {
      if (bytes <= Math.max(SMALL_BYTES, counted)) return
      const letGo = underWay.take(c.var.limits.callerOf(c).client, bytes - counted)
      if (typeof letGo === 'string') {
        const whom = letGo === 'in all' ? '' : ' by your address'
        throw new Refusal('SERVER_BUSY', `Too much is being sent${whom}.`, 'Send one after the other.')
      }
      held.push(letGo)
      counted = bytes
    })
    try {
      await next()
    } finally {
      for (const letGo of held) letGo()
    }
  }
}
