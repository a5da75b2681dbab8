/** Asks a docspool that may be at an address of this machine for the state of its queue. */

import { z } from 'zod'
import type { Config } from '#base/config.ts'
import { inUrl, reachable } from './address.ts'
import { headersFor } from './client.ts'

/** For a server at the port to say what it is. */
const ANSWER_MS = 2_000

const QueueAnswer = z.object({ queued: z.int(), processing: z.int(), workers: z.int() })

/** Where a server of these settings is asked: `http://127.0.0.1:8000`. */
export const originOf = ({ host, port }: Pick<Config, 'host' | 'port'>): string =>
  `http://${inUrl(reachable(host))}:${port}`

/** What the queue of the docspool at the address says; `undefined` when something else answers there, or nothing. */
export async function askQueue(
  config: Pick<Config, 'host' | 'port' | 'access'>,
): Promise<z.infer<typeof QueueAnswer> | undefined> {
  const late = new AbortController()
  // `AbortSignal.timeout` holds no program open, nor does `fetch` where a connection is closed at once: it would end here.
  const timer = setTimeout(() => late.abort(), ANSWER_MS)
  try {
    const options = { headers: headersFor({ token: config.access.tokens[0] }), signal: late.signal }
    const answer = await fetch(`${originOf(config)}/api/queue`, options)
    return QueueAnswer.safeParse(await answer.json()).data
  } catch {
    return undefined
  } finally {
    clearTimeout(timer)
  }
}
