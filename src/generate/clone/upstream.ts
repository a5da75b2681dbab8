/**
 * Talks to a host over HTTP; no other code opens HTTP connections to it. Sends the two requests of a fetch to checked
 * addresses, with TLS verified, counts the bytes received, and converts failures to the errors in `errors.ts`.
 */

import { Agent as HttpAgent, type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'
import type { Readable } from 'node:stream'
import type { GitCredentials } from '#base/git-tokens.ts'
import { isPublicAddress } from '#base/public-address.ts'
import type { Repository } from '#base/repository.ts'
import { HostUnreachable } from '#egress/errors.ts'
import { explain, hostMessage, isUnknownAuthority } from '#egress/explain-failure.ts'
import { type Network, pinned, readAuthorities } from '#egress/network.ts'
import { resolveHost } from '#egress/resolve-host.ts'
import { type Advertisement, parseAdvertisement } from './advertisement.ts'
import { checkAnswer, mayNeedCredentials } from './check-answer.ts'
import { RedirectRefused, RepositoryTooLarge, TokenNeedsHttps } from './errors.ts'

export interface UpstreamOptions {
  /** `https` or `http`. */
  repository: Repository
  allowPrivateNetworks: boolean
  /** Sent only to a host that requires them. */
  credentials?: GitCredentials | undefined
  /** Limit on all responses together. */
  maxBytes: number
  /** Aborts every request. */
  signal: AbortSignal
}

export interface Upstream {
  /** Request the list of refs. */
  readAdvertisement(): Promise<Advertisement>
  /** Request a pack. Reading the response throws the same errors. */
  requestPack(body: Readable, headers: Record<string, string>): Promise<AsyncIterable<Buffer>>
  /** Bytes received so far. */
  received(): number
  close(): void
}

const CONNECT_TIMEOUT_MS = 30_000
const MAX_ADVERTISEMENT_BYTES = 64 * 1_048_576
const MAX_REDIRECTS = 3
const USER_AGENT = 'git/2.0 (docspool)'
const ADVERTISEMENT_TYPE = 'application/x-git-upload-pack-advertisement'
const RESULT_TYPE = 'application/x-git-upload-pack-result'

/**
 * Resolve the host and prepare the connection.
 *
 * @throws {AddressRefused | HostUnreachable}
 */
export async function openUpstream(options: UpstreamOptions, deps: Network): Promise<Upstream> {
  const { repository, signal } = options
  const isTls = repository.scheme === 'https'
  const origin = new URL(repository.url)
  const addresses = await resolveHost(origin.hostname, options.allowPrivateNetworks, deps.resolve)
  const agent = isTls ? new HttpsAgent({ keepAlive: true }) : new HttpAgent({ keepAlive: true })
  let basePath = origin.pathname
  let authorities: string[] | undefined
  /** The header, once the host has required credentials. */
  let authorization: string | undefined
  let received = 0
  const censor = createCensor(options.credentials)

  async function* read(answer: IncomingMessage): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        received += chunk.length
        if (received > options.maxBytes) {
          const limit = (options.maxBytes / 1_048_576).toFixed(1)
          throw new RepositoryTooLarge(`Expected at most ${limit} MB from ${repository.host}, found more.`)
        }
        yield chunk
      }
    } catch (error) {
      throw explain(error, repository.host)
    }
  }

  /** Like `read`, but throws for an `ERR` packet sent instead of a pack, because libgit2 would drop its text. */
  async function* readPack(answer: IncomingMessage): AsyncGenerator<Buffer> {
    let isFirst = true
    for await (const chunk of read(answer)) {
      if (isFirst && chunk.toString('latin1', 4, 8) === 'ERR ') {
        const cause = new Error(hostMessage(censor(chunk.toString('utf8', 8))))
        throw new HostUnreachable(`${repository.host} refused: ${cause.message}`, { cause })
      }
      isFirst = false
      yield chunk
    }
  }

  function send(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body?: Readable) {
    const settings: RequestOptions & { servername?: string; ca?: string[]; rejectUnauthorized: boolean } = {
      agent,
      method,
      path,
      signal,
      host: origin.hostname.replace(/^\[(.*)\]$/, '$1'),
      port: origin.port === '' ? (isTls ? 443 : 80) : Number(origin.port),
      lookup: pinned(addresses),
      // Verify certificates regardless of NODE_TLS_REJECT_UNAUTHORIZED.
      rejectUnauthorized: true,
      headers: {
        host: origin.host,
        'user-agent': USER_AGENT,
        ...(authorization !== undefined && { authorization }),
        ...headers,
      },
      ...(authorities === undefined ? {} : { ca: authorities }),
    }
    return new Promise<IncomingMessage>((resolve, reject) => {
      const request = isTls ? requestHttps(settings) : requestHttp(settings)
      const timer = setTimeout(() => request.destroy(new Error('no connection in time')), CONNECT_TIMEOUT_MS)
      request.on('socket', (socket) => {
        const stop = () => clearTimeout(timer)
        if (request.reusedSocket) stop()
        else socket.once(isTls ? 'secureConnect' : 'connect', stop)
      })
      request.on('close', () => clearTimeout(timer))
      request.on('error', (error) => reject(explain(error, repository.host)))
      request.on('response', resolve)
      if (body === undefined) request.end()
      else body.on('error', (error) => request.destroy(error)).pipe(request)
    })
  }

  /** Over http, a token is sent only within private networks. */
  function authorize({ user, password }: GitCredentials): string {
    if (!isTls && addresses.some(isPublicAddress)) {
      throw new TokenNeedsHttps(`The token for ${repository.host} would be sent unencrypted.`)
    }
    return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`
  }

  async function askForRefs(): Promise<IncomingMessage> {
    for (let redirects = 0; ; redirects++) {
      const path = `${basePath}/info/refs?service=git-upload-pack`
      const answer = await send('GET', path, { accept: ADVERTISEMENT_TYPE }).catch((error: unknown) => {
        if (authorities !== undefined || !isUnknownAuthority(error)) throw error
        authorities = readAuthorities(deps.caFiles)
        return send('GET', path, { accept: ADVERTISEMENT_TYPE })
      })
      if (authorization === undefined && options.credentials !== undefined && mayNeedCredentials(answer)) {
        answer.destroy()
        authorization = authorize(options.credentials)
        continue
      }
      const status = answer.statusCode ?? 0
      if (status < 300 || status > 399) return answer
      answer.destroy()
      basePath = redirectedPath(answer, origin, redirects)
    }
  }

  return {
    async readAdvertisement() {
      const answer = await askForRefs()
      checkAnswer(answer, ADVERTISEMENT_TYPE, repository, authorization !== undefined)
      const chunks: Buffer[] = []
      let bytes = 0
      for await (const chunk of read(answer)) {
        bytes += chunk.length
        if (bytes > MAX_ADVERTISEMENT_BYTES) {
          throw new RepositoryTooLarge(
            `The list of refs of ${repository.host} is larger than ${MAX_ADVERTISEMENT_BYTES} bytes.`,
          )
        }
        chunks.push(chunk)
      }
      return parseAdvertisement(Buffer.concat(chunks), censor)
    },
    async requestPack(body, headers) {
      const answer = await send('POST', `${basePath}/git-upload-pack`, headers, body)
      checkAnswer(answer, RESULT_TYPE, repository, authorization !== undefined)
      return readPack(answer)
    },
    received: () => received,
    close: () => agent.destroy(),
  }
}

/** Removes the password from messages of the host, which are stored and shown. */
function createCensor(credentials: GitCredentials | undefined): (text: string) => string {
  if (credentials === undefined) return (text) => text
  const { user, password } = credentials
  const encoded = Buffer.from(`${user}:${password}`).toString('base64')
  return (text) => text.replaceAll(encoded, '***').replaceAll(password, '***')
}

/**
 * The new path of a repository that has moved, or whose URL needs `.git`.
 *
 * @throws {RedirectRefused} It redirects to another host, port or scheme or not to a repository, or too often.
 */
function redirectedPath(answer: IncomingMessage, origin: URL, redirects: number): string {
  const location = answer.headers.location ?? ''
  const to = URL.canParse(location, origin.href) ? new URL(location, origin.href) : undefined
  const suffix = '/info/refs'
  const isSame = to?.origin === origin.origin && to.username === '' && to.password === ''
  if (isSame && to.pathname.endsWith(suffix) && to.search === '?service=git-upload-pack' && redirects < MAX_REDIRECTS) {
    return to.pathname.slice(0, -suffix.length)
  }
  const where = to === undefined ? 'nowhere' : hostMessage(to.origin === 'null' ? to.protocol : to.origin)
  const what = isSame ? 'to something that is not a repository' : `to ${where}`
  throw new RedirectRefused(`Expected an answer from ${origin.host}, found a redirect ${what}.`)
}
