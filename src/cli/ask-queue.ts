/** Requests the state of the queue from a docspool that may be running on this machine. */

import { z } from 'zod'
import type { Config } from '#base/config.ts'
import { REALM } from '#http/access.ts'
import { Health } from '#http/health.ts'
import { inUrl, reachable } from '#server/listen-address.ts'
import { headersFor } from './service-client.ts'

const TIMEOUT_MS = 2_000

const QueueAnswer = z.object({ queued: z.int(), processing: z.int(), workers: z.int() })

/** The URL of a server with these settings: `http://127.0.0.1:8000`. */
export const originOf = ({ host, port }: Pick<Config, 'host' | 'port'>): string =>
  `http://${inUrl(reachable(host))}:${port}`

/**
 * The state of the queue; `refused` when docspool requires another token, `unavailable` when its spool or database cannot be read,
 * `undefined` when something else or nothing answers.
 */
export async function askQueue(
  config: Pick<Config, 'host' | 'port' | 'access'>,
): Promise<z.infer<typeof QueueAnswer> | 'refused' | 'unavailable' | undefined> {
  return (await ask(config)) ?? ((await isHealthy(config)) ? 'unavailable' : undefined)
}

/** Whether docspool responds. If its database does not answer, only the health check is fast. */
async function isHealthy(config: Pick<Config, 'host' | 'port'>): Promise<boolean> {
  const received = await fetchJson(`${originOf(config)}/healthz`)
  return received?.answer.ok === true && Health.safeParse(received.body).success
}

async function ask(
  config: Pick<Config, 'host' | 'port' | 'access'>,
): Promise<z.infer<typeof QueueAnswer> | 'refused' | undefined> {
  const received = await fetchJson(`${originOf(config)}/api/queue`, headersFor({ token: config.access.tokens[0] }))
  if (received === undefined) return undefined
  const { answer, body } = received
  if (answer.status === 401 && answer.headers.get('www-authenticate')?.startsWith(REALM)) return 'refused'
  return QueueAnswer.safeParse(body).data
}

/** @returns `undefined` if nothing answers with JSON in time. */
async function fetchJson(url: string, headers?: HeadersInit): Promise<{ answer: Response; body: unknown } | undefined> {
  const late = new AbortController()
  // Not `AbortSignal.timeout`: neither it nor a closed connection of `fetch` keeps the process running, so it would exit here.
  const timer = setTimeout(() => late.abort(), TIMEOUT_MS)
  try {
    const answer = await fetch(url, { ...(headers && { headers }), signal: late.signal })
    return { answer, body: await answer.json() }
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
