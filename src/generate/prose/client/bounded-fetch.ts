/** A `fetch` that limits the size of the response and calls back synchronously when the last byte of the response has arrived. */

import type { IncomingMessage } from 'node:http'
import { type Opening, openRequest, responseOf } from './open-request.ts'

export interface Bounds extends Opening {
  maxBytes: number
  /** Called with the complete response. If it throws, the request fails. */
  onAnswer(status: number, body: Buffer): void
}

/** Thrown when a response is larger than `maxBytes`. */
export class AnswerTooLarge extends Error {}

export function boundedFetch({ maxBytes, onAnswer, ...opening }: Bounds) {
  return (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const request = openRequest(input, init, opening)
      request.on('error', reject)
      request.on('response', (response) => {
        read(response, maxBytes, reject, (bytes) => {
          try {
            onAnswer(response.statusCode ?? 0, bytes)
            resolve(responseOf(new Uint8Array(bytes), response.statusCode ?? 0, response.headers))
          } catch (error) {
            reject(error)
          }
        })
      })
    })
}

function read(
  response: IncomingMessage,
  maxBytes: number,
  fail: (error: Error) => void,
  done: (bytes: Buffer) => void,
): void {
  const chunks: Buffer[] = []
  let length = 0
  response.on('data', (chunk: Buffer) => {
    length += chunk.byteLength
    if (length <= maxBytes) chunks.push(chunk)
    else response.destroy(new AnswerTooLarge(`The answer has more than ${maxBytes} bytes`))
  })
  response.on('error', fail)
  response.on('close', () => {
    if (!response.complete) fail(Object.assign(new Error('The answer was truncated'), { code: 'ECONNRESET' }))
  })
  response.on('end', () => {
    if (response.complete) done(Buffer.concat(chunks))
  })
}
