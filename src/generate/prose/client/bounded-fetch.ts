/**
 * A `fetch` over `node:http` that limits the size of the response, follows no redirects, ignores the environment, and
 * calls back synchronously when the last byte of the response has arrived. Each request uses a new connection, so none
 * fails because the server has just closed an idle one.
 */

import { type IncomingMessage, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'

export interface Bounds {
  maxBytes: number
  /** Aborts the request, including its body. */
  signal: AbortSignal
  /** Called when the connection is established: from now on the server may have read the request. */
  onSent(): void
  /** Called with the complete response. If it throws, the request fails. */
  onAnswer(status: number, body: Buffer): void
}

/** Thrown when a response is larger than `maxBytes`. */
export class AnswerTooLarge extends Error {}

/** Headers passed on. The SDK's others identify this machine, and environment variables can add to them. */
const HEADERS = ['authorization', 'content-type', 'accept']

export function boundedFetch({ maxBytes, signal, onSent, onAnswer }: Bounds) {
  return (input: string | URL | Request, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const url = new URL(input instanceof Request ? input.url : input)
      const given = new Headers(init.headers)
      const body = Buffer.from(String(init.body ?? ''))
      const headers: Record<string, string> = { 'user-agent': 'docspool', 'content-length': String(body.byteLength) }
      for (const name of HEADERS) {
        const value = given.get(name)
        if (value !== null) headers[name] = value
      }
      const isTls = url.protocol === 'https:'
      const request = (isTls ? overHttps : overHttp)(url, {
        method: init.method ?? 'POST',
        headers,
        agent: false,
        signal,
      })
      request.on('socket', (socket) => socket.once(isTls ? 'secureConnect' : 'connect', onSent))
      request.on('error', reject)
      request.on('response', (response) => {
        read(response, maxBytes, reject, (bytes) => {
          try {
            onAnswer(response.statusCode ?? 0, bytes)
            resolve(answerOf(response, bytes))
          } catch (error) {
            reject(error)
          }
        })
      })
      request.end(body)
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
    if (!response.complete) fail(Object.assign(new Error('The answer was cut off'), { code: 'ECONNRESET' }))
  })
  response.on('end', () => {
    if (response.complete) done(Buffer.concat(chunks))
  })
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, bytes: Buffer): Response {
  const kept = new Headers()
  for (const name of ['content-type', 'retry-after', 'retry-after-ms']) {
    const value = headers[name]
    if (typeof value === 'string') kept.set(name, value)
  }
  const hasBody = ![204, 205, 304].includes(statusCode)
  return new Response(hasBody ? new Uint8Array(bytes) : null, { status: statusCode, headers: kept })
}
