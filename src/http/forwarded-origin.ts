/** The origin of a request behind a trusted proxy, from `X-Forwarded-Proto` and `X-Forwarded-Host`. */

import type { AppContext, AppDeps } from './deps.ts'
import { createTrust, parseAddress } from './trusted-proxies.ts'

/** The origin that the client requested, as a trusted proxy reports it: `https://docs.example.org`. */
export function createReadForwardedOrigin(
  deps: Pick<AppDeps, 'peerOf' | 'trustedProxies'>,
): ((c: AppContext) => string | undefined) | undefined {
  const { peerOf, trustedProxies = [] } = deps
  if (peerOf === undefined || trustedProxies.length === 0) return undefined
  const isTrusted = createTrust(trustedProxies)
  return function readForwardedOrigin(c) {
    const proto = lastOf(c.req.header('x-forwarded-proto'))?.toLowerCase()
    const host = lastOf(c.req.header('x-forwarded-host'))
    if (proto === undefined && host === undefined) return undefined
    const peer = parseAddress(peerOf(c) ?? '')
    if (peer === undefined || !isTrusted(peer)) return undefined
    // `Host` is validated later and may be malformed.
    if (!URL.canParse(c.req.url)) return undefined
    const own = new URL(c.req.url)
    const scheme = proto === 'https' || proto === 'http' ? `${proto}:` : own.protocol
    const url = `${scheme}//${host ?? own.host}`
    // Reject anything that is not exactly a host.
    if (!URL.canParse(url)) return undefined
    const { origin, href } = new URL(url)
    return href === `${origin}/` ? origin : undefined
  }
}

/** The last item of a list: the one that the closest proxy has added. */
const lastOf = (header: string | undefined): string | undefined => header?.split(',').at(-1)?.trim()
