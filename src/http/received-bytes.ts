/**
 * Limits the bytes of request bodies in memory, per client and in total, since slow clients would fill it. The bytes of a body
 * count from before it is read until the response starts.
 */

import type { MiddlewareHandler } from 'hono'
import type { AppEnv } from './deps.ts'
import { ConcurrencyLimit } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'

const RECEIVED_BYTES = { max: 64 * 1_048_576, maxPerClient: 8 * 1_048_576 }
/** Shorter bodies are not counted: a connection takes more memory, and slow clients must not block ordinary submissions. */
const SMALL_BYTES = 16_384

/**
 * Count the body of a request.
 *
 * @param bytes - The length of the body, as far as it is known.
 * @throws {Refusal} `SERVER_BUSY`
 */
export type Receive = (bytes: number) => void

/** Must precede all handlers that read bodies. */
export function countReceived(): MiddlewareHandler<AppEnv> {
  const received = new ConcurrencyLimit(RECEIVED_BYTES)
  return async (c, next) => {
    const releases: (() => void)[] = []
    let counted = 0
    c.set('receive', (bytes) => {
      if (bytes <= Math.max(SMALL_BYTES, counted)) return
      const { client } = c.var.limits.callerOf(c)
      const release = received.take(client, bytes - counted)
      if (release === undefined) {
        const sender = received.reached(client) === 'total' ? '' : ' from your address'
        throw new Refusal('SERVER_BUSY', `Too much data is being received${sender}.`, 'Send fewer requests at once.')
      }
      releases.push(release)
      counted = bytes
    })
    try {
      await next()
    } finally {
      for (const release of releases) release()
    }
  }
}
