/** `GET /metrics` for Prometheus, and the interface that counts requests. */

import type { Hono } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { AppContext, AppDeps, AppEnv } from './deps.ts'
import { Refusal } from './problem.ts'

/** A response that has started. */
export interface Answered {
  /** The route pattern, `/api/job/:id`, or `unmatched`. */
  route: string
  /** A known method, or `other`. */
  method: string
  status: number
  /** From the request to the first byte of the response. */
  seconds: number
}

/** An answered natural-language question. */
interface AnsweredQuestion {
  /** How the model's answer ended, `kept` if it came from the cache, or the reason why there is none. */
  ended: string
  sentences: { shown: number; struck: number }
  /** From the request to the first words of the model; `undefined` if it wrote none. */
  firstWordsS: number | undefined
}

export interface Metrics {
  readonly contentType: string
  /** All metrics in the text format. */
  text(): Promise<string>
  answered(answer: Answered): void
  /** Count bytes sent, including headers. */
  sent(bytes: number): void
  answeredQuestion(answer: AnsweredQuestion): void
  /** Count a reader's rating of an answer. */
  rated(isUseful: boolean): void
  /** Count an event stream as open until the signal is aborted. */
  streamOpened(signal: AbortSignal): void
}

export function addMetricsRoute(app: Hono<AppEnv>, { metrics, hidesMetrics = false }: AppDeps): void {
  /** Requests that arrive while the text is being generated share it. */
  let making: Promise<string> | undefined
  app.get('/metrics', async (c) => {
    if (metrics === undefined || hidesMetrics) {
      throw new Refusal('NOT_FOUND', 'The metrics are served on a separate port.', 'See DOCSPOOL_METRICS_PORT.')
    }
    making ??= metrics.text().finally(() => {
      making = undefined
    })
    return c.body(await making, 200, { 'Content-Type': metrics.contentType, 'Cache-Control': 'no-store' })
  })
}

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])

/** The route and method as labels of low cardinality. */
export function routeOf(c: AppContext): Pick<Answered, 'route' | 'method'> {
  const last = matchedRoutes(c).at(-1)
  const route = last === undefined || last.method === 'ALL' ? 'unmatched' : last.path
  return { route, method: METHODS.has(c.req.method) ? c.req.method : 'other' }
}
