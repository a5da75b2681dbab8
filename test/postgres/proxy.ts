/** A TCP proxy on loopback that loses, delays or swallows what goes over it, where a test wants it to. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** `before`: what the client sends is lost. `after`: the server has it, and its answer is lost. */
type Cut = { when: 'before' | 'after'; text: string }

/**
 * `cut`: connections are lost, and new ones refused. `deaf`: what is sent is swallowed, and the connection stays, half open, also
 * when the link is up again. `held`: what is sent arrives when the link is up again.
 */
export type Link = 'up' | 'cut' | 'deaf' | 'held'

const KEEPALIVE_MS = 20_000

export interface LossyProxy {
  port: number
  /** Lose the next connection over which this text is sent, or the name of a prepared statement with it. */
  cutNext(when: Cut['when'], text: string): void
  /** How many connections were lost so. */
  readonly cuts: number
  /** Lose all connections now. */
  dropAll(): void
  setLink(link: Link): void
  /** Replace a text that clients send by another one of the same length. */
  replace(text: string, by: string): void
  /** Each piece of data arrives this much later. */
  delayMs: number
  /** Lead new connections to another port. */
  setTarget(port: number): void
  close(): Promise<void>
}

export async function startProxy(to: number): Promise<LossyProxy> {
  const sockets = new Set<Socket>()
  let target = to
  let next: Cut | undefined
  let cuts = 0
  let replaced = { text: '', by: '' }
  /** The texts of prepared statements by their names, as they were sent once. */
  const prepared = new Map<string, string>()
  function isSent(chunk: Buffer, text: string): boolean {
    const sent = chunk.toString('latin1')
    for (const [, name = '', statement = ''] of sent.matchAll(/(docspool_[0-9a-f]{32})\0([^\0]+)\0/g)) {
      prepared.set(name, statement)
    }
    return sent.includes(text) || [...prepared].some(([name, known]) => known.includes(text) && sent.includes(name))
  }
  let link: Link = 'up'
  let released = Promise.resolve()
  let release = (): void => undefined

  function dropAll(): void {
    for (const socket of sockets) socket.destroy()
  }

  const server = createServer((client) => {
    if (link === 'cut') return void client.destroy()
    const upstream = connect(target, '127.0.0.1')
    let isLost = false
    let isDeaf = false
    const drop = (): void => {
      client.destroy()
      upstream.destroy()
    }
    /** In order, however long each piece takes. */
    function createPipe(receiver: Socket) {
      let pending = 0
      let last: Promise<unknown> = Promise.resolve()
      const later = (act: () => void): void => {
        pending += 1
        const [delayMs, isUp] = [proxy.delayMs, released]
        last = last
          .then(() => isUp)
          .then(() => new Promise((resolve) => setTimeout(resolve, delayMs)))
          .then(() => {
            pending -= 1
            act()
          })
      }
      return (act: () => void): void => {
        isDeaf ||= link === 'deaf'
        if (isDeaf) return
        if (pending === 0 && link === 'up' && proxy.delayMs === 0) act()
        else later(() => receiver.destroyed || act())
      }
    }
    const [toServer, toClient] = [createPipe(upstream), createPipe(client)]
    for (const [socket, pass] of [
      [client, toServer],
      [upstream, toClient],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        // Over a link that swallows everything, the other side learns of it by its keepalive alone.
        pass(drop)
        if (isDeaf) setTimeout(drop, KEEPALIVE_MS).unref()
      })
    }
    client.on('data', (received) => {
      const { text, by } = replaced
      const chunk = text === '' ? received : Buffer.from(received.toString('latin1').replaceAll(text, by), 'latin1')
      const isHit = isSent(chunk, next?.text ?? '\0')
      if (next !== undefined && isHit) {
        isLost = true
        cuts += 1
        const { when } = next
        next = undefined
        if (when === 'before') return drop()
      }
      toServer(() => upstream.write(chunk))
    })
    upstream.on('data', (chunk) => {
      if (isLost) drop()
      else toClient(() => client.write(chunk))
    })
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const proxy: LossyProxy = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    delayMs: 0,
    cutNext(when, text) {
      next = { when, text }
    },
    get cuts() {
      return cuts
    },
    dropAll,
    setLink(now) {
      link = now
      release()
      if (now === 'cut') dropAll()
      if (now === 'held') {
        released = new Promise((resolve) => {
          release = resolve
        })
      }
    },
    replace(text, by) {
      if (text.length !== by.length) throw new Error('The length of a message would not fit any more.')
      replaced = { text, by }
    },
    setTarget(port) {
      target = port
    },
    async close() {
      release()
      server.close()
      dropAll()
      await once(server, 'close')
    },
  }
  return proxy
}
