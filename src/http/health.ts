/** For whoever watches the service: `/healthz` says that it answers, `/readyz` that it can accept a job. */

import type { Hono } from 'hono'
import type { AppDeps, AppEnv } from './deps.ts'
import { Refusal } from './problem.ts'

export function addHealthRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get('/healthz', (c) => c.json({ status: 'ok' }, 200, { 'Cache-Control': 'no-store' }))

  app.get('/readyz', async (c) => {
    if (deps.signal.aborted) throw new Refusal('SHUTTING_DOWN', 'The service is shutting down.')
    await deps.queue.probe()
    return c.json({ status: 'ready' }, 200, { 'Cache-Control': 'no-store' })
  })
}
