/** A receiver of webhooks on 127.0.0.1, which answers as it is told and keeps what it was sent. */

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  url: string
  headers: Record<string, string>
  body: string
}

export interface Receiver {
  /** `http://127.0.0.1:PORT`. */
  origin: string
  host: string
  received: Received[]
  /** Connections that were made, whatever came over them. */
  connections(): number
  close(): Promise<void>
}

export type Behaviour = (response: ServerResponse, count: number, request: IncomingMessage) => void

/** @param behave - Answers, or does not; 204 unless told. `count` is 1 for the first request. */
export async function startReceiver(
  behave: Behaviour = (response) => response.writeHead(204).end(),
): Promise<Receiver> {
  const received: Received[] = []
  let connections = 0
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => (body += chunk))
    request.on('end', () => {
      received.push({ url: request.url ?? '', headers: request.headers as Record<string, string>, body })
      behave(response, received.length, request)
    })
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    received,
    connections: () => connections,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
