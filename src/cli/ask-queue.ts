/** Asks a docspool that may be at an address of this machine for the state of its queue. */

import { z } from 'zod'
import type { Config } from '#base/config.ts'
import { REALM } from '#http/access.ts'
import { inUrl, reachable } from '#server/listen-address.ts'
import { headersFor } from './service-client.ts'

/** For a server at the port to say what it is. */
const ANSWER_MS = 2_000

const QueueAnswer = z.object({ queued: z.int(), processing: z.int(), workers: z.int() })

/** Where a server of these settings is asked: `http://127.0.0.1:8000`. */
export const originOf = ({ host, port }: Pick<Config, 'host' | 'port'>): string =>
  `http://${inUrl(reachable(host))}:${port}`

/**
 * What the queue of the docspool at the address says; `refused` when it wants a token that these settings do not have,
 * `undefined` when something else answers there, or nothing.
 */
export async function askQueue(
  config: Pick<Config, 'host' | 'port' | 'access'>,
): Promise<z.infer<typeof QueueAnswer> | 'refused' | undefined> {
  const late = new AbortController()
  // `AbortSignal.timeout` holds no program open, nor does `fetch` where a connection is closed at once: it would end here.
  const timer = setTimeout(() => late.abort(), ANSWER_MS)
  try {
    const options = { headers: headersFor({ token: config.access.tokens[0] }), signal: late.signal }
    const answer = await fetch(`${originOf(config)}/api/queue`, options)
    const body = await answer.json()
    if (answer.status === 401 && answer.headers.get('www-authenticate')?.startsWith(REALM)) return 'refused'
    return QueueAnswer.safeParse(body).data
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
