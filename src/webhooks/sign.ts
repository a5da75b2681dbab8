/** The body and the signed headers of webhooks, following Standard Webhooks. Pure. */

import { Webhook } from 'standardwebhooks'
import type { JobView } from '#queue/contract.ts'

/** The body of a webhook: the same bytes for all attempts of one delivery. */
export const bodyOf = (job: JobView): string => {
  const { callbacks: _, ...data } = job
  return JSON.stringify({ type: `job.${job.status}`, timestamp: job.completed_at, data })
}

/**
 * @param secrets - The headers contain one signature per secret; a receiver needs only one of the secrets.
 * @param now - Milliseconds since the epoch.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signedHeaders(
  id: string,
  body: string,
  secrets: readonly Uint8Array[],
  now: number,
): Record<string, string> {
  const sign = (secret: Uint8Array): string => new Webhook(secret, { format: 'raw' }).sign(id, new Date(now), body)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': secrets.map(sign).join(' '),
  }
}
