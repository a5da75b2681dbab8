import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { createFixture, type Fixture } from './fixture.ts'

const ID = 'pallets--flask'

/** Resolves when a long poll waits in the queue. */
async function held(app: Fixture): Promise<void> {
  while (app.queue.watchers === 0) await turn()
}

test('a job is answered under both names, with a tag and the time to come back', async (t) => {
  const app = await createFixture(t)
  const { view } = app.queue.move(ID, { status: 'processing', percent: 42, progress: 'Reading src/app.py' })
  for (const path of [`/api/job/${ID}`, `/api/jobs/${ID}`]) {
    const answer = await app.request(path)
    assert.equal(answer.status, 200)
    assert.deepEqual(await answer.json(), view)
    assert.match(answer.headers.get('etag') ?? '', /^"[^"]+"$/)
    assert.equal(answer.headers.get('retry-after'), '2')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('vary'), 'Accept')
  }
  app.queue.move(ID, { status: 'completed' })
  assert.equal((await app.request(`/api/job/${ID}`)).headers.get('retry-after'), null)
})

test('text/plain gets a line for each state', async (t) => {
  const app = await createFixture(t)
  const line = async (): Promise<string> =>
    (await app.request(`/api/job/${ID}`, { headers: { accept: 'text/plain' } })).text()
  app.queue.move(ID, { status: 'queued', queue_position: 3 })
  assert.equal(await line(), `queued  ${ID}  #3  Waiting\n`)
  app.queue.move(ID, { status: 'processing', percent: 42, progress: 'Reading \u001b[2Ja\nb\u202e' })
  assert.equal(await line(), `processing  ${ID}  42 %  Reading  a b\n`)
  app.queue.move(ID, { status: 'failed', error_code: 'REPO_TOO_LARGE', error_message: 'Too large.' })
  assert.equal(await line(), `failed  ${ID}  Too large. (REPO_TOO_LARGE)\n`)
  app.queue.move(ID, { status: 'completed' }, app.docsKey)
  assert.equal(await line(), `completed  ${ID}  http://localhost/static-docs/${ID}/\n`)
})

test('a known tag is answered 304, another form or revision is not', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const etag = (await app.request(`/api/job/${ID}`)).headers.get('etag') ?? ''
  const ask = (headers: Record<string, string>) => app.request(`/api/job/${ID}`, { headers })
  const known = await ask({ 'if-none-match': `"x", W/${etag}` })
  assert.equal(known.status, 304)
  assert.equal(await known.text(), '')
  assert.equal(known.headers.get('etag'), etag)
  assert.equal(known.headers.get('x-content-type-options'), 'nosniff')
  assert.equal((await ask({ 'if-none-match': etag, accept: 'text/plain' })).status, 200)
  app.queue.move(ID, { percent: 50 })
  assert.equal((await ask({ 'if-none-match': etag })).status, 200)
})

test('?wait holds the answer until the job ends', { timeout: 20_000 }, async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  let isAnswered = false
  const answer = app.request(`/api/job/${ID}?wait=60`).finally(() => {
    isAnswered = true
  })
  await held(app)
  app.queue.move(ID, { percent: 50 })
  await held(app)
  assert.equal(isAnswered, false, 'progress is not the end')
  app.queue.move(ID, { status: 'completed' })
  const job = (await (await answer).json()) as Record<string, unknown>
  assert.equal(job.status, 'completed')
  assert.equal(app.queue.watchers, 0)
})

test('?wait with a known tag ends at the next change', { timeout: 20_000 }, async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const etag = (await app.request(`/api/job/${ID}`)).headers.get('etag') ?? ''
  const answer = app.request(`/api/job/${ID}?wait=60`, { headers: { 'if-none-match': etag } })
  await held(app)
  app.queue.move(ID, { percent: 50 })
  assert.equal((await answer).status, 200)
  const stale = await app.request(`/api/job/${ID}?wait=60`, { headers: { 'if-none-match': etag } })
  assert.equal(stale.status, 200, 'one that is behind does not wait')
})

test('?wait ends when its time has passed, with 304 for a known tag', { timeout: 20_000 }, async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const etag = (await app.request(`/api/job/${ID}`)).headers.get('etag') ?? ''
  assert.equal((await app.request(`/api/job/${ID}?wait=1`, { headers: { 'if-none-match': etag } })).status, 304)
  assert.equal(app.queue.watchers, 0)
})

test('?wait ends at shutdown, when the caller is gone, and when the job is removed', { timeout: 20_000 }, async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const caller = new AbortController()
  const gone = app.request(`/api/job/${ID}?wait=60`, { signal: caller.signal })
  await held(app)
  caller.abort()
  await gone
  assert.equal(app.queue.watchers, 0)

  app.queue.move('a--b', { status: 'processing' })
  const removed = app.request('/api/job/a--b?wait=60', { headers: { 'if-none-match': '"a--b.1-json"' } })
  await held(app)
  app.queue.move('a--b', { status: 'failed' })
  await app.queue.remove('a--b')
  assert.equal((await removed).status, 404)

  const stopped = app.request(`/api/job/${ID}?wait=60`)
  await held(app)
  app.shutdown.abort()
  assert.equal((await stopped).status, 200)
  assert.equal((await app.request(`/api/job/${ID}?wait=60`)).status, 200, 'nothing is held any more')
})

test('parameters that do not fit are 400', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const bad = [
    ...['wait=61', 'wait=-1', 'wait=x', 'wait=', 'wait=1&wait=2', 'wat=1', 'wait=1e1'].map(
      (q) => `/api/job/${ID}?${q}`,
    ),
    ...['status=done', 'limit=0', 'limit=101', 'limit=x', 'repo=x', 'after=', 'x=1', 'limit=1&limit=2'].map(
      (q) => `/api/jobs?${q}`,
    ),
  ]
  for (const path of bad) assert.equal((await app.request(path)).status, 400, path)
})

test('the list is newest first, in pages that link to the next', async (t) => {
  const app = await createFixture(t)
  for (const name of ['a--a', 'b--b', 'c--c']) app.queue.move(name, { status: name === 'b--b' ? 'failed' : 'queued' })
  const first = await app.request('/api/jobs?limit=2')
  const link = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
  const page = (await first.json()) as { jobs: { job_id: string }[]; next: string | null }
  assert.deepEqual(
    page.jobs.map((job) => job.job_id),
    ['c--c', 'b--b'],
  )
  assert.equal(page.next, link)
  const second = await app.request(link)
  assert.equal(second.headers.get('link'), null)
  const rest = (await second.json()) as typeof page
  assert.deepEqual(
    rest.jobs.map((job) => job.job_id),
    ['a--a'],
  )
  assert.equal(rest.next, null)
  const failed = (await (await app.request('/api/jobs?status=failed')).json()) as typeof page
  assert.equal(failed.jobs.length, 1)
  const ofRepo = await app.request(`/api/jobs?repo=${encodeURIComponent('https://github.com/pallets/flask.git')}`)
  assert.equal(((await ofRepo.json()) as typeof page).jobs.length, 3)
  const text = await app.request('/api/jobs', { headers: { accept: 'text/plain' } })
  assert.equal((await text.text()).split('\n').length, 4)
  const etag = (await app.request('/api/jobs')).headers.get('etag') ?? ''
  assert.equal((await app.request('/api/jobs', { headers: { 'if-none-match': etag } })).status, 304)
})

test('jobs are cancelled, retried and removed', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const act = (method: string, rest = '') => app.request(`/api/job/${ID}${rest}`, { method })
  assert.equal((await act('POST', '/cancel')).status, 202, 'the worker is told')
  const conflict = await act('POST', '/retry')
  assert.equal(conflict.status, 409)
  assert.equal(((await conflict.json()) as Record<string, unknown>).code, 'WRONG_STATE')
  assert.equal((await act('DELETE')).status, 409)
  app.queue.move(ID, { status: 'queued' })
  const cancelled = await act('POST', '/cancel')
  assert.equal(cancelled.status, 200)
  assert.equal(((await cancelled.json()) as Record<string, unknown>).error_code, 'CANCELLED')
  const line = await (await app.request(`/api/job/${ID}`, { headers: { accept: 'text/plain' } })).text()
  assert.match(line, /^cancelled {2}/, 'a cancelled job has not failed')
  const retried = await act('POST', '/retry')
  assert.equal(retried.status, 202)
  assert.equal(retried.headers.get('location'), `/api/job/${ID}`)
  assert.equal(retried.headers.get('retry-after'), '2')
  app.queue.move(ID, { status: 'failed' })
  const removed = await app.request(`/api/jobs/${ID}`, { method: 'DELETE' })
  assert.equal(removed.status, 204)
  assert.equal(await removed.text(), '')
  for (const [method, rest] of [
    ['POST', '/cancel'],
    ['POST', '/retry'],
    ['DELETE', ''],
    ['GET', ''],
  ] as const) {
    const unknown = await act(method, rest)
    assert.equal(unknown.status, 404)
    assert.equal(((await unknown.json()) as Record<string, unknown>).code, 'NO_SUCH_JOB')
  }
})
