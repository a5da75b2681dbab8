/**
 * Authentication with the service token (`DOCSPOOL_TOKEN`). All unsafe methods need it; reading needs it only with
 * `DOCSPOOL_TOKEN_FOR=everything`, except for health checks and the login page. For private jobs see `#base/private-jobs.ts`.
 *
 * Programs send the token (`Authorization: Bearer`, RFC 6750); browsers log in with it and get a cookie.
 */

import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { decodeUriPart } from '#base/decode-uri-part.ts'
import { shellWord } from '#base/shell-word.ts'
import { COMMAND_TOKEN, type PageAccess } from '#templates/access.ts'
import { jobHref } from '#templates/addresses.ts'
import { formOf, isForm, mediaTypeOf } from './content-negotiation.ts'
import { isSafe } from './cross-site-guard.ts'
import { type AppContext, type AppDeps, type AppEnv, originOf } from './deps.ts'
import type { Limits } from './limits/client-limits.ts'
import { Refusal } from './problem.ts'
import { resourceMetadata } from './protected-resource.ts'
import { HOOKS_PATH, readForm } from './request-body.ts'
import { createTokens, type Tokens } from './service-tokens.ts'

export const REALM = 'Bearer realm="docspool"'
/** Paths that never need the token. */
export const isOpen = (path: string): boolean =>
  /^\/(?:healthz|readyz|login|logout|hooks|favicon\.ico|assets\/[^/]+|\.well-known\/oauth-protected-resource(?:\/mcp)?)$/.test(
    path,
  )
/** POST requests that change nothing themselves: each inner request made for them is checked separately. */
const isReading = (c: AppContext): boolean =>
  c.req.method === 'POST' && /^\/(?:mcp|ask|api\/ask(?:\/[0-9a-f]{64}\/feedback)?)$/.test(c.req.path)
const BEARER = /^bearer +(\S+) *$/i

/** The credentials that the caller sent. */
type Credentials = 'nothing' | 'token' | 'wrong' | 'too often'

/** The tokens of the service; `undefined` without access control. */
export function tokensOf({ access }: Pick<AppDeps, 'access'>): Tokens | undefined {
  const [first, ...rest] = access?.tokens ?? []
  return first === undefined ? undefined : createTokens([first, ...rest])
}

/** Refuses requests that need the token, and sets `isKnown` for callers with it. */
export function requireToken(deps: AppDeps, tokens: Tokens | undefined, limits: Limits): MiddlewareHandler<AppEnv> {
  const forReading = deps.access?.for === 'everything'
  const mayPass = (c: AppContext, credentials: Credentials): boolean =>
    isOpen(c.req.path) || (!forReading && (isSafe(c) || (isReading(c) && credentials === 'nothing')))
  return async function access(c, next) {
    // Webhooks are authenticated by their own secrets.
    if (tokens === undefined || c.req.path === HOOKS_PATH) return await next()
    const credentials = await checkCredentials(c, deps, tokens, limits)
    c.set('isKnown', credentials === 'token')
    if (credentials === 'token' || mayPass(c, credentials)) return await next()
    if (credentials === 'too often') throw tooOften()
    await keepTyped(c, limits)
    const error = credentials === 'wrong' ? ', error="invalid_token"' : ''
    c.header('WWW-Authenticate', `${REALM}${error}${resourceMetadata(c, deps)}`)
    throw credentials === 'wrong'
      ? new Refusal('TOKEN_WRONG', 'This is not the token of the service.', 'Ask its operator for the token.')
      : new Refusal('TOKEN_MISSING', 'This needs the token of the service.', `Send it: ${commandOf(c, deps)}`)
  }
}

/**
 * When reading needs the token, keep responses out of shared caches, which would serve them to callers without it. Browsers may
 * cache, but must revalidate.
 */
export function forbidSharedCaches({ access }: Pick<AppDeps, 'access'>): MiddlewareHandler<AppEnv> {
  const isClosed = access?.for === 'everything' && access.tokens.length > 0
  return async function keepFromSharedCaches(c, next) {
    await next()
    if (!isClosed || isOpen(c.req.path)) return
    const directives = c.res.headers.get('cache-control')
    if (directives === null) c.res.headers.set('Cache-Control', 'private, no-cache')
    else if (!/no-store|private/.test(directives)) c.res.headers.set('Cache-Control', `private, ${directives}`)
  }
}

/** After too many wrong tokens, even a right one is refused. */
export const tooOften = (): Refusal =>
  new Refusal(
    'TOO_MANY_ATTEMPTS',
    'Too many wrong tokens came from your address.',
    'Wait a minute, then try again.',
    60,
  )

async function checkCredentials(c: AppContext, deps: AppDeps, tokens: Tokens, limits: Limits): Promise<Credentials> {
  const header = c.req.header('authorization')
  if (header !== undefined) {
    if (limits.hasNoAttemptsLeft(c)) return 'too often'
    if (await tokens.accepts(BEARER.exec(header)?.[1] ?? '')) return 'token'
    limits.attempt(c)
    return 'wrong'
  }
  const cookie = c.req.header('cookie') === undefined ? undefined : getCookie(c, sessionCookie(c, deps))
  return cookie !== undefined && (await tokens.admits(cookie, deps.clock())) ? 'token' : 'nothing'
}

/** The name of the cookie. With `__Host-`, browsers refuse it from other hosts and without TLS. */
export const sessionCookie = (c: AppContext, deps: OriginDeps): string =>
  isHttps(c, deps) ? '__Host-docspool' : 'docspool'

export const isHttps = (c: AppContext, deps: OriginDeps): boolean => originOf(c, deps).startsWith('https:')

type OriginDeps = Pick<AppDeps, 'publicOrigin'>

/** The state of authentication for pages; `undefined` without access control. */
export function pageAccess(c: AppContext, { access }: Pick<AppDeps, 'access'>): PageAccess | undefined {
  if (access === undefined || access.tokens.length === 0) return undefined
  return { isIn: c.var.isKnown === true, forReading: access.for === 'everything' }
}

/** The same request as a command with the token. */
function commandOf(c: AppContext, deps: AppDeps): string {
  const { pathname, search } = new URL(c.req.url)
  const isSubmission = c.req.method === 'POST' && (pathname === '/' || pathname === '/api/jobs')
  const body = isSubmission ? ' -d repo_url=https://github.com/pallets/flask' : ''
  const method = isSubmission || c.req.method === 'GET' ? '' : ` -X ${c.req.method}`
  const url = shellWord(originOf(c, deps) + pathname.slice(0, 500) + search.slice(0, 500))
  return `curl${method} ${COMMAND_TOKEN}${body} ${url}`
}

/** Remember the submitted form, to continue after the login. */
async function keepTyped(c: AppContext, limits: Limits): Promise<void> {
  if (isSafe(c) || formOf(c) !== 'html') return
  const [, jobId] = /^\/jobs\/([^/]+)\//.exec(c.req.path) ?? []
  if (jobId !== undefined) c.set('next', jobHref(decodeUriPart(jobId)))
  if (c.req.path !== '/') return
  const typed = isForm(mediaTypeOf(c)) && limits.maySubmit(c) ? await readForm(c).catch(() => undefined) : undefined
  // No repository has a longer URL.
  const repoUrl = typeof typed?.repo_url === 'string' && typed.repo_url.length <= 2_000 ? typed.repo_url : ''
  c.set('next', repoUrl === '' ? '/' : `/?repo_url=${encodeURIComponent(repoUrl)}#RepoUrl`)
}
