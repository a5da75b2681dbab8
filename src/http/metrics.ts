/** `GET /metrics`, for Prometheus. What the figures are is for whoever gives them; here is what requests tell of themselves. */

import type { Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { Refusal } from './problem.ts'

/** An answer that has begun. */
export interface Answered {
  /** The pattern, `/api/job/:id`; `unmatched` where there is nothing. */
  route: string
  /** One of the methods that are known, or `other`. */
  method: string
  status: number
  /** From the request to the first byte of the answer. */
  seconds: number
}

/** Where figures go, and where they are told. */
export interface Metrics {
  readonly contentType: string
  /** All of them in the text format. */
  text(): Promise<string>
  answered(answer: Answered): void
  /** Bytes that were sent, headers included. */
  sent(bytes: number): void
  /** A stream of events is open until the signal fires. */
  follow(signal: AbortSignal): void
}

export function addMetricsRoute(app: Hono<AppEnv>, { metrics, hidesMetrics = false }: AppDeps): void {
  app.get('/metrics', async (c) => {
    if (metrics === undefined || hidesMetrics) {
      throw new Refusal('NOT_FOUND', 'The metrics are told at an address of their own.', 'See DOCSPOOL_METRICS_PORT.')
    }
    return c.body(await metrics.text(), 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' })
  })
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The route of a request and its method, both out of a small set. */
export function routeOf(c: AppContext): Pick<Answered, 'route' | 'method'> {
  const last = matchedRoutes(c).at(-1)
  const route = last === undefined || last.method === 'ALL' ? 'unmatched' : last.path
  return { route, method: METHODS.has(c.req.method) ? c.req.method : 'other' }
}
