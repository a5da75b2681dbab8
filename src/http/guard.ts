/**
 * Who may ask. Two attacks come through the browser of someone who can reach the service:
 *
 * - A foreign page sends a form here (CSRF). Requests that change something and carry `Sec-Fetch-Site` or `Origin` must
 *   come from our own pages. `curl` sends neither and is no browser. Unlike `hono/csrf` this holds for every content type.
 * - A foreign name is pointed at this address (DNS rebinding), which makes a foreign page our own in the browser's eyes.
 *   A service on a loopback address therefore answers only to the names of that address, and one whose public address is
 *   set to that and those; elsewhere any name is fine.
 */

import type { MiddlewareHandler } from 'hono'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { Refusal } from './problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** True for a request that changes nothing (RFC 9110, section 9.2.1). */
export const isSafe = (c: AppContext): boolean => SAFE.has(c.req.method)

/** Refuses requests of foreign pages with 403. */
export function refuseCrossSite(deps: Pick<AppDeps, 'publicOrigin'>): MiddlewareHandler<AppEnv> {
  return async function crossSite(c, next) {
    if (isSafe(c)) return await next()
    const site = c.req.header('sec-fetch-site')
    const origin = c.req.header('origin')
    const isOurs = site === undefined ? origin === undefined || origin === originOf(c, deps) : site === 'same-origin'
    if (!isOurs) {
      throw new Refusal(
        'CROSS_SITE',
        'The request comes from a page of another site.',
        'Behind a proxy, set DOCSPOOL_PUBLIC_URL to the address that people use.',
      )
    }
    await next()
  }
}

/** Refuses requests for foreign names with 421, where names are limited at all. */
export function refuseForeignHosts(deps: Pick<AppDeps, 'hostNames' | 'publicOrigin'>): MiddlewareHandler<AppEnv> {
  const own = deps.publicOrigin === undefined ? [] : [new URL(deps.publicOrigin).hostname]
  const names = deps.hostNames === undefined ? null : new Set([...deps.hostNames, ...own])
  return async function foreignHosts(c, next) {
    if (names !== null && !isNamed(c, names)) {
      throw new Refusal(
        'WRONG_HOST',
        'This service is not known by that name.',
        'Use the address in DOCSPOOL_PUBLIC_URL, which is to be the one that people use; on this machine, localhost.',
      )
    }
    await next()
  }
}

/** A proxy that is trusted may be asked by another name than it asks us by; both have to be ours. */
function isNamed(c: AppContext, names: ReadonlySet<string>): boolean {
  if (WELL.test(c.req.path)) return true
  const { forwardedOrigin } = c.var
  const isForwardedNamed = forwardedOrigin === undefined || names.has(new URL(forwardedOrigin).hostname)
  return isForwardedNamed && names.has(new URL(c.req.url).hostname)
}

/** Asked by address, by whoever watches the service, and the same for everyone. */
const WELL = /^\/(?:healthz|readyz)$/
