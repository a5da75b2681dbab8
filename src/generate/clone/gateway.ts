/**
 * The only server that libgit2 talks to: a loopback HTTP server for one clone, behind a random path. It answers the
 * list of refs from memory and forwards requests for packs to the host, and nothing else.
 *
 * So libgit2 resolves no names, follows no redirects, does no TLS, sees no credentials and cannot hang: aborting the
 * upstream request also ends libgit2's request. It also sees only the requested refs, even if the host has thousands.
 */

import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { AppError } from '#base/errors.ts'
import { formatAdvertisement, type Ref } from './advertisement.ts'
import type { Upstream } from './upstream.ts'

export interface Gateway {
  /** The URL for libgit2: `http://127.0.0.1:PORT/<secret>`. */
  url: string
  /** The first error on the host's side; libgit2 only knows that the fetch failed. */
  failure(): AppError | undefined
  close(): void
}

/**
 * Open a gateway.
 *
 * @param refs - The refs that libgit2 sees.
 */
export async function openGateway(
  upstream: Upstream,
  refs: readonly Ref[],
  capabilities: readonly string[],
): Promise<Gateway> {
  const secret = randomBytes(16).toString('hex')
  const advertisement = formatAdvertisement(refs, capabilities)
  let failure: AppError | undefined

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === `/${secret}/info/refs?service=git-upload-pack`) {
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-advertisement' }).end(advertisement)
      return
    }
    if (request.method !== 'POST' || request.url !== `/${secret}/git-upload-pack`) {
      response.writeHead(404).end()
      return
    }
    try {
      const pack = await upstream.requestPack(request, pick(request, ['content-type', 'accept', 'content-length']))
      response.writeHead(200, { 'content-type': 'application/x-git-upload-pack-result' })
      await pipeline(pack, response)
    } catch (error) {
      // Any other error means that libgit2 closed the connection.
      if (error instanceof AppError) failure ??= error
      response.destroy()
    }
  }

  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const close = (): void => {
    server.close()
    server.closeAllConnections()
  }
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/${secret}`, failure: () => failure, close }
}

function pick(request: IncomingMessage, names: string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = request.headers[name]
      return typeof value === 'string' ? [[name, value]] : []
    }),
  )
}
