/**
 * The names by which the service may be asked. A page of another site that points its own name at this address (DNS
 * rebinding) is the same site as ours to its browser; what tells them apart is the name in `Host`. Pure.
 *
 * Nobody can point these elsewhere: IP literals, `localhost` and what is below it (RFC 6761), names without a dot, which
 * come from this network's hosts files, containers or search domains. Everything else has to be configured.
 */

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/** @param configured - Names, `docs.example.org`; an IPv6 address has brackets. */
export function createOwnNames(configured: readonly string[]): (hostname: string) => boolean {
  const own = new Set(configured.map(canonical))
  return function isOwn(hostname) {
    const name = canonical(hostname)
    if (name === '') return false
    return (
      name.startsWith('[') || IPV4.test(name) || !name.includes('.') || name.endsWith('.localhost') || own.has(name)
    )
  }
}

/** As a URL's `hostname` has it, without the dot of the root. */
const canonical = (hostname: string): string => hostname.toLowerCase().replace(/\.$/, '')
