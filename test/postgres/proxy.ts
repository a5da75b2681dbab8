/** A TCP proxy on loopback that loses connections where a test wants it to. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** `before`: what the client sends is lost. `after`: the server has it, and its answer is lost. */
type Cut = { when: 'before' | 'after'; text: string }

export interface LossyProxy {
  port: number
  /** Lose the next connection over which this text is sent. */
  cutNext(when: Cut['when'], text: string): void
  /** How many connections were lost so. */
  readonly cuts: number
  /** Lose all connections now. */
  dropAll(): void
  close(): Promise<void>
}

export async function startProxy(target: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>()
  let next: Cut | undefined
  let cuts = 0
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let isLost = false
    const drop = (): void => {
      client.destroy()
      upstream.destroy()
    }
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', drop)
      socket.on('close', () => {
        sockets.delete(socket)
        drop()
      })
    }
    client.on('data', (chunk) => {
      if (next !== undefined && chunk.includes(next.text)) {
        isLost = true
        cuts += 1
        const { when } = next
        next = undefined
        if (when === 'before') return drop()
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      if (isLost) drop()
      else client.write(chunk)
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    cutNext(when, text) {
      next = { when, text }
    },
    get cuts() {
      return cuts
    },
    dropAll() {
      for (const socket of sockets) socket.destroy()
    },
    async close() {
      server.close()
      for (const socket of sockets) socket.destroy()
      await once(server, 'close')
    },
  }
}
