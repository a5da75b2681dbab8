/** Tells public addresses from private and reserved ones, for names and for IP addresses. */

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** True for names and IP literals that are never a public host. What a name resolves to is checked when connecting. */
export function isPrivateName(name: string): boolean {
  if (/(?:^|\.)(?:localhost|local|internal|home\.arpa|lan)\.?$/.test(name)) return true
  const literal = name.startsWith('[') ? name.slice(1, -1) : name
  return isIP(literal) !== 0 && !isPublicAddress(literal)
}

/** Azure's wire server and IPv4-compatible IPv6, which ipaddr.js classifies as unicast. */
const NOT_PUBLIC: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][] = [
  ipaddr.parseCIDR('168.63.129.16/32'),
  ipaddr.parseCIDR('::/96'),
]

const ALLOCATED = ipaddr.parseCIDR('2000::/3')

/** True for an address of the public internet; false for private, loopback, link-local, metadata and reserved ones. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  // The rest of the unicast space is not allocated (RFC 4291, section 2.4; IANA's registry of unicast space).
  if (parsed.kind() === 'ipv6' && !parsed.match(...ALLOCATED)) return false
  return !NOT_PUBLIC.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits))
}
