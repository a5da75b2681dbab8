/** Checks the host of a repository URL against the configuration. */

import ipaddr from 'ipaddr.js'
import { BadRepositoryUrl } from './bad-repository-url.ts'
import { distanceOf } from './distance.ts'
import { isPrivateName } from './public-address.ts'
import type { RepositoryPolicy } from './repository.ts'

/**
 * @returns The host in lower case, with the port unless it is the default.
 *
 * @throws {BadRepositoryUrl} The host is not allowed.
 */
export function checkHost(url: URL, policy: RepositoryPolicy): string {
  const name = url.hostname.toLowerCase()
  const host = url.port === '' ? name : `${name}:${url.port}`
  if (url.protocol === 'http:' && !policy.allowPrivateNetworks) {
    throw new BadRepositoryUrl(
      'SCHEME_NOT_ALLOWED',
      'Expected an https URL, found http://.',
      'Use https; an operator can allow http with DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true.',
    )
  }
  if (!policy.allowPrivateNetworks && isPrivateName(name)) {
    throw new BadRepositoryUrl(
      'PRIVATE_ADDRESS',
      `${host} is not a public address.`,
      'Set DOCSPOOL_ALLOW_PRIVATE_NETWORKS=true and add the host to DOCSPOOL_ALLOWED_HOSTS to clone inside your network.',
    )
  }
  const isPlain = /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(name) || isIpv6Literal(name)
  const isListed = policy.allowedHosts.includes(host) || (url.port === '' && policy.allowedHosts.includes('*'))
  if (!isPlain || !isListed) {
    const isPort = isPlain && policy.allowedHosts.includes('*')
    throw new BadRepositoryUrl(
      'HOST_NOT_ALLOWED',
      `Expected one of the hosts ${policy.allowedHosts.join(', ')}, found ${host}.`,
      isPort
        ? `\`*\` allows every host at its default port; add ${host} to DOCSPOOL_ALLOWED_HOSTS.`
        : `${suggestHost(host, policy)}An operator can add the host to DOCSPOOL_ALLOWED_HOSTS.`,
    )
  }
  return host
}

/** `Did you mean github.com? ` for a host that differs from an allowed one by at most two letters; otherwise ''. */
function suggestHost(host: string, { allowedHosts }: RepositoryPolicy): string {
  const near = allowedHosts.find((allowed) => allowed !== '*' && distanceOf(allowed, host.slice(0, 100)) <= 2)
  return near === undefined ? '' : `Did you mean ${near}? `
}

const isIpv6Literal = (name: string): boolean => name.startsWith('[') && ipaddr.IPv6.isValid(name.slice(1, -1))
