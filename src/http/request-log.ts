/**
 * Logs each request when its response has been sent, at `info` by default; health checks and assets at `debug` unless they
 * fail. Queries and bodies are not logged. Also counts requests for the metrics.
 */

import type { MiddlewareHandler } from 'hono'
import { decodeUriPart } from '#base/decode-uri-part.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { isInner } from './inner-requests.ts'
import { routeOf } from './metrics.ts'

/** How a response was sent. */
export interface Sent {
  /** Including headers. */
  bytes: number
  /** The connection was closed before the end. */
  isCut: boolean
}

/** Maximum number of logged characters of a path: callers may send 16,000. */
const MAX_PATH = 600
const FREQUENT = /^\/(?:healthz|readyz|metrics|favicon\.ico|assets\/.*)$/
/** Not `/docs/<host>/…`, which names a repository. */
const OF_JOB = /^\/(?:(?:api\/jobs?|jobs|static-docs)\/([^/]{1,600})|docs\/([^/]{1,600})$)/
/** The path of an archive, unless the response is a redirect: then a job has this name, see `docs.ts`. */
const ARCHIVE = /^\/static-docs\/[^/]{1,600}$/

export function logRequests(
  deps: Pick<AppDeps, 'log' | 'clock' | 'metrics' | 'sent' | 'requestLevel'>,
): MiddlewareHandler<AppEnv> {
  const { log, clock, metrics, sent, requestLevel = 'info' } = deps
  return async function requestLog(c, next) {
    if (isInner(c)) return await next()
    const start = clock()
    await next()
    const { status } = c.res
    const { method, path } = c.req
    metrics?.answered({ ...routeOf(c), status, seconds: Math.max(0, clock() - start) / 1_000 })
    const level = status < 400 && FREQUENT.test(path) ? 'debug' : requestLevel
    const job = jobOf(path, status)
    const shown = path.length > MAX_PATH ? `${path.slice(0, MAX_PATH)}…` : path
    const line = { id: c.var.requestId, ...(job !== undefined && { job_id: job }), method, path: shown, status }
    const leaving = sent?.(c.env)
    if (leaving === undefined) return void log[level]({ ...line, ms: clock() - start }, 'request')
    void leaving.then(({ bytes, isCut }) => {
      metrics?.sent(bytes)
      log[level]({ ...line, ms: clock() - start, bytes, ...(isCut && { cut: true }) }, 'request')
    })
  }
}

/** `pallets--flask` for `/static-docs/pallets--flask.zip`. */
function jobOf(path: string, status: number): string | undefined {
  const [, ofRoute, part = ofRoute] = OF_JOB.exec(path) ?? []
  if (part === undefined) return undefined
  const job = decodeUriPart(part)
  return ARCHIVE.test(path) && status !== 301 ? job.replace(/(?:\.site)?\.zip$/, '') : job
}
