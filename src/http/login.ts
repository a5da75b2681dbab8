/** `/login` and `/logout`: authentication for browsers. There are no accounts; the token gives full access. */

import type { Hono } from 'hono'
import { setCookie } from 'hono/cookie'
import { LoginPage } from '#templates/login.tsx'
import { isHttps, sessionCookie, tooOften } from './access.ts'
import { formOf, isForm, mediaTypeOf } from './content-negotiation.ts'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import type { Limits } from './limits/client-limits.ts'
import { type Problem, Refusal } from './problem.ts'
import { readForm } from './request-body.ts'
import type { Tokens } from './service-tokens.ts'

const SESSION_S = 30 * 86_400
const MAX_NEXT = 4_000

export function addLoginRoutes(app: Hono<AppEnv>, deps: AppDeps, tokens: Tokens, limits: Limits): void {
  // Not `Strict`: browsers would omit the cookie for links from other sites, and all of them would lead to the login.
  const sameSite = deps.access?.for === 'everything' ? 'Lax' : 'Strict'
  const setSession = (c: AppContext, value: string, maxAge: number): void =>
    setCookie(c, sessionCookie(c, deps), value, {
      path: '/',
      httpOnly: true,
      secure: isHttps(c, deps),
      sameSite,
      maxAge,
    })

  app.get('/login', (c) => {
    const next = nextOf(c, c.req.query('next'))
    if (c.var.isKnown) return c.redirect(next, 303)
    c.header('Cache-Control', 'no-store')
    return c.html(LoginPage({ next, problem: null, asset: deps.assets.version }))
  })

  app.post('/login', async (c) => {
    if (!isForm(mediaTypeOf(c))) {
      throw new Refusal('UNSUPPORTED_MEDIA_TYPE', 'Expected a form.', 'Programs send Authorization: Bearer instead.')
    }
    if (limits.hasNoAttemptsLeft(c)) throw tooOften()
    const { token, next } = await readForm(c).catch((error) => {
      limits.attempt(c)
      throw error
    })
    const to = nextOf(c, typeof next === 'string' ? next : undefined)
    c.set('next', to)
    if (typeof token !== 'string' || !(await tokens.accepts(token.trim()))) {
      limits.attempt(c)
      throw new Refusal('TOKEN_WRONG', 'This is not the token of the service.', 'Ask its operator for the token.')
    }
    setSession(c, await tokens.issue(deps.clock() + SESSION_S * 1_000), SESSION_S)
    c.header('Cache-Control', 'no-store')
    return c.redirect(to, 303)
  })

  app.post('/logout', (c) => {
    setSession(c, '', 0)
    c.header('Cache-Control', 'no-store')
    return c.redirect('/', 303)
  })
}

/** The login page, for browsers that lack the token. */
export function loginInstead(c: AppContext, deps: Pick<AppDeps, 'assets'>, problem: Problem) {
  if (formOf(c) !== 'html' || (problem.status !== 401 && problem.code !== 'TOO_MANY_ATTEMPTS')) return undefined
  const { pathname, search } = new URL(c.req.url)
  const next = nextOf(c, c.var.next ?? (c.req.method === 'GET' ? pathname + search : '/'))
  const shown = problem.code === 'TOKEN_MISSING' ? null : problem
  return c.html(LoginPage({ next, problem: shown, asset: deps.assets.version }), problem.status)
}

/** Where to redirect after login: always to this service. */
function nextOf(c: AppContext, text = '/'): string {
  const { origin } = new URL(c.req.url)
  if (!/^\/(?![/\\])/.test(text) || text.length > MAX_NEXT || !URL.canParse(text, origin)) return '/'
  const url = new URL(text, origin)
  if (url.origin !== origin || /^\/(?:login|logout)$/.test(url.pathname)) return '/'
  // Anything that a browser would take for another host is rejected.
  const path = url.pathname + url.search + url.hash
  return path.startsWith('//') ? '/' : path
}
