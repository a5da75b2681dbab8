/** Serves `/metrics` on a separate port, which need not be reachable for readers. */

import { createServer, type Server } from 'node:http'
import { forLog, type Log } from '#base/log.ts'
import type { Metrics } from '#http/metrics.ts'

/** Create a server for `GET /metrics` only. It does not listen yet. */
export function createMetricsServer(metrics: Metrics, log: Log): Server {
  return createServer({ headersTimeout: 10_000, requestTimeout: 10_000 }, async (request, response) => {
    const isMetrics = (request.url ?? '').split('?')[0] === '/metrics'
    const isRead = request.method === 'GET' || request.method === 'HEAD'
    if (!isMetrics || !isRead) {
      response.writeHead(isMetrics ? 405 : 404, {
        'content-type': 'text/plain',
        ...(isMetrics && { allow: 'GET, HEAD' }),
      })
      response.end(isMetrics ? 'Expected GET.\n' : 'The metrics are at /metrics.\n')
      return
    }
    try {
      const text = await metrics.text()
      response.writeHead(200, { 'content-type': metrics.contentType, 'cache-control': 'no-store' })
      response.end(request.method === 'HEAD' ? '' : text)
    } catch (error) {
      log.error(forLog(error), 'the metrics cannot be served')
      response.writeHead(500, { 'content-type': 'text/plain' }).end('See the log for the reason.\n')
    }
  })
}
