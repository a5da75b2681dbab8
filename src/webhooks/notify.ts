/** Sends the webhook for a finished job. Its error messages never contain addresses of the internal network. */

import { Webhook } from 'standardwebhooks'
import { type CallbackPolicy, parseCallbackUrl } from '#base/callback-url.ts'
import { AppError } from '#base/errors.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { type Network, systemNetwork } from '#egress/network.ts'
import type { JobView } from '#queue/contract.ts'
import type { Notify, NotifyResult } from '#queue/webhook-notice.ts'
import { type Answer, post } from './post-to-url.ts'

export interface NotifyOptions {
  policy: CallbackPolicy
  /** Signing secrets, at least one. */
  secrets: readonly Uint8Array[]
  /** Milliseconds since the epoch. */
  clock(): number
  /** Time limit of one attempt; 15 s by default. */
  timeoutMs?: number
}

const TIMEOUT_MS = 15_000

export function createNotify(
  { policy, secrets, clock, timeoutMs = TIMEOUT_MS }: NotifyOptions,
  network: Network = systemNetwork,
): Notify {
  return async (notice, signal) => {
    const deadline = AbortSignal.timeout(timeoutMs)
    try {
      // Validated again, because the settings may have changed since the submission.
      const url = new URL(parseCallbackUrl(notice.url, policy).url)
      const body = bodyOf(notice.job)
      const headers = {
        'content-type': 'application/json',
        'user-agent': `docspool/${GENERATOR_VERSION}`,
        ...signedHeaders(notice.id, body, secrets, clock()),
      }
      const call = { url, headers, body, allowPrivateNetworks: policy.allowPrivateNetworks }
      return toNotifyResult(await post({ ...call, signal: AbortSignal.any([signal, deadline]) }, network))
    } catch (error) {
      signal.throwIfAborted()
      if (deadline.aborted) return { is: 'failed', error: `No response within ${timeoutMs / 1_000} s.` }
      if (error instanceof AppError) return { is: 'failed', error: MESSAGES[error.code] ?? OTHER_MESSAGE }
      throw error
    }
  }
}

/** The messages shown to users, keyed by error code. The original messages may reveal addresses of the internal network. */
const MESSAGES: Readonly<Record<string, string>> = {
  ADDRESS_REFUSED: 'The host is not public.',
  BAD_CALLBACK_URL: 'The operator no longer allows this URL.',
  TLS_FAILED: 'The certificate of the host is not valid.',
}
const OTHER_MESSAGE = 'The host could not be reached.'

function toNotifyResult({ status, retryAfterSeconds }: Answer): NotifyResult {
  if (status >= 200 && status < 300) return { is: 'delivered' }
  if (status === 410) return { is: 'gone', error: 'The receiver answered 410: it wants no further webhooks.' }
  const error =
    status >= 300 && status < 400
      ? `The receiver answered ${status}; redirects are not followed.`
      : `The receiver answered ${status}.`
  return { is: 'failed', error, retryAfterMs: retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000 }
}

/** The body of a webhook: the same bytes for all attempts of one delivery. */
const bodyOf = (job: JobView): string => {
  const { callbacks: _, ...data } = job
  return JSON.stringify({ type: `job.${job.status}`, timestamp: job.completed_at, data })
}

/**
 * The headers of a webhook, following Standard Webhooks.
 *
 * @param secrets - The headers contain one signature per secret; a receiver needs only one of the secrets.
 * @param now - Milliseconds since the epoch.
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
function signedHeaders(id: string, body: string, secrets: readonly Uint8Array[], now: number): Record<string, string> {
  const sign = (secret: Uint8Array): string => new Webhook(secret, { format: 'raw' }).sign(id, new Date(now), body)
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': secrets.map(sign).join(' '),
  }
}
