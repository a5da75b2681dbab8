/** Parses IP addresses, and recognises trusted proxies (`DOCSPOOL_TRUSTED_PROXIES`). */

import ipaddr from 'ipaddr.js'

export type Address = ipaddr.IPv4 | ipaddr.IPv6
type Network = [Address, number]

/** @param networks - In CIDR notation. */
export function createTrust(networks: readonly string[] = []): (address: Address) => boolean {
  const parsed = networks.map((network) => ipaddr.parseCIDR(network) as Network)
  return (address) =>
    parsed.some(
      ([base, bits]) => address.kind() === base.kind() && (address as ipaddr.IPv4).match(base as ipaddr.IPv4, bits),
    )
}

/** An IPv4-mapped IPv6 address becomes an IPv4 address. */
export function parseAddress(text: string): Address | undefined {
  const plain = text.replace(/%.*/s, '')
  if (!plain.includes(':') && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(plain)) return undefined
  return ipaddr.isValid(plain) ? ipaddr.process(plain) : undefined
}
