/** `GET /api/queue`: statistics about the queue, for scripts and terminals. */

import type { Hono } from 'hono'
import { z } from 'zod'
import { plainLine } from '#base/control-characters.ts'
import type { QueueState } from '#queue/contract.ts'
import { formOf } from './content-negotiation.ts'
import type { AppDeps, AppEnv } from './deps.ts'
import { jsonText } from './job-lines.ts'

export function addQueueRoutes(app: Hono<AppEnv>, { queue }: AppDeps): void {
  app.get('/api/queue', async (c) => {
    const state = await queue.state()
    c.header('Cache-Control', 'no-store')
    if (formOf(c) === 'text') return c.text(`${stateLine(state)}\n`)
    return c.body(jsonText(stateView(state)), 200, { 'Content-Type': 'application/json' })
  })
}

const Count = z.int().nonnegative()

/** The state of the queue. It does not show who paused it. */
export const QueueView = z.object({
  queued: Count,
  processing: Count,
  completed: Count,
  failed: Count,
  paused: z.boolean(),
  paused_since: z.iso.datetime().nullable(),
  oldest_waiting_s: Count.nullable().describe('Age of the oldest waiting job in seconds; null when none is waiting.'),
  workers: Count.describe('Live supervisors.'),
})

function stateView({ counts, paused, oldestWaitingMs, workers }: QueueState): z.infer<typeof QueueView> {
  return {
    ...counts,
    paused: paused !== null,
    paused_since: paused?.since ?? null,
    oldest_waiting_s: oldestWaitingMs === null ? null : Math.floor(oldestWaitingMs / 1_000),
    workers,
  }
}

/** `running  3 queued  1 processing  40 completed  2 failed  oldest waits 12 s  1 worker`. */
function stateLine({ counts, paused, oldestWaitingMs, workers }: QueueState): string {
  const columns = [
    paused === null ? 'running' : `paused since ${paused.since}`,
    ...Object.entries(counts).map(([status, count]) => `${count} ${status}`),
    ...(oldestWaitingMs === null ? [] : [`oldest waits ${Math.floor(oldestWaitingMs / 1_000)} s`]),
    workers === 1 ? '1 worker' : `${workers} workers`,
  ]
  return plainLine(columns.join('  '))
}
