/** Security headers: pages load resources from this origin only, run no inline code, and cannot be framed. */

import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { isListed } from '#base/private-jobs.ts'
import type { AppEnv } from './deps.ts'

/**
 * Security headers for every response, including errors and 304. Headers set by a handler stay, because assets for the
 * sandboxed frame have their own policies.
 *
 * `Referrer-Policy` must not be stricter than `same-origin`: with `no-referrer`, browsers send `Origin: null` with our forms.
 */
export function addSecurityHeaders(): MiddlewareHandler<AppEnv> {
  return secureHeaders({
    overwrite: false,
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      scriptSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      frameSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
    referrerPolicy: 'same-origin',
    // Only the proxy knows whether the site uses TLS.
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
    // This header would have to be on every response of the origin, including those of a proxy.
    originAgentCluster: false,
    // For obsolete browsers.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
}

/** Keeps private and unlisted jobs out of search engines, wherever a URL names them. */
export const forbidIndexing: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const names = c.req.url.replace(/%7e/gi, '~').split(/[/?&=]/)
  if (names.some((name) => !isListed(name.replace(/(?:\.site)?\.zip$/, ''))))
    c.res.headers.set('X-Robots-Tag', 'noindex')
}

/** Every response may depend on `Accept`. */
export const varyByAccept: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.res.headers.append('Vary', 'Accept')
}
