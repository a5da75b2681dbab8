/** For whoever watches the service: `/healthz` says that it answers, `/readyz` that it can accept a job. */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { AppDeps, AppEnv } from './deps.ts'
import { jsonText } from './lines.ts'
import { Refusal } from './problem.ts'

export const Health = z.object({ status: z.literal('ok') })
export const Readiness = z.object({ status: z.literal('ready'), paused: z.boolean() })

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }

export function addHealthRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get('/healthz', (c) => c.body(jsonText({ status: 'ok' }), 200, HEADERS))

  app.get('/readyz', async (c) => {
    if (deps.signal.aborted) throw new Refusal('SHUTTING_DOWN', 'The service is shutting down.')
    await deps.queue.probe()
    const readiness: z.infer<typeof Readiness> = { status: 'ready', paused: (await deps.queue.paused()) !== null }
    return c.body(jsonText(readiness), 200, HEADERS)
  })
}
