/** A line a request: what changes something or fails at `info`, the rest at `debug`. Queries and bodies stay out. */

import type { MiddlewareHandler } from 'hono'
import type { AppDeps, AppEnv } from './deps.ts'

export function logRequests({ log, clock }: Pick<AppDeps, 'log' | 'clock'>): MiddlewareHandler<AppEnv> {
  return async function requestLog(c, next) {
    const start = clock()
    await next()
    const { status } = c.res
    const line = { id: c.var.requestId, method: c.req.method, path: c.req.path, status, ms: clock() - start }
    const isPlain = (c.req.method === 'GET' || c.req.method === 'HEAD') && status < 400
    log[isPlain ? 'debug' : 'info'](line, 'request')
  }
}
