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

/**
 * Cloud metadata services within these ranges. They return secrets, so they are never allowed. Others are not listed here, because
 * their whole range is refused: 169.254.0.0/16, fe80::/10, 192.0.0.192 (Oracle) and 168.63.129.16 (Azure, see `public-address.ts`).
 */
const METADATA = [
  '100.100.100.200/32', // Alibaba Cloud: "Instance metadata" in the documentation of ECS
  'fd00:100::100:200/128', // Alibaba Cloud: the data source `Aliyun` of cloud-init
  '100.96.0.96/32', // Volcano Engine, BytePlus: the client for credentials in volcengine/cello
  'fd00:ec2::/32', // AWS: metadata (::254) in the EC2 User Guide, EKS Pod Identity (::23) in the EKS User Guide
  'fd20:ce::254/128', // Google Cloud: "Query VM metadata" in the documentation of Compute Engine
  'fd00:c1::a9fe:a9fe/128', // Oracle Cloud: the signer of instance principals in the OCI SDKs
  'fd00:42::42/128', // Scaleway: the data source `Scaleway` of cloud-init
  'fd00:a9fe:a9fe::1/128', // Akamai (Linode): the data source `Akamai` of cloud-init
].map((range) => ipaddr.parseCIDR(range))

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
      throw new AddressRefused(`The host name ${name} resolves to an address that is not allowed.`, { cause: address })
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
  return OWN_NETWORK.has(parsed.range()) && !isMetadata(parsed)
}

const isMetadata = (address: ipaddr.IPv4 | ipaddr.IPv6): boolean =>
  METADATA.some(([range, bits]) => address.kind() === range.kind() && address.match(range, bits))
