/** Many submissions in one request. */
import assert from 'node:assert/strict'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { openQueue, type Queue } from '#queue/open-queue.ts'
import { settings, silent } from '../queue/support.ts'
import { createFixture, type Fixture } from './fixture.ts'

const repo = (name: string, rest: object = {}) => ({ repo_url: `https://github.com/acme/${name}`, ...rest })

interface Result {
  status: number
  outcome?: string
  job?: { job_id: string; status: string; rev: number }
  problem?: { status: number; code: string; detail: string }
}

const send = (app: Fixture, body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  app.request('/api/jobs', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

const read = async (answer: Response): Promise<Result[]> => ((await answer.json()) as { results: Result[] }).results
const codeOf = async (answer: Response): Promise<string> => ((await answer.json()) as { code: string }).code

/** The application over a real spool, which may be opened again. */
async function onSpool(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-batch-'))
  const spoolDir = path.join(folder, 'spool')
  const queues: Queue[] = []
  t.after(async () => {
    for (const queue of queues) await queue.close()
    await rm(folder, { recursive: true, force: true })
  })
  const open = async (change: (queue: Queue) => Partial<Queue> = () => ({})): Promise<Fixture> => {
    const queue = await openQueue(spoolDir, { ...settings, queueSize: 10_000 }, { log: silent, clock: Date.now })
    queues.push(queue)
    return await createFixture(t, { queue: { ...queue, ...change(queue) } })
  }
  return { open, ready: () => readdir(path.join(spoolDir, 'ready')) }
}

test('every item is answered as if it had come alone, in the order of the request', async (t) => {
  const app = await createFixture(t)
  app.queue.move('acme--done', { status: 'completed' }, app.docsKey)
  app.queue.move('acme--bad', { status: 'failed', error_code: 'X', error_message: 'No.' })
  const items = [
    repo('a', { priority: 2, force: true, commit_id: 'v1' }),
    repo('done'),
    { repo_url: 'flask' },
    repo('bad'),
    {},
    repo('b', { priorty: 1 }),
    repo('b', { priority: 10 }),
    repo('b', { commit_id: 'a b' }),
    repo('b'),
  ]
  const answer = await send(app, items)
  assert.equal(answer.status, 207)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const results = await read(answer)
  assert.deepEqual(
    results.map(({ status, outcome, problem, job }) => [status, outcome ?? problem?.code, job?.job_id]),
    [
      [202, 'created', 'acme--a@v1.3bfc269594ef649228e9a74bab00f042'],
      [200, 'cached', 'acme--done'],
      [400, 'NOT_A_URL', undefined],
      [429, 'cooldown', 'acme--bad'],
      [400, 'MISSING_FIELD', undefined],
      [400, 'UNKNOWN_FIELD', undefined],
      [400, 'BAD_FIELD', undefined],
      [400, 'BAD_COMMIT_ID', undefined],
      [202, 'created', 'acme--b'],
    ],
  )
  assert.equal(results[3]?.problem?.code, 'COOLDOWN')
  const first = app.queue.submits.find(({ jobId }) => jobId.startsWith('acme--a@'))
  assert.deepEqual([first?.priority, first?.force, first?.commitId], [2, true, 'v1'])
  for (const [index, item] of items.entries()) {
    if (results[index]?.problem === undefined) continue
    const alone = (await (await send(app, item)).json()) as Record<string, unknown>
    const { instance: _, outcome: __, job: ___, ...problem } = alone
    const { instance: ____, ...inBatch } = (results[index]?.problem ?? {}) as Record<string, unknown>
    assert.deepEqual(inBatch, problem)
  }
})

test('when all are accepted it is 202; text/plain gets a line each', async (t) => {
  const app = await createFixture(t)
  assert.equal((await send(app, [repo('a'), repo('a'), repo('b')])).status, 202)
  const answer = await send(app, [repo('a'), { repo_url: '\u001b[2Jx' }, repo('c')], { accept: 'text/plain' })
  assert.equal(answer.status, 207)
  const lines = (await answer.text()).split('\n')
  assert.deepEqual(
    [lines[0], lines[2], lines[3]],
    ['queued  acme--a  http://localhost/jobs/acme--a', 'queued  acme--c  http://localhost/jobs/acme--c', ''],
  )
  assert.match(lines[1] ?? '', /^error: [^\p{Cc}]+ \([A-Z_]+\)$/u)
})

test('what is wrong with the array refuses all of it, and the queue is asked for nothing', async (t) => {
  const app = await createFixture(t)
  const bodies = [
    ...['[]', '[1]', '[null]', '[[]]', `[${JSON.stringify(repo('a'))},"x"]`, '[{"repo_url":"https://github.com/a/b"}'],
    JSON.stringify(Array.from({ length: 1_001 }, (_, n) => repo(`r${n}`))),
  ]
  for (const body of bodies) {
    const answer = await send(app, body)
    assert.deepEqual([answer.status, await codeOf(answer)], [400, 'BAD_BODY'], body.slice(0, 40))
  }
  const deep = `[{"repo_url":${'['.repeat(200_000)}${']'.repeat(200_000)}}]`
  assert.equal((await send(app, deep, { 'idempotency-key': 'k' })).status, 400)
  assert.equal((await send(app, [repo('a')], { 'idempotency-key': 'a b' })).status, 400)
  assert.equal(app.queue.submits.length, 0)
  const elsewhere = await app.request('/', {
    method: 'POST',
    body: JSON.stringify([repo('a')]),
    headers: { 'content-type': 'application/json' },
  })
  assert.equal(elsewhere.status, 400)
})

test('a batch may have 1 MiB, anything else 64 KiB', async (t) => {
  const app = await createFixture(t)
  const many = Array.from({ length: 1_000 }, (_, n) => repo(`r${n}`, { commit_id: 'v'.repeat(90) }))
  assert.ok(JSON.stringify(many).length > 140_000)
  assert.equal((await send(app, many)).status, 202)
  const answer = await send(app, [repo('a', { commit_id: 'v'.repeat(1_100_000) })])
  assert.deepEqual([answer.status, await codeOf(answer)], [413, 'BODY_TOO_LARGE'])
  assert.equal((await app.post('/api/jobs', `repo_url=${'x'.repeat(70_000)}`)).status, 413)
})

test('1,000 submissions are on the disk when they are answered, each once', { timeout: 60_000 }, async (t) => {
  const { open, ready } = await onSpool(t)
  const app = await open()
  const items = Array.from({ length: 1_000 }, (_, n) => repo(`r${n}`))
  const before = performance.now()
  const answer = await send(app, items)
  t.diagnostic(`1,000 in ${(performance.now() - before).toFixed(0)} ms`)
  assert.equal(answer.status, 202)
  const results = await read(answer)
  assert.deepEqual(
    results.map(({ job }) => job?.job_id),
    items.map((_, n) => `acme--r${n}`),
  )
  assert.ok(results.every(({ outcome }) => outcome === 'created'))
  assert.equal((await ready()).length, 1_000)
})

test('one key covers the batch: the same array has the same answer, any other is refused', {
  timeout: 60_000,
}, async (t) => {
  const { open, ready } = await onSpool(t)
  const app = await open()
  const key = { 'idempotency-key': 'batch-1' }
  const items = [repo('a'), repo('b'), { repo_url: 'x' }, repo('a')]
  const shape = (results: Result[]) => results.map(({ status, outcome, problem }) => [status, outcome ?? problem?.code])
  const first = shape(await read(await send(app, items, key)))
  assert.deepEqual(first.slice(1, 3), [
    [202, 'created'],
    [400, 'NOT_A_URL'],
  ])
  assert.deepEqual([first[0]?.[1], first[3]?.[1]].sort(), ['created', 'joined'])
  assert.deepEqual(shape(await read(await send(app, JSON.stringify(items, null, 2), key))), first)
  const others = [[], items.slice(0, 3), [...items, repo('c')], items.toReversed(), [repo('a', { priority: 1 })]]
  for (const other of others.slice(1)) {
    const answer = await send(app, other, key)
    assert.deepEqual([answer.status, await codeOf(answer)], [422, 'IDEMPOTENCY_KEY_REUSED'])
  }
  assert.equal((await send(app, repo('a'), key)).status, 422, 'a single submission is another request')
  assert.equal((await send(app, repo('d'), { 'idempotency-key': 'single' })).status, 202)
  assert.equal((await send(app, [repo('d')], { 'idempotency-key': 'single' })).status, 422)
  assert.deepEqual((await ready()).map((name) => name.slice(16)).sort(), ['acme--a', 'acme--b', 'acme--d'])
})

test('after an end in the middle, the same request again makes no second job', { timeout: 60_000 }, async (t) => {
  const { open, ready } = await onSpool(t)
  const items = Array.from({ length: 200 }, (_, n) => repo(`r${n}`))
  const key = { 'idempotency-key': 'again' }
  // The process is gone after 70 of them: no call returns any more.
  let calls = 0
  let isGone: (() => void) | undefined
  const gone = new Promise<void>((resolve) => (isGone = resolve))
  const dying = await open((queue) => ({
    submit(request) {
      calls += 1
      if (calls <= 70) return queue.submit(request)
      isGone?.()
      return new Promise(() => undefined)
    },
  }))
  void send(dying, items, key)
  await gone
  const app = await open()
  const answer = await send(app, items, key)
  assert.equal(answer.status, 202)
  assert.equal((await read(answer)).length, 200)
  const names = await ready()
  assert.equal(new Set(names.map((name) => name.slice(16))).size, 200)
  assert.equal(names.length, 200)
  const revisions = (await read(await send(app, items, key))).map(({ job }) => job?.rev)
  assert.ok(revisions.every((rev) => rev === 1))
})

test('a queue that is full takes what it has room for, and says so of the rest', async (t) => {
  const app = await createFixture(t)
  const { queue } = app
  const submit = queue.submit.bind(queue)
  queue.submit = async (request) => {
    if (queue.submits.length >= 2) throw new (await import('#queue/errors.ts')).QueueFull('Full of /secret/path.')
    return submit(request)
  }
  const results = await read(
    await send(
      app,
      ['a', 'b', 'c'].map((name) => repo(name)),
    ),
  )
  assert.deepEqual(
    results.map(({ status }) => status),
    [202, 202, 503],
  )
  assert.equal(results[2]?.problem?.code, 'QUEUE_FULL')
  assert.doesNotMatch(JSON.stringify(results), /secret/)
  assert.equal(app.logged.filter((line) => line.includes('QUEUE_FULL')).length, 1)
})
