/**
 * Many clients at once, in a process of their own: some follow jobs all the time, the others ask again when they have
 * their answer, for one thing after the other. It is told over its channel what to do and answers with what it has seen.
 */

import { Agent, type ClientRequest, type IncomingMessage, request } from 'node:http'
import { percentile } from './measure.ts'

export interface Crowd {
  origin: string
  clients: number
  streams: number
  seconds: number
  /** Jobs `queued--0`, … that are followed and submitted again. */
  queued: number
  /** Jobs `ended--0`, … that are read. */
  ended: number
}

export interface CrowdResult {
  requests: number
  /** Streams that were open from the beginning to the end. */
  streams: number
  events: number
  /** What went wrong, and how often. */
  errors: Record<string, number>
  perSecond: number
  p50: number
  p99: number
}

interface Question {
  name: string
  method: 'GET' | 'POST'
  path: string
  body?: string
  status: number
}

process.once('disconnect', () => process.exit())
process.on('message', async (crowd: Crowd) => {
  process.send?.(await perform(crowd))
})

async function perform({ origin, clients, streams, seconds, queued, ended }: Crowd): Promise<CrowdResult> {
  const errors: Record<string, number> = {}
  const note = (what: string): void => {
    errors[what] = (errors[what] ?? 0) + 1
  }
  const seen = { events: 0 }
  const open = await openStreams(origin, streams, queued, seen, note)
  process.send?.('open')

  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  const times: number[] = []
  const begin = performance.now()
  const end = begin + seconds * 1_000
  const client = async (first: number): Promise<void> => {
    for (let n = first; performance.now() < end; n += clients) {
      const question = questionOf(n, queued, ended)
      const asked = performance.now()
      await answerTo(origin, agent, question).catch((error: Error) => note(`${question.name}: ${error.message}`))
      times.push(performance.now() - asked)
    }
  }
  await Promise.all(Array.from({ length: clients }, (_, n) => client(n)))
  const tookS = (performance.now() - begin) / 1_000
  agent.destroy()
  const left = open.filter((one) => one.isOpen)
  for (const one of open) one.end()
  const figures = { perSecond: times.length / tookS, p50: percentile(times, 50), p99: percentile(times, 99) }
  return { requests: times.length, streams: left.length, events: seen.events, errors, ...figures }
}

/** What a reader, a script and a page ask for. */
function questionOf(n: number, queued: number, ended: number): Question {
  switch (n % 5) {
    case 0: {
      const body = JSON.stringify({ repo_url: `https://git.invalid/acme/again-${n % queued}` })
      return { name: 'submit', method: 'POST', path: '/api/jobs', body, status: 202 }
    }
    case 1:
      return { name: 'list', method: 'GET', path: '/api/jobs?limit=20', status: 200 }
    case 2:
      return { name: 'wait', method: 'GET', path: `/api/job/ended--${n % ended}?wait=10`, status: 200 }
    case 3:
      return { name: 'page', method: 'GET', path: '/', status: 200 }
    default:
      return { name: 'job', method: 'GET', path: `/api/job/queued--${n % queued}`, status: 200 }
  }
}

function answerTo(origin: string, agent: Agent, { method, path, body, status }: Question): Promise<void> {
  const headers = {
    accept: 'application/json',
    ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
  }
  return new Promise((resolve, reject) => {
    const asked = request(origin + path, { agent, method, headers }, (response) => {
      response.resume()
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === status) resolve()
        else reject(new Error(`answered ${response.statusCode}`))
      })
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

interface Follower {
  isOpen: boolean
  end(): void
}

/** Resolves when all of them have had their first event. */
async function openStreams(
  origin: string,
  count: number,
  queued: number,
  seen: { events: number },
  note: (what: string) => void,
): Promise<Follower[]> {
  const followers: Follower[] = []
  const openOne = (n: number): Promise<void> =>
    new Promise((resolve) => {
      const headers = { accept: 'text/event-stream' }
      const asked: ClientRequest = request(`${origin}/api/job/queued--${n % queued}/events`, { agent: false, headers })
      const follower: Follower = { isOpen: false, end: () => void asked.destroy() }
      const isOver = (what: string): void => {
        if (follower.isOpen) note(`stream: ${what}`)
        follower.isOpen = false
        resolve()
      }
      follower.end = () => {
        follower.isOpen = false
        asked.destroy()
      }
      asked.on('error', (error) => isOver(error.message))
      asked.on('response', (response: IncomingMessage) => {
        if (response.statusCode !== 200) {
          note(`stream: answered ${response.statusCode}`)
          response.resume()
          return resolve()
        }
        follower.isOpen = true
        response.on('data', (chunk: Buffer) => {
          seen.events += chunk.toString().split('\nevent: ').length - 1
          resolve()
        })
        response.on('close', () => isOver('ended'))
      })
      asked.end()
      followers.push(follower)
    })
  for (let from = 0; from < count; from += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, n) => openOne(from + n)))
  }
  return followers
}
