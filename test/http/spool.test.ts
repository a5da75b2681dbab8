/** The whole way: real HTTP, the real spool, a real supervisor; only the work of a job is a stand-in. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { readConfig } from '#base/config.ts'
import { createLog } from '#base/log.ts'
import type { JobView, Outcome } from '#queue/contract.ts'
import type { Run } from '#queue/runner.ts'
import { supervise } from '#queue/supervisor.ts'
import { type RunningServer, startServer } from '#server/serve.ts'
import { createSetStore } from '#store/sets.ts'
import { exampleSet } from './fixture.ts'

const log = createLog('test', 'silent')

interface Service {
  server: RunningServer
  spoolDir: string
  /** Start to work on jobs. */
  work(run: Run): void
  post(body: object, headers?: Record<string, string>): Promise<Response>
  ask(path: string, init?: RequestInit): Promise<Response>
}

async function start(t: TestContext, settings: Record<string, string> = {}): Promise<Service> {
  const spoolDir = await mkdtemp(path.join(tmpdir(), 'docspool-http-spool-'))
  const end = new AbortController()
  const config = readConfig({ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir, ...settings }, {})
  const server = await startServer({ config, log, signal: end.signal })
  let working = Promise.resolve()
  t.after(async () => {
    end.abort()
    await Promise.all([server.close(5_000), working])
    await rm(spoolDir, { recursive: true, force: true })
  })
  const ask = (to: string, init?: RequestInit): Promise<Response> => fetch(server.url + to, init)
  return {
    server,
    spoolDir,
    work(run) {
      const signals = { signal: end.signal, hardSignal: end.signal }
      working = supervise({ spoolDir, run, concurrency: 2, isPassing: () => false, graceMs: 0, log, ...signals })
    },
    post: (body, headers = {}) =>
      ask('/api/jobs', {
        method: 'POST',
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    ask,
  }
}

type Answer = JobView & { outcome: Outcome; code: string }
const read = async (response: Response | Promise<Response>): Promise<Answer> =>
  (await (await response).json()) as Answer

const FLASK = { repo_url: 'https://github.com/pallets/flask' }

test('a job goes from the POST to its documents', { timeout: 60_000 }, async (t) => {
  const { work, post, ask, spoolDir, server } = await start(t)
  const posted = await post(FLASK)
  assert.equal(posted.status, 202)
  assert.equal((await read(posted)).outcome, 'created')
  const again = await post(FLASK)
  assert.deepEqual([again.status, (await read(again)).outcome], [202, 'joined'])
  assert.equal((await read(ask('/api/job/pallets--flask'))).queue_position, 1)
  const early = await ask('/static-docs/pallets--flask/')
  assert.deepEqual([early.status, (await read(early)).code], [404, 'NO_DOCS'])

  const ended = ask('/api/job/pallets--flask?wait=60')
  const sets = createSetStore(path.join(spoolDir, 'docs'))
  work(async () => ({ docsKey: await sets.publish(exampleSet), resolvedCommit: 'a'.repeat(40), summary: 'Two pages.' }))
  const job = await read(ended)
  assert.deepEqual([job.status, job.percent, job.docs_path], ['completed', 100, '/static-docs/pallets--flask/'])

  const page = await ask(job.docs_path ?? '')
  assert.equal(page.status, 200)
  assert.match(await page.text(), /<p>the overview<\/p>/)
  const cached = await post(FLASK)
  assert.deepEqual([cached.status, (await read(cached)).outcome], [200, 'cached'])
  const line = await ask('/', { method: 'POST', body: new URLSearchParams(FLASK) })
  assert.equal(await line.text(), `completed  pallets--flask  ${server.url}/static-docs/pallets--flask/\n`)
  assert.equal((await ask('/api/job/pallets--flask', { method: 'DELETE' })).status, 204)
  assert.equal((await ask('/api/job/pallets--flask')).status, 404)
  assert.equal((await ask('/static-docs/pallets--flask/')).status, 404)
})

test('a job that fails is refused for a while, and retried when asked to', { timeout: 60_000 }, async (t) => {
  const { work, post, ask } = await start(t)
  await post(FLASK)
  const ended = ask('/api/job/pallets--flask?wait=60')
  work(() => Promise.reject(new Error('/home/someone: broken')))
  const job = await read(ended)
  assert.equal(job.status, 'failed')
  assert.ok(!JSON.stringify(job).includes('/home/'))
  const refused = await post(FLASK)
  assert.equal(refused.status, 429)
  const seconds = Number(refused.headers.get('retry-after'))
  assert.ok(seconds > 170 && seconds <= 180, String(seconds))
  assert.equal((await read(refused)).outcome, 'cooldown')
  assert.equal((await ask('/api/job/pallets--flask/retry', { method: 'POST' })).status, 202)
})

test('waiting jobs are cancelled; the queue has a size; keys go with one request', { timeout: 60_000 }, async (t) => {
  const { post, ask } = await start(t, { DOCSPOOL_QUEUE_SIZE: '2' })
  const key = { 'idempotency-key': 'one' }
  assert.deepEqual([(await post(FLASK, key)).status, (await post(FLASK, key)).status], [202, 202])
  assert.equal((await post({ ...FLASK, priority: 1 }, key)).status, 422)
  assert.equal((await post({ repo_url: 'https://github.com/a/b' })).status, 202)
  const full = await post({ repo_url: 'https://github.com/a/c' })
  assert.deepEqual([full.status, full.headers.get('retry-after'), (await read(full)).code], [503, '30', 'QUEUE_FULL'])
  const conflict = await ask('/api/job/a--b', { method: 'DELETE' })
  assert.deepEqual([conflict.status, (await read(conflict)).code], [409, 'WRONG_STATE'])
  const cancelled = await ask('/api/job/a--b/cancel', { method: 'POST' })
  assert.deepEqual([cancelled.status, (await read(cancelled)).error_code], [200, 'CANCELLED'])
  assert.equal((await post({ repo_url: 'https://github.com/a/c' })).status, 202)
})

test('150 different POSTs in a row are accepted, while a job can be read', { timeout: 60_000 }, async (t) => {
  const { post, ask } = await start(t)
  for (let number = 0; number < 150; number++) {
    const answer = await post({ repo_url: `https://github.com/many/r${number}` })
    assert.equal(answer.status, 202)
    if (number % 50 === 0) assert.equal((await ask(`/api/job/many--r${number}`)).status, 200)
  }
  const names: string[] = []
  for (let next: string | null = '/api/jobs?limit=40'; next !== null; ) {
    const page = (await (await ask(next)).json()) as { jobs: JobView[]; next: string | null }
    names.push(...page.jobs.map((job) => job.job_id))
    next = page.next
  }
  assert.equal(new Set(names).size, 150)
  assert.equal(names.length, 150)
  assert.equal((await ask('/readyz')).status, 200)
})
