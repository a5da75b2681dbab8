/**
 * Who asks: the address of the connection, or what a proxy that is trusted says of it.
 *
 * `X-Forwarded-For` and `Forwarded` (RFC 7239) are read from the right: each proxy adds the address it was asked from, so
 * the first one from the right that is no trusted proxy is the last that can be believed; what is left of it, the caller may
 * have made up. A proxy keeps one of the two headers and hands the other on as it came. Where both are there and
 * disagree, one is made up, and the request counts as the proxy's own.
 */

import ipaddr from 'ipaddr.js'
import type { AppContext, AppDeps } from './deps.ts'

type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** More than a chain of proxies is long; what is beyond is not looked at. */
const MOST_HOPS = 32

/** The client of a request; `undefined` where the runtime does not tell who is connected. */
export type ReadClient = (c: AppContext) => string | undefined

/** The client as limits count it: an IPv4 address, or the /64 network that one IPv6 subscriber has. */
export function createReadClient(deps: Pick<AppDeps, 'peerOf' | 'trustedProxies'>): ReadClient {
  const { peerOf } = deps
  if (peerOf === undefined) return () => undefined
  const isTrusted = createTrust(deps.trustedProxies)
  return function readClient(c) {
    const peer = parse(peerOf(c) ?? '')
    if (peer === undefined) return 'unknown'
    if (!isTrusted(peer)) return countedAs(peer)
    const plain = c.req.header('x-forwarded-for')
    const standard = c.req.header('forwarded')
    const client = plain === undefined ? undefined : lastUntrusted(peer, plain.split(','), isTrusted)
    const other = standard === undefined ? undefined : lastUntrusted(peer, forNodes(standard), isTrusted)
    if (client !== undefined && other !== undefined && String(client) !== String(other)) return countedAs(peer)
    return countedAs(client ?? other ?? peer)
  }
}

/** The origin that a trusted proxy was asked for, `https://docs.example.org`; `undefined` without such a proxy. */
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
    const peer = parse(peerOf(c) ?? '')
    if (peer === undefined || !isTrusted(peer)) return undefined
    // What the Host names is judged later, and may be no name at all.
    if (!URL.canParse(c.req.url)) return undefined
    const own = new URL(c.req.url)
    const scheme = proto === 'https' || proto === 'http' ? `${proto}:` : own.protocol
    const url = `${scheme}//${host ?? own.host}`
    // What is more than a host, or none, is not believed.
    if (!URL.canParse(url)) return undefined
    const { origin, href } = new URL(url)
    return href === `${origin}/` ? origin : undefined
  }
}

function createTrust(networks: readonly string[] = []): (address: Address) => boolean {
  const parsed = networks.map((network) => ipaddr.parseCIDR(network) as Network)
  return (address) =>
    parsed.some(
      ([base, bits]) => address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits),
    )
}

/** The nodes are those of the chain, the one nearest to us last. */
function lastUntrusted(peer: Address, nodes: string[], isTrusted: (address: Address) => boolean): Address {
  let nearest = peer
  for (const node of nodes.slice(-MOST_HOPS).reverse()) {
    const address = parse(withoutPort(node.trim()))
    // Hidden (`unknown`, `_name`) or no address: nobody farther away can be believed.
    if (address === undefined) return nearest
    nearest = address
    if (!isTrusted(address)) return address
  }
  return nearest
}

/**
 * `for=192.0.2.60;proto=http, for="[2001:db8::1]:4711"` → both nodes. An element without one is no node that is known, nor is
 * a part of a text in quotes: a proxy may repeat in `host` what the caller has sent.
 */
function forNodes(header: string): string[] {
  return header.split(',').map((element) => {
    if (element.includes('\\') || element.split('"').length % 2 === 0) return ''
    const pair = element.split(';').find((part) => /^\s*for\s*=/i.test(part)) ?? ''
    return pair.replace(/^\s*for\s*=\s*/i, '').replace(/^"|"\s*$/g, '')
  })
}

/** `192.0.2.1:80` and `[2001:db8::1]:80` without the port; an IPv6 address without brackets as it is. */
function withoutPort(node: string): string {
  const [, inBrackets] = /^\[([^\]]*)\](?::\w+)?$/.exec(node) ?? []
  return inBrackets ?? node.replace(/^([^:]*):\w+$/, '$1')
}

/** An IPv4 address in IPv6 clothes is one. */
function parse(text: string): Address | undefined {
  const plain = text.replace(/%.*/s, '')
  if (!plain.includes(':') && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(plain)) return undefined
  return ipaddr.isValid(plain) ? ipaddr.process(plain) : undefined
}

function countedAs(address: Address): string {
  if (address.kind() === 'ipv4') return address.toString()
  const network = address.toByteArray().map((byte, index) => (index < 8 ? byte : 0))
  return `${ipaddr.fromByteArray(network)}/64`
}

/** What the nearest proxy has added to a list. */
const lastOf = (header: string | undefined): string | undefined => header?.split(',').at(-1)?.trim()
