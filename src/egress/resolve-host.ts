/**
 * Resolves host names and checks their addresses. A name is resolved once for a whole clone or webhook, and connections use only
 * these addresses, so a name whose address changes meanwhile (DNS rebinding) cannot evade the check.
 */

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isPublicAddress } from '#base/public-address.ts'
import { AddressRefused, HostUnreachable } from './errors.ts'

/** Returns all addresses of a host name. Throws or returns an empty array for an unknown name. */
export type Resolve = (name: string) => Promise<string[]>

export const resolveBySystem: Resolve = async (name) => {
  const found = await lookup(name, { all: true })
  return found.map(({ address }) => address)
}

/** Address ranges, as ipaddr.js names them, that may be the operator's own network. Link-local addresses are not included. */
const OWN_NETWORK: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'])

/** Addresses of cloud metadata services, which return secrets. Never allowed. */
const METADATA: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16'])

/**
 * Resolve a host name and check its addresses. The name is refused if any address is not allowed.
 *
 * @param name - The host name without a port; an IPv6 literal has brackets.
 * @throws {AddressRefused | HostUnreachable}
 */
export async function resolveHost(name: string, allowPrivateNetworks: boolean, resolve: Resolve): Promise<string[]> {
  const literal = name.replace(/^\[(.*)\]$/, '$1')
  const addresses = isIP(literal) === 0 ? await resolveName(name, resolve) : [literal]
  for (const address of addresses) {
    if (!isAllowed(address, allowPrivateNetworks)) {
      // The address is logged but not shown: callers must not learn addresses of the internal network.
      throw new AddressRefused(`Expected ${name} to have only public addresses, found another.`, { cause: address })
    }
  }
  return addresses
}

async function resolveName(name: string, resolve: Resolve): Promise<string[]> {
  let addresses: string[] = []
  let cause: unknown
  try {
    addresses = await resolve(name)
  } catch (error) {
    cause = error
  }
  if (addresses.length === 0) throw new HostUnreachable(`The name ${name} could not be resolved.`, { cause })
  return addresses
}

function isAllowed(address: string, allowPrivateNetworks: boolean): boolean {
  if (isPublicAddress(address)) return true
  if (!allowPrivateNetworks || !ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  return OWN_NETWORK.has(parsed.range()) && !METADATA.has(parsed.toString())
}
