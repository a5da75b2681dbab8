/**
 * Health checks. `/healthz` succeeds while the service responds, `/readyz` while it can accept jobs. The service is `degraded`
 * when accepted jobs cannot be processed.
 */

import type { Hono } from 'hono'
import { z } from 'zod'
import type { QueueState } from '#queue/contract.ts'
import { SpoolUnavailable } from '#queue/errors.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { jsonText } from './job-lines.ts'
import { Refusal } from './problem.ts'

export const Health = z.object({ status: z.literal('ok') })
export const Readiness = z.object({
  status: z
    .enum(['ready', 'degraded'])
    .meta({ description: '`degraded`: jobs are accepted, but not processed at the moment' }),
  paused: z.boolean(),
  checks: z.object({
    spool: z.object({ ok: z.boolean().meta({ description: '`false`: a folder of the queue cannot be used' }) }),
    files: z.object({
      ok: z.boolean(),
      foreign: z.int().min(0).meta({
        description: 'Number of files in use that do not belong to the owner of the spool, from a sample; at most 10',
      }),
    }),
    supervisor: z.object({
      ok: z.boolean(),
      alive: z.int().min(0),
      heartbeat_age_s: z
        .number()
        .nullable()
        .meta({ description: 'Age of the newest heartbeat; `null` without supervisors' }),
    }),
    disk: z.object({ ok: z.boolean(), free_bytes: z.number().nullable() }),
  }),
})

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' }
/** With less free space, the documents of a large repository may not fit. */
export const MIN_FREE_BYTES = 512 * 1_048_576
/** Supervisors send heartbeats every 3 s and are declared dead after 15 s. */
const OLD_BEAT_MS = 10_000

/** Submissions are accepted even if a folder of the queue that is needed for counting cannot be read. */
function unknownState(error: unknown): Pick<QueueState, 'workers' | 'beatAgeMs' | 'paused'> {
  if (!(error instanceof SpoolUnavailable)) throw error
  return { workers: 0, beatAgeMs: null, paused: null }
}

export function addHealthRoutes(app: Hono<AppEnv>, deps: AppDeps): void {
  app.get('/healthz', (c) => c.body(jsonText({ status: 'ok' }), 200, HEADERS))

  app.get('/readyz', async (c) => {
    if (deps.signal.aborted) throw new Refusal('SHUTTING_DOWN', 'The service is shutting down.')
    const unusable = await deps.queue.probe()
    const [{ workers, beatAgeMs, paused }, foreign, freeBytes] = await Promise.all([
      deps.queue.state().catch(unknownState),
      deps.queue.foreignFiles(),
      deps.freeBytes?.() ?? null,
    ])
    const checks = {
      spool: { ok: unusable.length === 0 },
      files: { ok: foreign.length === 0, foreign: foreign.length },
      supervisor: {
        ok: workers > 0 && (beatAgeMs ?? 0) < OLD_BEAT_MS,
        alive: workers,
        heartbeat_age_s: beatAgeMs === null ? null : Math.round(beatAgeMs / 100) / 10,
      },
      disk: { ok: freeBytes === null || freeBytes >= MIN_FREE_BYTES, free_bytes: freeBytes },
    }
    const status = Object.values(checks).every(({ ok }) => ok) ? 'ready' : 'degraded'
    const readiness: z.infer<typeof Readiness> = { status, paused: paused !== null, checks }
    return c.body(jsonText(readiness), 200, HEADERS)
  })
}
