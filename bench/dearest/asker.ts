/** One caller that asks for what is dear, over many connections at once, for some seconds. It tells how it was answered. */

import { Agent, request } from 'node:http'

export interface Ask {
  origin: string
  /** The caller's address, which the limits count. */
  address: string
  requests: { method?: string; path: string; headers?: Record<string, string>; body?: string }[]
  connections: number
  seconds: number
}

/** How often each status came. */
export type Asked = Record<string, number>

process.once('disconnect', () => process.exit())
process.on('message', async (asking: Ask) => {
  process.send?.(await perform(asking))
})

async function perform({ origin, address, requests, connections, seconds }: Ask): Promise<Asked> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const asked: Asked = {}
  const end = performance.now() + seconds * 1_000
  const { hostname, port } = new URL(origin)
  let number = 0
  const lane = async (): Promise<void> => {
    while (performance.now() < end) {
      const each = requests[number++ % requests.length]
      if (each === undefined) return
      const status = await askOnce(each)
      asked[status] = (asked[status] ?? 0) + 1
    }
  }
  function askOnce({ method = 'GET', path, headers = {}, body }: Ask['requests'][number]): Promise<string> {
    return new Promise((resolve) => {
      const n = String(number)
      const options = { agent, localAddress: address, hostname, port, method, path: path.replaceAll('{n}', n), headers }
      const timer = setTimeout(() => sent.destroy(), Math.max(500, end + 500 - performance.now()))
      const done = (status: string): void => {
        clearTimeout(timer)
        resolve(status)
      }
      const sent = request(options, (response) => {
        response.resume()
        response.once('close', () => done(String(response.statusCode)))
      })
      sent.once('error', () => done('cut'))
      sent.end(body?.replaceAll('{n}', n))
    })
  }
  await Promise.all(Array.from({ length: connections }, lane))
  agent.destroy()
  return asked
}
