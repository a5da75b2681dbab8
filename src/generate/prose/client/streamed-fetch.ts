/** A `fetch` whose response can be read while it arrives, up to a number of bytes. */

import { pipeline, Readable, Transform } from 'node:stream'
import { AnswerTooLarge } from './bounded-fetch.ts'
import { type Opening, openRequest, responseOf } from './open-request.ts'

export function streamedFetch({ maxBytes, ...opening }: Opening & { maxBytes: number }) {
  return (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = openRequest(input, init, opening)
      request.on('error', reject)
      request.on('response', (response) => {
        // What goes wrong is an error of the body, for whoever reads it.
        const bounded = pipeline(response, limitBytes(maxBytes), () => undefined)
        const body = Readable.toWeb(bounded) as ReadableStream
        resolve(responseOf(body, response.statusCode ?? 0, response.headers))
      })
    })
}

function limitBytes(maxBytes: number): Transform {
  let length = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.byteLength
      if (length <= maxBytes) done(null, chunk)
      else done(new AnswerTooLarge(`The answer has more than ${maxBytes} bytes`))
    },
  })
}
