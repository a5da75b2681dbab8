/**
 * From a host name to the addresses that may be connected to. The name is resolved once for a whole clone or call, and what is
 * connected to is this result, so a name that changes its address in between (DNS rebinding) gains nothing.
 */

import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { isPublicAddress } from '#base/public-address.ts'
import { AddressRefused, HostUnreachable } from './errors.ts'

/** Every address of a name. Throws, or gives none, when there is none. */
export type Resolve = (name: string) => Promise<string[]>

export const resolveBySystem: Resolve = async (name) => {
  const found = await lookup(name, { all: true })
  return found.map(({ address }) => address)
}

/** Kinds of addresses (ipaddr.js's names) that are a network of the operator's own. Link-local ones are not. */
const OWN_NETWORK: ReadonlySet<string> = new Set(['loopback', 'private', 'uniqueLocal', 'carrierGradeNat'])

/** Where clouds answer with secrets: these are nobody's git host, whatever is allowed. */
const METADATA: ReadonlySet<string> = new Set(['fd00:ec2::254', '100.100.100.200', '192.0.0.192', '168.63.129.16'])

/**
 * Resolve a name and check what it leads to. One address that is not allowed is enough to refuse the name.
 *
 * @param name - Without port; an IPv6 literal in brackets.
 * @throws {AddressRefused | HostUnreachable}
 */
export async function resolveHost(name: string, allowPrivateNetworks: boolean, resolve: Resolve): Promise<string[]> {
  const literal = name.replace(/^\[(.*)\]$/, '$1')
  const addresses = isIP(literal) === 0 ? await resolveName(name, resolve) : [literal]
  for (const address of addresses) {
    if (!isAllowed(address, allowPrivateNetworks)) {
      // The address itself stays in the log: callers are not told what a name means inside the network.
      throw new AddressRefused(`Expected ${name} to have public addresses only, found another.`, { cause: address })
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
