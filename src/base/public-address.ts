/** Distinguishes public host names and IP addresses from private and reserved ones. */

import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Whether a name or IP literal is never a public host. The addresses that a name resolves to are checked when connecting. */
export function isPrivateName(name: string): boolean {
  if (/(?:^|\.)(?:localhost|local|internal|home\.arpa|lan)\.?$/.test(name)) return true
  const literal = name.startsWith('[') ? name.slice(1, -1) : name
  return isIP(literal) !== 0 && !isPublicAddress(literal)
}

/** Azure's wire server and IPv4-compatible IPv6 addresses, which ipaddr.js classifies as unicast. */
const NOT_PUBLIC: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][] = [
  ipaddr.parseCIDR('168.63.129.16/32'),
  ipaddr.parseCIDR('::/96'),
]

const ALLOCATED = ipaddr.parseCIDR('2000::/3')

/** Whether an address belongs to the public internet: not private, loopback, link-local, reserved or of a metadata service. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  // Other unicast addresses are not allocated (RFC 4291, section 2.4; IANA's registry of unicast space).
  if (parsed.kind() === 'ipv6' && !parsed.match(...ALLOCATED)) return false
  return !NOT_PUBLIC.some(([range, bits]) => parsed.kind() === range.kind() && parsed.match(range, bits))
}
