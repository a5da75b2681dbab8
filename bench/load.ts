/**
 * A load generator in a process of its own: HTTP over connections that stay open, one a client, each client asking again
 * when it has its answer. It is told over its channel what to ask and answers with the rate and the times.
 */

import { Agent, request } from 'node:http'
import { percentile, repeat } from './measure.ts'

export interface Burst {
  origin: string
  method: 'GET' | 'POST'
  /**
   * `{n}` stands for a number: of the request, or at random below `below`. `{n/100}` is it divided, `{n%100}` what is left.
   */
  path: string
  /** The same, as JSON. */
  body?: string
  /** What is accepted compressed: `gzip`. */
  encoding?: string
  /** First number. */
  from: number
  below?: number
  times: number
  clients: number
  /** Any other is an error. */
  status: number
}

export interface BurstResult {
  perSecond: number
  p50: number
  p99: number
}

process.once('disconnect', () => process.exit())
process.on('message', async (burst: Burst) => {
  process.send?.(await perform(burst))
})

async function perform(burst: Burst): Promise<BurstResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: burst.clients })
  const times: number[] = []
  let number = burst.from
  const perSecond = await repeat(
    async () => {
      const n = burst.below === undefined ? number++ : Math.floor(Math.random() * burst.below)
      const begin = performance.now()
      await askOnce(burst, agent, n)
      times.push(performance.now() - begin)
    },
    burst.times,
    burst.clients,
  )
  agent.destroy()
  return { perSecond, p50: percentile(times, 50), p99: percentile(times, 99) }
}

function askOnce({ origin, method, path, body, encoding, status }: Burst, agent: Agent, n: number): Promise<void> {
  const { hostname, port } = new URL(origin)
  const data = body?.replace('{n}', String(n))
  const headers = {
    accept: method === 'POST' ? 'application/json' : '*/*',
    ...(encoding !== undefined && { 'accept-encoding': encoding }),
    ...(data !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(data) }),
  }
  return new Promise((resolve, reject) => {
    const options = { agent, hostname, port, method, path: fill(path, n), headers }
    const asked = request(options, (response) => {
      let text = ''
      // To read what is not looked at would take longer than many answers.
      if (response.statusCode === status) response.resume()
      else response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === status) resolve()
        else reject(new Error(`${method} ${path}: ${response.statusCode} ${text.slice(0, 300)}`))
      })
    })
    asked.on('error', reject)
    asked.end(data)
  })
}

function fill(path: string, n: number): string {
  return path.replace(/\{n(?:([/%])(\d+))?\}/g, (_, sign?: string, by?: string) =>
    String(sign === undefined ? n : sign === '/' ? Math.floor(n / Number(by)) : n % Number(by)),
  )
}
