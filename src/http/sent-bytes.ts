/**
 * Counts the bytes of large responses while they are being sent, because a client that reads slowly keeps them in memory.
 * Responses that exceed the limit of bytes being sent, per client or in total, are refused.
 */

import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from './deps.ts'
import { inPieces, sendWhole } from './large-responses.ts'
import { ConcurrencyLimit, type ReachedLimit } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'

/** Smaller responses are not counted. */
export const LARGE_BYTES = 65_536
const SENT_BYTES = { max: 512 * 1_048_576, maxPerClient: 64 * 1_048_576 }

export const createSentBytes = (): ConcurrencyLimit => new ConcurrencyLimit(SENT_BYTES)

/**
 * @returns A function to call when the bytes have been sent; later calls do nothing.
 * @throws {Refusal} `SERVER_BUSY`
 */
export function countSent(c: AppContext, bytes: number): () => void {
  const { client } = c.var.limits.callerOf(c)
  const release = c.var.sent.take(client, bytes)
  if (release === undefined) throw tooMuch(c.var.sent.reached(client))
  return release
}

function tooMuch(reached: ReachedLimit | undefined): Refusal {
  const recipient = reached === 'total' ? '' : ' to your address'
  return new Refusal('SERVER_BUSY', `Too much data is being sent${recipient}.`, 'Read the pending responses first.')
}

/**
 * A response whose body is in memory; a large one is counted while it is sent.
 *
 * @throws {Refusal} `SERVER_BUSY`
 */
export function sendBody(
  c: AppContext,
  body: string | Uint8Array<ArrayBuffer>,
  status: ContentfulStatusCode,
  headers: Record<string, string>,
): Response {
  if (body.length * (typeof body === 'string' ? 3 : 1) <= LARGE_BYTES) return c.body(body, status, headers)
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
  return sendWhole(c, inPieces(bytes), status, headers, countSent(c, bytes.length))
}

/** Counts each large chunk of a stream until the next one is requested. The stream fails when there are too many bytes. */
export function countedStream(c: AppContext, source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let release = (): void => undefined
  return new ReadableStream(
    {
      async pull(controller) {
        release()
        const { done, value } = await reader.read()
        if (done) return controller.close()
        try {
          if (value.length > LARGE_BYTES) release = countSent(c, value.length)
        } catch (error) {
          await reader.cancel(error)
          throw error
        }
        controller.enqueue(value)
      },
      async cancel(reason) {
        release()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
