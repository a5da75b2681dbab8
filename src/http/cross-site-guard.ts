/**
 * Defends against CSRF, where a page of another site submits a form here in the browser of a user who can reach the service.
 * Unsafe requests with `Sec-Fetch-Site` or `Origin` must come from our own pages. `curl` sends neither header. Unlike
 * `hono/csrf`, this applies to all content types.
 */

import type { MiddlewareHandler } from 'hono'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import { Refusal } from './problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE'])

/** True for safe methods (RFC 9110, section 9.2.1). */
export const isSafe = (c: AppContext): boolean => SAFE.has(c.req.method)

/** Refuses requests from other sites with 403. */
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
        'Behind a proxy, set DOCSPOOL_PUBLIC_URL to the URL that people use.',
      )
    }
    await next()
  }
}
