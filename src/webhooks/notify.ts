/** Tells somebody by a webhook that a job has ended. What goes wrong is told in words that name no address of a network. */

import { type CallbackPolicy, parseCallbackUrl } from '#base/callback-url.ts'
import { AppError } from '#base/errors.ts'
import { GENERATOR_VERSION } from '#base/version.ts'
import { type Network, systemNetwork } from '#egress/connect.ts'
import type { Notify, NotifyResult } from '#queue/contract.ts'
import { type Answer, post } from './post.ts'
import { bodyOf, signedHeaders } from './sign.ts'

export interface NotifyOptions {
  policy: CallbackPolicy
  /** At least one. */
  secrets: readonly Uint8Array[]
  /** Milliseconds since the epoch. */
  clock(): number
  /** For all of a try; 15 s unless told. */
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
      // Settings may have changed since it was asked for.
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
      if (deadline.aborted) return { is: 'failed', error: `No answer within ${timeoutMs / 1_000} s.` }
      if (error instanceof AppError) return { is: 'failed', error: WORDS[error.code] ?? OTHERWISE }
      throw error
    }
  }
}

/** What a stranger is told; the error itself may name what a host means inside the network. */
const WORDS: Readonly<Record<string, string>> = {
  ADDRESS_REFUSED: 'The host is not a public one.',
  BAD_CALLBACK_URL: 'The operator does not allow this address any more.',
  TLS_FAILED: 'The certificate of the host is not valid.',
}
const OTHERWISE = 'The host could not be reached.'

function toNotifyResult({ status, retryAfterSeconds }: Answer): NotifyResult {
  if (status >= 200 && status < 300) return { is: 'delivered' }
  if (status === 410) return { is: 'gone', error: 'It answered 410: it wants to hear nothing more.' }
  const error =
    status >= 300 && status < 400 ? `It answered ${status}; redirects are not followed.` : `It answered ${status}.`
  return { is: 'failed', error, retryAfterMs: retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000 }
}
