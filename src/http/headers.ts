/** Headers that tell browsers what pages may do: load from here alone, run nothing inline, be framed by no one. */

import type { MiddlewareHandler } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import { isListed } from '#base/job-id.ts'
import type { AppEnv } from './deps.ts'

/**
 * Security headers on every answer, errors and 304 included. A header that a handler has set stays: assets for the
 * sandboxed frame have policies of their own.
 *
 * `Referrer-Policy` is `same-origin` and not stricter: under `no-referrer` browsers send `Origin: null` with our own forms.
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
    // Whether there is TLS in front is the proxy's to know.
    strictTransportSecurity: false,
    xFrameOptions: 'DENY',
    // It would have to be on every answer of the origin, also those of a proxy in front.
    originAgentCluster: false,
    // For browsers that are gone.
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
}

/** What is in no list of ours is to be in none of a search engine. */
export const keepUnlisted: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  const [, id = ''] = /^\/(?:jobs|static-docs)\/([^/]+)/.exec(c.req.path) ?? []
  if (id !== '' && !isListed(id.replace(/%7e/gi, '~').replace(/(?:\.site)?\.zip$/, '')))
    c.res.headers.set('X-Robots-Tag', 'noindex')
}

/** Answers depend on what was accepted. */
export const varyByAccept: MiddlewareHandler<AppEnv> = async (c, next) => {
  await next()
  c.res.headers.append('Vary', 'Accept')
}
