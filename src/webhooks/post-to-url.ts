/**
 * Sends one POST to an untrusted URL: to checked addresses only, with TLS verified, within a deadline. Only the status of the
 * response matters.
 */

import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { readRetryAfter } from '#base/retry-after.ts'
import { explain, isUnknownAuthority } from '#egress/explain-failure.ts'
import { type Network, pinned, readAuthorities } from '#egress/network.ts'
import { resolveHost } from '#egress/resolve-host.ts'

export interface Post {
  url: URL
  headers: Record<string, string>
  body: string
  allowPrivateNetworks: boolean
  /** Aborts the request; `post` then rejects with the signal's reason. */
  signal: AbortSignal
}

export interface Answer {
  status: number
  retryAfterSeconds: number | undefined
}

/** The connection is closed once this much of the response body has been read. */
const MAX_ANSWER_BYTES = 65_536

/**
 * Send the request. If Node does not know the certificate authority, try again with the system's certificates.
 *
 * @throws {AddressRefused | HostUnreachable | TlsFailed} Also throws the signal's reason.
 */
export async function post(call: Post, network: Network): Promise<Answer> {
  const { url, signal } = call
  const addresses = await unlessAborted(resolveHost(url.hostname, call.allowPrivateNetworks, network.resolve), signal)
  try {
    const answer = await send(call, addresses).catch((error: unknown) => {
      if (url.protocol !== 'https:' || !isUnknownAuthority(error)) throw error
      return send(call, addresses, readAuthorities(network.caFiles))
    })
    const { statusCode = 0, headers } = answer
    await discard(answer)
    return { status: statusCode, retryAfterSeconds: readRetryAfter(headers['retry-after']) }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  }
}

function send(
  { url, headers, body, signal }: Post,
  addresses: readonly string[],
  ca?: string[],
): Promise<IncomingMessage> {
  const isTls = url.protocol === 'https:'
  const settings: RequestOptions & { ca?: string[]; rejectUnauthorized: boolean } = {
    method: 'POST',
    agent: false,
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    path: `${url.pathname}${url.search}`,
    lookup: pinned(addresses),
    // Verification stays on even if NODE_TLS_REJECT_UNAUTHORIZED=0.
    rejectUnauthorized: true,
    headers: { ...headers, host: url.host, 'content-length': Buffer.byteLength(body) },
    signal,
    ...(ca === undefined ? {} : { ca }),
  }
  return new Promise((resolve, reject) => {
    const request = isTls ? requestHttps(settings) : requestHttp(settings)
    request.on('error', (error) => reject(explain(error, url.host)))
    request.on('response', resolve)
    request.end(body)
  })
}

/** Read and discard the body up to a limit. Errors are ignored, because the status has already arrived. */
async function discard(answer: IncomingMessage): Promise<void> {
  let bytes = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length
      if (bytes >= MAX_ANSWER_BYTES) return
    }
  } catch {
    // The connection was closed, or the signal was aborted.
  } finally {
    answer.destroy()
  }
}

/** Rejects as soon as the signal is aborted; `step` continues, because resolvers accept no signal. */
function unlessAborted<T>(step: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason)
    signal.addEventListener('abort', stop, { once: true })
    if (signal.aborted) stop()
    void step.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
