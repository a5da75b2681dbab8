/** The counts of a supervisor survive a store that fails for a moment. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createJobMetrics } from '#metrics/job-metrics.ts'
import { keepSharedCounts, readSharedCounts } from '#metrics/shared-counts.ts'
import { silent, until } from '../queue/support.ts'

test('a row that could not be created is created with the next write, and nothing that was counted is lost', async (t) => {
  const rows = new Map<string, string>()
  let creations = 0
  const store = {
    adopt: async () => undefined,
    create: async (owner: string, counts: string) => {
      creations += 1
      if (creations === 1) throw new Error('the database is away')
      rows.set(owner, counts)
    },
    write: async (owner: string, counts: string) => rows.has(owner) && rows.set(owner, counts) === rows,
    list: async () => [...rows.values()],
  }
  const metrics = createJobMetrics()
  metrics.onMetricEvent({ type: 'fenced' })
  t.after(keepSharedCounts(store, metrics, { log: silent, everyMs: 1 }))
  await until(async () => rows.size > 0 && ![...rows.values()].includes('[]'), 'the counts are stored')
  assert.match(await (await readSharedCounts(store)).metrics(), /^docspool_jobs_fenced_total 1$/m)
})
