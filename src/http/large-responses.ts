/** Large responses, which are read while they are sent. */

import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { StoredBytes } from '#store/model.ts'
import { type Range, rangeOf } from './byte-ranges.ts'
import type { AppContext } from './deps.ts'
import { createOnePerTurn } from './one-per-turn.ts'
import { Refusal } from './problem.ts'

/** A client that reads nothing for this long is disconnected. */
const STALLED_MS = 60_000

export type BodyHeaders = Record<string, string> & { ETag: string; 'Content-Type': string }

const PIECE_BYTES = 65_536
/** Yield to other requests after this many bytes: a socket may accept megabytes in one turn of the event loop. */
const TURN_BYTES = 4 * PIECE_BYTES
const nextTurn = createOnePerTurn()

/** Splits bytes in memory into a stream. */
export const inPieces = (bytes: Uint8Array<ArrayBuffer>): StoredBytes => ({
  bytes: bytes.length,
  read(from, to) {
    let at = from
    return new ReadableStream({
      async pull(controller) {
        if (at > from && (at - from) % TURN_BYTES === 0) await nextTurn()
        const end = Math.min(at + PIECE_BYTES, to)
        if (end > at) controller.enqueue(bytes.subarray(at, end))
        at = end
        if (at === to) controller.close()
      },
    })
  },
})

/** Reads all stored bytes into memory. */
export const bytesOf = async (stored: StoredBytes): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await new Response(stored.read(0, stored.bytes)).arrayBuffer())

/**
 * Send the bytes, or the requested range.
 *
 * @param onEnd - Called when they were sent or the client has disconnected; possibly more than once. Not when this throws.
 * @throws {Refusal} `RANGE_NOT_SATISFIABLE`
 */
export function sendStored(
  c: AppContext,
  stored: StoredBytes,
  headers: BodyHeaders,
  onEnd: () => void = () => undefined,
): Response {
  // Ranges are defined for GET only.
  const range = c.req.raw.method === 'HEAD' ? undefined : rangeOf(c, stored.bytes, headers.ETag)
  if (range === null) {
    c.header('Content-Range', `bytes */${stored.bytes}`)
    throw new Refusal('RANGE_NOT_SATISFIABLE', `Expected a range within ${stored.bytes} bytes.`)
  }
  const all = {
    ...headers,
    ...(range !== undefined && { 'Content-Range': `bytes ${range.from}-${range.to - 1}/${stored.bytes}` }),
    'Accept-Ranges': 'bytes',
  }
  return sendPart(c, stored, range ?? { from: 0, to: stored.bytes }, range === undefined ? 200 : 206, all, onEnd)
}

/** Send all of the bytes. @param onEnd - As for `sendStored`. */
export const sendWhole = (
  c: AppContext,
  stored: StoredBytes,
  status: ContentfulStatusCode,
  headers: Record<string, string>,
  onEnd: () => void,
): Response => sendPart(c, stored, { from: 0, to: stored.bytes }, status, headers, onEnd)

function sendPart(
  c: AppContext,
  stored: StoredBytes,
  { from, to }: Range,
  status: ContentfulStatusCode,
  headers: Record<string, string>,
  onEnd: () => void,
): Response {
  const all = { ...headers, 'Content-Length': String(to - from) }
  if (c.req.raw.method !== 'HEAD') return c.body(untilEnd(stored.read(from, to), c.req.raw.signal, onEnd), status, all)
  onEnd()
  return c.body(null, status, all)
}

/**
 * Wrap a stream to call `onEnd` when it was read to the end, cancelled, or not read for a minute.
 *
 * @param caller - Aborted when the client disconnects.
 * @param onEnd - May be called more than once.
 */
function untilEnd(
  source: ReadableStream<Uint8Array<ArrayBuffer>>,
  caller: AbortSignal,
  onEnd: () => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = source.getReader()
  let stalled: ReturnType<typeof setTimeout> | undefined
  const end = (): void => {
    clearTimeout(stalled)
    caller.removeEventListener('abort', giveUp)
    onEnd()
  }
  const giveUp = (): void => {
    end()
    void reader.cancel().catch(() => undefined)
  }
  caller.addEventListener('abort', giveUp)
  if (caller.aborted) giveUp()
  return new ReadableStream(
    {
      async pull(controller) {
        clearTimeout(stalled)
        try {
          const { done, value } = await reader.read()
          if (done) {
            end()
            return controller.close()
          }
          stalled = setTimeout(() => {
            giveUp()
            controller.error(new Error('The client has read nothing for a minute.'))
          }, STALLED_MS)
          controller.enqueue(value)
        } catch (error) {
          end()
          throw error
        }
      },
      cancel: giveUp,
    },
    { highWaterMark: 0 },
  )
}
