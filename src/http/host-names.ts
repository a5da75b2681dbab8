/**
 * The allowed host names of the service, as a defence against DNS rebinding (`cross-site-guard.ts`). Pure.
 *
 * Always allowed are names that an attacker cannot control: IP literals, `localhost` and its subdomains (RFC 6761), and names
 * without a dot, which come from hosts files, containers or search domains. All others must be configured.
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

/** Lower case, without a trailing dot. */
const canonical = (hostname: string): string => hostname.toLowerCase().replace(/\.$/, '')
