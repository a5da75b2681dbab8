/**
 * The client's address: that of the connection, or the one that a trusted proxy reports.
 *
 * `X-Forwarded-For` and `Forwarded` (RFC 7239) are read from the right. Each proxy appends the address of its peer, so
 * the first address from the right that is not a trusted proxy is the client's; the client may have forged all those to
 * its left. A proxy maintains one of the two headers and passes the other on unchanged: if both are present and
 * disagree, one is forged, and the request counts as the proxy's own.
 */

import ipaddr from 'ipaddr.js'
import type { AppContext, AppDeps } from './deps.ts'
import { type Address, createTrust, parseAddress } from './trusted-proxies.ts'

/** Longer than any real proxy chain. Addresses beyond it are ignored. */
const MAX_HOPS = 32

/** The client of a request; `undefined` if the runtime does not report the peer's address. */
export type ReadClient = (c: AppContext) => string | undefined

/** The client as rate limits count it: an IPv4 address, or the /64 network of an IPv6 address. */
export function createReadClient(deps: Pick<AppDeps, 'peerOf' | 'trustedProxies'>): ReadClient {
  const { peerOf } = deps
  if (peerOf === undefined) return () => undefined
  const isTrusted = createTrust(deps.trustedProxies)
  return function readClient(c) {
    const peer = parseAddress(peerOf(c) ?? '')
    if (peer === undefined) return 'unknown'
    if (!isTrusted(peer)) return rateLimitKey(peer)
    const plain = c.req.header('x-forwarded-for')
    const standard = c.req.header('forwarded')
    const client = plain === undefined ? undefined : lastUntrusted(peer, plain.split(','), isTrusted)
    const other = standard === undefined ? undefined : lastUntrusted(peer, forNodes(standard), isTrusted)
    if (client !== undefined && other !== undefined && String(client) !== String(other)) return rateLimitKey(peer)
    return rateLimitKey(client ?? other ?? peer)
  }
}

/** @param nodes - The proxy chain; the last is the closest to us. */
function lastUntrusted(peer: Address, nodes: string[], isTrusted: (address: Address) => boolean): Address {
  let nearest = peer
  for (const node of nodes.slice(-MAX_HOPS).reverse()) {
    const address = parseAddress(withoutPort(node.trim()))
    // Obfuscated (`unknown`, `_name`) or not an address: nothing to the left of it can be trusted.
    if (address === undefined) return nearest
    nearest = address
    if (!isTrusted(address)) return address
  }
  return nearest
}

/** One pair of an element, up to the `;` after it. Proxies write ports and IPv6 addresses without the quotes that they need. */
const PAIR = /\s*([\w!#$%&'*+.^`|~-]+)=("[^"\\]*"|[^\s"\\;]*)\s*(?:;|$)/y

/** `for=192.0.2.60;proto=http, for="[2001:db8::1]:4711"` → both nodes. */
const forNodes = (header: string): string[] => header.split(',').map(forNode)

/**
 * The node that an element names; '' if it does not name exactly one, or cannot be parsed completely. Part of a quoted string
 * must not count as a pair, because a proxy may repeat in `host` what the client has sent.
 */
function forNode(element: string): string {
  const nodes: string[] = []
  let at = 0
  while (at < element.length) {
    PAIR.lastIndex = at
    const [pair, name = '', value = ''] = PAIR.exec(element) ?? []
    if (pair === undefined) return ''
    if (name.toLowerCase() === 'for') nodes.push(value.replace(/^"|"$/g, ''))
    at += pair.length
  }
  return nodes.length === 1 ? (nodes[0] ?? '') : ''
}

/** `192.0.2.1:80` and `[2001:db8::1]:80` without the port; an IPv6 address without brackets is unchanged. */
function withoutPort(node: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\w+)?$/.exec(node) ?? []
  return inBrackets ?? node.replace(/^([^:]*):\w+$/, '$1')
}

/** The key that rate limits count an address under: an IPv4 address, or the /64 network of an IPv6 address. */
export function rateLimitKey(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString()
  const network = address.toByteArray().map((byte, index) => (index < 8 ? byte : 0))
  return `${ipaddr.fromByteArray(network)}/64`
}
