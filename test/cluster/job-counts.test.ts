/** The counts of all supervisors are shown by any server; those of one that has ended are carried on, and none counts twice. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createCountStore } from '#cluster/job-counts.ts'
import { createJobMetrics } from '#metrics/job-metrics.ts'
import { keepSharedCounts, readSharedCounts } from '#metrics/shared-counts.ts'
import { onDatabase } from '../postgres/start-server.ts'
import { silent, until } from '../queue/support.ts'
import { connectMachines } from './machines.ts'

async function start(t: TestContext) {
  const { url, databases } = await connectMachines(t)
  const [one, two] = databases.map(createCountStore)
  const stores = [one ?? assert.fail(), two ?? assert.fail()] as const
  const fenced = async (): Promise<number> => {
    const text = await (await readSharedCounts(stores[0])).metrics()
    return Number(/^docspool_jobs_fenced_total (\d+)/m.exec(text)?.[1])
  }
  const rows = () => onDatabase(url, 'SELECT owner FROM docspool.job_counts')
  return { url, stores, fenced, rows }
}

function work(t: TestContext, store: ReturnType<typeof createCountStore>) {
  const metrics = createJobMetrics()
  const end = keepSharedCounts(store, metrics, { log: silent, everyMs: 20 })
  t.after(end)
  return { end, count: () => metrics.onMetricEvent({ type: 'fenced' }) }
}

test('counts of several supervisors are added up; a new one carries on those of one that has ended', async (t) => {
  const { stores, fenced, rows } = await start(t)
  assert.equal(await fenced(), 0)
  const [first, second] = [work(t, stores[0]), work(t, stores[1])]
  first.count()
  first.count()
  second.count()
  await until(async () => (await fenced()) === 3, 'all are stored')
  await first.end()
  const third = work(t, stores[1])
  third.count()
  await until(async () => (await fenced()) === 4, 'the third has carried on')
  assert.equal((await rows()).length, 2)
})

test('a supervisor that was taken for dead counts nothing twice', async (t) => {
  const { url, stores, fenced, rows } = await start(t)
  const frozen = work(t, stores[0])
  frozen.count()
  await until(async () => (await fenced()) === 1, 'it is stored')
  await onDatabase(url, `UPDATE docspool.job_counts SET beat = now() - interval '1 hour'`)
  const heir = work(t, stores[1])
  await until(async () => (await stores[1].list()).length === 1, 'it is taken over')
  heir.count()
  await until(async () => (await fenced()) === 2, 'the heir counts on')
  frozen.count()
  await until(async () => (await rows()).length === 2, 'the frozen one starts anew')
  frozen.count()
  await until(async () => (await fenced()) === 3, 'and counts what happens from now on')
})

test('rows that are no counts are ignored; while the database is away, there are none', async (t) => {
  const { url, stores, fenced } = await start(t)
  await onDatabase(
    url,
    `INSERT INTO docspool.job_counts VALUES (gen_random_uuid(), 'x', now()), (gen_random_uuid(), '[{"name":1}]', now())`,
  )
  const working = work(t, stores[0])
  working.count()
  await until(async () => (await fenced()) === 1, 'one is counted')
  const unread = await readSharedCounts({ list: () => Promise.reject(new Error('away')) })
  assert.equal((await unread.metrics()).trim(), '', 'counters of 0 would look like a restart')
})
