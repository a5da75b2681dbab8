/** A `fetch` whose response can be read while it arrives, with limits on its total bytes and on each event. */

import { pipeline, Readable, Transform } from 'node:stream'
import { AnswerTooLarge } from './bounded-fetch.ts'
import { type Opening, openRequest, responseOf } from './open-request.ts'

interface Bounds {
  maxBytes: number
  /** Limit on the bytes of an event, which ends with a blank line and is buffered until then. */
  maxEventBytes: number
}

export function streamedFetch({ maxBytes, maxEventBytes, ...opening }: Opening & Bounds) {
  return (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = openRequest(input, init, opening)
      request.on('error', reject)
      request.on('response', (response) => {
        // The reader of the body gets any error.
        const bounded = pipeline(response, limitBytes({ maxBytes, maxEventBytes }), () => undefined)
        const body = Readable.toWeb(bounded) as ReadableStream
        resolve(responseOf(body, response.statusCode ?? 0, response.headers))
      })
    })
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream */
const BLANK_LINES = ['\n\n', '\r\r', '\r\n\r\n']

/** Limits the bytes. Events within one chunk are not checked, because a chunk is smaller than an event may be. */
function limitBytes({ maxBytes, maxEventBytes }: Bounds): Transform {
  let length = 0
  let eventBytes = 0
  let tail = Buffer.alloc(0)
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.byteLength
      if (length > maxBytes) return done(new AnswerTooLarge(`The answer has more than ${maxBytes} bytes`))
      const text = Buffer.concat([tail, chunk])
      tail = text.subarray(-3)
      const end = Math.max(...BLANK_LINES.map((line) => text.lastIndexOf(line)))
      eventBytes = end === -1 ? eventBytes + chunk.byteLength : text.byteLength - end
      if (eventBytes > maxEventBytes)
        return done(new AnswerTooLarge(`One event of the answer has more than ${maxEventBytes} bytes`))
      done(null, chunk)
    },
  })
}
