/** What Prometheus is told: by the rules of its format, honest over restarts, and without a name of a repository. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { createLog } from '#base/log.ts'
import type { SpendReader } from '#http/spend.ts'
import { addUp, toCounts } from '#metrics/count-format.ts'
import { readDocumentsSize, writeDocumentsSize } from '#metrics/documents-size.ts'
import { createJobMetrics } from '#metrics/job-metrics.ts'
import { createServerMetrics } from '#metrics/server-metrics.ts'
import { keepSharedCounts, readSharedCounts } from '#metrics/shared-counts.ts'
import { createStoredCounts } from '#metrics/stored-counts.ts'
import { createFixture } from '../http/fixture.ts'
import { MemoryQueue } from '../http/memory-queue.ts'
import { figureOf, readExposition } from './exposition.ts'

/** The spool is where it was. */
const locate = (): undefined => undefined
const log = createLog('test', 'silent')
const NOW = Date.parse('2026-11-25T23:59:59.999Z')
const figures = { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 }
const spend: SpendReader = {
  readDays: async () => [
    { day: '2026-11-24', model: 'gpt-x', ...figures },
    { day: '2026-11-25', model: 'gpt-x', ...figures },
    { day: '2026-11-25', model: 'gpt-b', ...figures, kept: 0, cost_usd: 0 },
  ],
  limits: { cost_usd: 20, tokens: null, calls: 500 },
}

async function makeFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-metrics-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return folder
}

async function setUp(t: TestContext) {
  const spoolDir = await makeFolder(t)
  await mkdir(path.join(spoolDir, 'metrics'))
  const queue = new MemoryQueue()
  const deps = {
    readJobMetrics: () => readSharedCounts(createStoredCounts(spoolDir)),
    queue,
    spend,
    freeBytes: async () => 7e9,
    documents: { readSize: () => readDocumentsSize(spoolDir), maxBytes: 5e9 },
    clock: () => NOW,
  }
  return { spoolDir, queue, metrics: createServerMetrics(deps) }
}

const count = async (spoolDir: string) =>
  readExposition(await (await readSharedCounts(createStoredCounts(spoolDir))).metrics())

test('all figures are told by the rules of the format, also before anything has happened', async (t) => {
  const { metrics, queue } = await setUp(t)
  queue.move('acme--secret', { status: 'queued', repo_url: 'https://github.com/acme/secret' })
  const text = await metrics.text()
  const told = readExposition(text)
  assert.deepEqual(told.faults, [])
  for (const name of ['jobs_started', 'jobs_fenced', 'job_stalls', 'job_retries', 'clone_received_bytes']) {
    assert.equal(figureOf(told, `docspool_${name}_total`), 0, name)
  }
  assert.equal(figureOf(told, 'docspool_jobs', { state: 'queued' }), 1)
  assert.equal(figureOf(told, 'docspool_queue_oldest_age_seconds'), 12.345)
  assert.equal(figureOf(told, 'docspool_supervisors'), 1)
  assert.equal(figureOf(told, 'docspool_supervisor_heartbeat_age_seconds'), 1.2)
  assert.equal(figureOf(told, 'docspool_spool_free_bytes'), 7e9)
  assert.ok((figureOf(told, 'process_resident_memory_bytes') ?? 0) > 1e6)
  assert.ok(!text.includes('acme'))
})

test('the size of documents is what a supervisor measured last, and removed ones are counted by reason', async (t) => {
  const { metrics, spoolDir } = await setUp(t)
  const before = readExposition(await metrics.text())
  assert.equal(figureOf(before, 'docspool_documents_bytes'), undefined)
  assert.equal(figureOf(before, 'docspool_documents_limit_bytes'), 5e9)
  assert.equal(figureOf(before, 'docspool_documents_removed_total', { reason: 'crowded' }), 0)
  await writeDocumentsSize(spoolDir, { sets: 3, bytes: 4e9 })
  const after = readExposition(await metrics.text())
  assert.deepEqual(
    ['docspool_documents', 'docspool_documents_bytes'].map((name) => figureOf(after, name)),
    [3, 4e9],
  )
  const counted = createJobMetrics()
  counted.onMetricEvent({ type: 'documents removed', reason: 'crowded' })
  const sum = readExposition(await (await addUp([toCounts(await counted.read())])).metrics())
  assert.equal(figureOf(sum, 'docspool_documents_removed_total', { reason: 'crowded' }), 1)
})

test('what models cost has all counters, this day and its limits; no limit is infinite', async (t) => {
  const { metrics } = await setUp(t)
  await metrics.text()
  const told = readExposition(await metrics.text())
  const model = told.samples.filter(({ name }) => name.startsWith('docspool_model_'))
  assert.deepEqual(
    Object.fromEntries(model.map(({ name, labels, value }) => [name + Object.values(labels).join(), value])),
    {
      docspool_model_calls_total: 27,
      docspool_model_answers_kept_total: 6,
      docspool_model_tokens_totalinput: 120_000,
      docspool_model_tokens_totaloutput: 15_630,
      docspool_model_cost_usd_total: 0.24,
      docspool_model_calls_today: 18,
      docspool_model_tokens_today: 90_420,
      docspool_model_cost_usd_today: 0.12,
      docspool_model_calls_per_day_limit: 500,
      docspool_model_tokens_per_day_limit: Number.POSITIVE_INFINITY,
      docspool_model_cost_usd_per_day_limit: 20,
    },
  )
})

test('requests are counted by pattern, method and status; open streams are', async (t) => {
  const { metrics } = await setUp(t)
  const app = await createFixture(t, { metrics })
  app.queue.move('acme--secret', { status: 'processing' })
  await app.request('/api/job/acme--secret')
  await app.request('/api/job/acme--other')
  await app.request('/nothing/acme')
  await app.request('/static-docs/pallets--flask/src-app.md')
  await app.request('/healthz', { method: 'DELETE' })
  await app.request('/healthz', { method: 'BREW' })
  const events = await app.request('/api/job/acme--secret/events')
  const told = readExposition(await (await app.request('/metrics')).text())
  assert.deepEqual(told.faults, [])
  const requests = (route: string, status: string, method = 'GET') =>
    figureOf(told, 'docspool_http_requests_total', { route, status, method })
  assert.equal(requests('/api/job/:id', '200'), 1)
  assert.equal(requests('/api/job/:id', '404'), 1)
  assert.equal(requests('unmatched', '404'), 1)
  assert.equal(requests('unmatched', '405', 'DELETE'), 1)
  assert.ok(told.samples.some(({ labels }) => labels.method === 'other'))
  assert.equal(figureOf(told, 'docspool_http_request_duration_seconds_count', { route: '/api/job/:id' }), 2)
  assert.equal(figureOf(told, 'docspool_event_streams'), 1)
  assert.ok(!told.samples.some((sample) => /acme|flask/.test(JSON.stringify(sample))))
  // Not the caller's own signal: that of a made-up request is lost when the request is collected.
  app.shutdown.abort()
  await events.text()
  assert.equal(figureOf(readExposition(await metrics.text()), 'docspool_event_streams'), 0)
})

test('requests that come together share one text, and the next one is made anew', async (t) => {
  const { metrics } = await setUp(t)
  let made = 0
  let release = (): void => undefined
  const isReleased = new Promise<void>((resolve) => {
    release = resolve
  })
  const text = async () => {
    made += 1
    await isReleased
    return metrics.text()
  }
  const app = await createFixture(t, { metrics: { ...metrics, text } })
  const together = Promise.all(Array.from({ length: 40 }, () => app.request('/metrics')))
  // Requests begin in several turns of the event loop.
  for (let turn = 0; turn < 200; turn++) await new Promise((resolve) => setTimeout(resolve))
  release()
  assert.deepEqual([...new Set((await together).map(({ status }) => status))], [200])
  assert.equal(made, 1)
  await app.request('/metrics')
  assert.equal(made, 2)
})

test('there are no metrics where they are told elsewhere', async (t) => {
  const { metrics } = await setUp(t)
  const app = await createFixture(t, { metrics, hidesMetrics: true })
  assert.equal((await app.request('/metrics')).status, 404)
})

test('while the spool is away there are no figures of the queue, and all others', async (t) => {
  const { metrics, queue, spoolDir } = await setUp(t)
  await metrics.text()
  queue.failure = new Error('away')
  await rm(path.join(spoolDir, 'metrics'), { recursive: true })
  const told = readExposition(await metrics.text())
  assert.deepEqual(told.faults, [])
  assert.equal(figureOf(told, 'docspool_spool_up'), 0)
  assert.equal(figureOf(told, 'docspool_supervisors'), undefined)
  assert.equal(figureOf(told, 'docspool_jobs_started_total'), undefined, 'counters of 0 would look like a restart')
  assert.equal(figureOf(told, 'docspool_model_calls_total'), 27)
})

test('counts of supervisors are added up, go on after a restart, and count nothing twice', async (t) => {
  const spoolDir = await makeFolder(t)
  await mkdir(path.join(spoolDir, 'metrics'))
  const [one, two] = [createJobMetrics(), createJobMetrics()]
  const ends = [one, two].map((metrics) => keepSharedCounts(createStoredCounts(spoolDir, locate), metrics, { log }))
  for (const metrics of [one, one, two]) {
    metrics.onMetricEvent({ type: 'started', waitMs: 400 })
    metrics.onMetricEvent({ type: 'stage', stage: 'clone', ms: 2_000 })
    metrics.onMetricEvent({ type: 'stage', stage: 'acme/secret', ms: 2_000 })
    metrics.onMetricEvent({ type: 'ended', status: 'failed', code: 'HOST_UNREACHABLE', ms: 2_000 })
    metrics.onMetricEvent({ type: 'received', bytes: 10 })
  }
  one.onMetricEvent({ type: 'ended', status: 'failed', code: 'acme/secret', ms: 1 })
  for (const end of ends) await end()
  for (let restart = 0; restart < 3; restart++) {
    const told = await count(spoolDir)
    assert.deepEqual(told.faults, [])
    assert.equal(figureOf(told, 'docspool_jobs_started_total'), 3 + restart)
    assert.equal(figureOf(told, 'docspool_job_stage_duration_seconds_count', { stage: 'clone' }), 3)
    assert.equal(figureOf(told, 'docspool_job_stage_duration_seconds_sum', { stage: 'clone' }), 6)
    assert.equal(figureOf(told, 'docspool_jobs_failed_total', { code: 'HOST_UNREACHABLE' }), 3)
    assert.equal(figureOf(told, 'docspool_jobs_failed_total', { code: 'OTHER' }), 1)
    assert.equal(figureOf(told, 'docspool_clone_received_bytes_total'), 30)
    assert.ok(!told.samples.some((sample) => JSON.stringify(sample).includes('acme')))
    await bury(spoolDir)
    const next = createJobMetrics()
    const end = keepSharedCounts(createStoredCounts(spoolDir, locate), next, { log })
    next.onMetricEvent({ type: 'started', waitMs: null })
    await end()
    assert.equal((await readdir(path.join(spoolDir, 'metrics'))).length, 2, 'files do not pile up')
  }
})

/** Make the owners of all files processes that are gone. */
async function bury(spoolDir: string): Promise<void> {
  const folder = path.join(spoolDir, 'metrics')
  for (const name of await readdir(folder)) {
    const kept = JSON.parse(await readFile(path.join(folder, name), 'utf8'))
    kept.process.pidStart = '1'
    await writeFile(path.join(folder, name), JSON.stringify(kept))
  }
}

test('counts are not written into another spool that lies in the place of its own', async (t) => {
  const spoolDir = await makeFolder(t)
  await mkdir(path.join(spoolDir, 'metrics'))
  const elsewhere = (): never => {
    throw new Error('The spool is away.')
  }
  await keepSharedCounts(createStoredCounts(spoolDir, elsewhere), createJobMetrics(), { log })()
  assert.deepEqual(await readdir(path.join(spoolDir, 'metrics')), [])
})

test('files that cannot be read count as nothing', async (t) => {
  const spoolDir = await makeFolder(t)
  await mkdir(path.join(spoolDir, 'metrics'))
  const end = keepSharedCounts(createStoredCounts(spoolDir, locate), createJobMetrics(), { log })
  await end()
  const negative = { name: 'docspool_jobs_started_total', values: [{ value: -5, labels: {} }] }
  const process = { pid: 1, pidStart: '', bootId: '', pidNamespace: '' }
  for (const [name, text] of [
    ['torn.json', '{"version":1'],
    ['newer.json', '{"version":2}'],
    ['negative.json', JSON.stringify({ version: 1, process, metrics: [negative] })],
    ['alien.json', JSON.stringify({ version: 1, process, metrics: [{ name: 'evil', values: [] }] })],
  ] as const) {
    await writeFile(path.join(spoolDir, 'metrics', name), text)
  }
  const told = await count(spoolDir)
  assert.deepEqual(told.faults, [])
  assert.equal(figureOf(told, 'docspool_jobs_started_total'), 0)
  assert.ok(!told.types.has('evil'))
})

test('the rules bite', () => {
  const broken = 'docspool_x 1\n# HELP docspool_a \n# TYPE docspool_a counter\ndocspool_a 1\ndocspool_a 2'
  assert.equal(readExposition(broken).faults.length, 5, readExposition(broken).faults.join('\n'))
})
