/** Validates the URLs of webhooks. Host names are not resolved here; their addresses are checked when connecting. */

import { AppError } from './errors.ts'
import { isPrivateName } from './public-address.ts'

/** Which webhook URLs are allowed. Part of the configuration. */
export interface CallbackPolicy {
  /** Allowed hosts in lower case: `host`, `host:port`, or `*` for every public host at the scheme's default port. */
  callbackHosts: readonly string[]
  /** Allow private addresses and plain http. */
  allowPrivateNetworks: boolean
}

export interface CallbackAddress {
  /** The normalised URL. Its path and query may contain secrets. */
  url: string
  /** The part of the URL that may be shown, such as `https://hooks.example.org`. */
  origin: string
}

/** Thrown when a URL is not accepted. The message does not contain its path or query. */
export class BadCallbackUrl extends AppError {
  readonly code = 'BAD_CALLBACK_URL'

  constructor(message: string, hint = EXAMPLE) {
    super(`callback_url: ${message}`, { hint })
  }
}

const EXAMPLE = 'Give an https address such as https://hooks.example.org/docspool.'
const MAX_URL = 2_000

/**
 * Validate and normalise a URL.
 *
 * @throws {BadCallbackUrl}
 */
export function parseCallbackUrl(text: string, policy: CallbackPolicy): CallbackAddress {
  if (text.length > MAX_URL) throw new BadCallbackUrl(`expected at most ${MAX_URL} characters, found ${text.length}.`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
  if (/[\u0000-\u0020\u007f\\]/.test(text)) {
    throw new BadCallbackUrl('it contains spaces, backslashes, line breaks or control characters.')
  }
  if (!/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) throw new BadCallbackUrl('expected an https address.')
  const url = new URL(text)
  if (url.protocol === 'http:' && !policy.allowPrivateNetworks) {
    throw new BadCallbackUrl('expected https, found http.')
  }
  if (url.username !== '' || url.password !== '' || /^[^/]*\/\/[^/?#]*@/.test(text)) {
    throw new BadCallbackUrl(
      'it contains a user name or a password.',
      'Put a secret into the path or the query instead.',
    )
  }
  if (text.includes('#')) throw new BadCallbackUrl('it contains a fragment (#…).')
  checkHost(url, policy)
  if (url.href.length > 2 * MAX_URL) throw new BadCallbackUrl('it is too long when percent-encoded.')
  return { url: url.href, origin: url.origin }
}

function checkHost({ hostname, port }: URL, { callbackHosts, allowPrivateNetworks }: CallbackPolicy): void {
  const host = port === '' ? hostname : `${hostname}:${port}`
  if (!allowPrivateNetworks && isPrivateName(hostname)) {
    throw new BadCallbackUrl('the host is not public.', 'Use a host that can be reached from the internet.')
  }
  const isPlain = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(hostname) || hostname.startsWith('[')
  const isListed = callbackHosts.includes(host) || (port === '' && callbackHosts.includes('*'))
  if (isPlain && isListed) return
  throw new BadCallbackUrl(
    port === '' ? 'the host is not allowed by the operator.' : 'the host and port are not allowed by the operator.',
    `The operator lists ${port === '' ? 'hosts' : 'hosts with ports, as host:port,'} in DOCSPOOL_CALLBACK_HOSTS.`,
  )
}
