/**
 * Opens a request over `node:http` that follows no redirects, ignores the environment, and reveals little about this
 * machine. Each request uses a new connection, so none fails because the server has just closed an idle one.
 */

import { type ClientRequest, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'

/** Request headers that are forwarded. The others that the SDK sets identify this machine, and environment variables can add to them. */
const REQUEST_HEADERS = ['authorization', 'content-type', 'accept']
/** Headers of the response that are passed on. */
const RESPONSE_HEADERS = ['content-type', 'retry-after', 'retry-after-ms']

export interface Opening {
  /** Aborts the request, including its body. */
  signal: AbortSignal
  /** Called when the connection is established: from now on the server may have read the request. */
  onSent(): void
}

/** Opens a request and sends its body; the caller listens to `response` and `error`. */
export function openRequest(
  input: string | URL | Request,
  init: RequestInit,
  { signal, onSent }: Opening,
): ClientRequest {
  const url = new URL(input instanceof Request ? input.url : input)
  const given = new Headers(init.headers)
  const body = Buffer.from(String(init.body ?? ''))
  const headers: Record<string, string> = { 'user-agent': 'docspool', 'content-length': String(body.byteLength) }
  for (const name of REQUEST_HEADERS) {
    const value = given.get(name)
    if (value !== null) headers[name] = value
  }
  const isTls = url.protocol === 'https:'
  const request = (isTls ? overHttps : overHttp)(url, { method: init.method ?? 'POST', headers, agent: false, signal })
  request.on('socket', (socket) => socket.once(isTls ? 'secureConnect' : 'connect', onSent))
  request.end(body)
  return request
}

/** A response with only the headers that are passed on. */
export function responseOf(
  body: Uint8Array<ArrayBuffer> | ReadableStream | null,
  status: number,
  headers: Readonly<Record<string, unknown>>,
): Response {
  const kept = new Headers()
  for (const name of RESPONSE_HEADERS) {
    const value = headers[name]
    if (typeof value === 'string') kept.set(name, value)
  }
  return new Response([204, 205, 304].includes(status) ? null : body, { status, headers: kept })
}
