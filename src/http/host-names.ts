/**
 * Decides which host names are answered, against DNS rebinding: an attacker's name resolves to this address, so that the browser
 * of a user who can reach the service treats the attacker's page as ours. The service therefore answers only to names that
 * cannot be pointed at it and to those in its configuration.
 */

import type { MiddlewareHandler } from 'hono'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { Refusal } from './problem.ts'

/** Health checks may use any host name. */
const HEALTH_CHECK = /^\/(?:healthz|readyz)$/

/** Refuses requests for other host names with 421. */
export function refuseForeignHosts(deps: Pick<AppDeps, 'hostNames' | 'publicOrigin'>): MiddlewareHandler<AppEnv> {
  const { hostNames = [], publicOrigin } = deps
  const isOwn = createOwnNames([...hostNames, ...(publicOrigin === undefined ? [] : [new URL(publicOrigin).hostname])])
  return async function foreignHosts(c, next) {
    if (HEALTH_CHECK.test(c.req.path)) return await next()
    if (!URL.canParse(c.req.url)) {
      throw new Refusal(
        'WRONG_HOST',
        'The Host header is not a host name.',
        'Send the name or the IP address of the service.',
      )
    }
    const foreign = namesOf(c).find((name) => !isOwn(name))
    if (foreign !== undefined) {
      throw new Refusal(
        'WRONG_HOST',
        `This service is not known as ${JSON.stringify(foreign.slice(0, 255))}.`,
        publicOrigin === undefined
          ? `Use its IP address, or have its operator set DOCSPOOL_PUBLIC_URL to the URL that people use, such as ${exampleOf(c, foreign)}`
          : `Use ${publicOrigin}/, or have the proxy pass on that name.`,
      )
    }
    await next()
  }
}

/** The requested host name and the one reported by a trusted proxy. Both must be names of this service. */
function namesOf(c: AppContext): string[] {
  const { forwardedOrigin } = c.var
  return [...(forwardedOrigin === undefined ? [] : [forwardedOrigin]), c.req.url].map((url) => new URL(url).hostname)
}

function exampleOf(c: AppContext, name: string): string {
  const { protocol, port } = new URL(c.var.forwardedOrigin ?? c.req.url)
  return `${protocol}//${name.slice(0, 255)}${port === '' ? '' : `:${port}`}`
}

const IPV4 = /^\d{1,3}(?:\.\d{1,3}){3}$/

/**
 * The names of this service. Always allowed are names that an attacker cannot control: IP literals, `localhost` and its
 * subdomains (RFC 6761), and names without a dot, which come from hosts files, containers or search domains.
 *
 * @param configured - All other names, `docs.example.org`; an IPv6 address has brackets.
 */
function createOwnNames(configured: readonly string[]): (hostname: string) => boolean {
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
