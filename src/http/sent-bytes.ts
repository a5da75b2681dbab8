/**
 * Counts the bytes of large responses while they are being sent: a client that reads slowly keeps them in memory. One client,
 * and all together, may have so many bytes under way; what goes over that is refused.
 */

import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { AppContext } from './deps.ts'
import { inPieces, sendWhole } from './large-responses.ts'
import { ConcurrencyLimit, type TooMany } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'

/** Smaller responses are not counted. */
export const LARGE_BYTES = 65_536
const SENT_BYTES = { most: 512 * 1_048_576, mostPerClient: 64 * 1_048_576 }

export const createSentBytes = (): ConcurrencyLimit => new ConcurrencyLimit(SENT_BYTES)

/**
 * @returns Call it when the bytes have been sent; again does nothing.
 * @throws {Refusal} `SERVER_BUSY`
 */
export function countSent(c: AppContext, bytes: number): () => void {
  const letGo = c.var.sent.take(c.var.limits.callerOf(c).client, bytes)
  if (typeof letGo === 'string') throw tooMuch(letGo)
  return letGo
}

function tooMuch(what: TooMany): Refusal {
  const whom = what === 'in all' ? '' : ' to your address'
  return new Refusal('SERVER_BUSY', `Too much is being sent${whom}.`, 'Read the pending responses first.')
}

/**
 * A response made in memory.
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

/** Count the large chunks of a stream, each until the next one is asked for. The stream fails when there are too many. */
export function countedStream(c: AppContext, source: ReadableStream<Uint8Array>): ReadableStream<Uint8Array> {
  const reader = source.getReader()
  let letGo = (): void => undefined
  return new ReadableStream(
    {
      async pull(controller) {
        letGo()
        const { done, value } = await reader.read()
        if (done) return controller.close()
        if (value.length > LARGE_BYTES) letGo = countSent(c, value.length)
        controller.enqueue(value)
      },
      async cancel(reason) {
        letGo()
        await reader.cancel(reason)
      },
    },
    { highWaterMark: 0 },
  )
}
