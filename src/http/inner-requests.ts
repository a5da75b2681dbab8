/** Requests that the application sends to itself on behalf of a caller. The log counts them as part of the caller's request. */

import type { Hono } from 'hono'
import type { AppContext, AppEnv } from './deps.ts'
import { TOKEN_HEADER } from './git-token.ts'
import type { Service } from './mcp/service.ts'

const inner = new WeakSet<Request>()

export const isInner = (c: AppContext): boolean => inner.has(c.req.raw)

/** Headers that are copied from the caller's request: its credentials and its address. */
const PASSED_ON = ['authorization', 'x-forwarded-for', 'forwarded', 'x-forwarded-host', 'x-forwarded-proto']

/** @param signal - Aborts all requests. */
export function innerService(app: Hono<AppEnv>, c: AppContext, signal: AbortSignal): Service {
  const { origin } = new URL(c.req.url)
  const passedOn = PASSED_ON.flatMap((name) => {
    const value = c.req.header(name)
    return value === undefined ? [] : [[name, value] as const]
  })
  const cookie = c.req.header('cookie')
  const gitToken = c.req.header(TOKEN_HEADER)
  return {
    async fetch(path, { method = 'GET', headers, body, signal: own } = {}) {
      const request = new Request(origin + path, {
        method,
        headers: {
          ...headers,
          ...Object.fromEntries(passedOn),
          // A browser's login may only read; changes need the token.
          ...(method === 'GET' && cookie !== undefined && { cookie }),
          ...(method === 'POST' && gitToken !== undefined && { [TOKEN_HEADER]: gitToken }),
        },
        ...(body !== undefined && { body }),
        signal: own === undefined ? signal : AbortSignal.any([signal, own]),
      })
      inner.add(request)
      return app.fetch(request, c.env)
    },
  }
}
