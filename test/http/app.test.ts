/** What holds for every answer: headers, methods, forms of errors, the log. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SpoolUnavailable } from '#queue/errors.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { createFixture } from './fixture.ts'

const CSP =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

test('every answer carries the policies, an id and Vary, errors and redirects too', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const answers = [
    await app.request('/'),
    await app.request('/nowhere'),
    await app.request('/api/job/nope'),
    await app.request('/', { method: 'PUT' }),
    await app.request('/static-docs/pallets--flask'),
    await app.request('/static-docs/pallets--flask/'),
    await app.post('/', 'x'.repeat(70_000)),
    await app.post('/', { repo_url: 'x' }),
    await app.request('/assets/docspool.css'),
  ]
  app.queue.failure = new Error('broken')
  answers.push(await app.request('/api/jobs'))
  for (const { headers, status } of answers) {
    const about = String(status)
    assert.equal(headers.get('content-security-policy'), CSP, about)
    assert.equal(headers.get('x-content-type-options'), 'nosniff', about)
    assert.equal(headers.get('referrer-policy'), 'same-origin', about)
    assert.equal(headers.get('x-frame-options'), 'DENY', about)
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/, about)
    assert.match(headers.get('vary') ?? '', /Accept/, about)
  }
})

test('a good request id is kept, another is replaced', async (t) => {
  const app = await createFixture(t)
  const idFor = async (id: string): Promise<string | null> =>
    (await app.request('/healthz', { headers: { 'x-request-id': id } })).headers.get('x-request-id')
  assert.equal(await idFor('abc-123_='), 'abc-123_=')
  for (const bad of ['a b', 'a"b', 'x'.repeat(65), '<script>', 'ä']) assert.notEqual(await idFor(bad), bad)
})

test('a wrong method is 405 with what is allowed, in the form of the caller', async (t) => {
  const app = await createFixture(t)
  const cases: [method: string, path: string, allow: string][] = [
    ['PUT', '/', 'POST, GET, HEAD'],
    ['DELETE', '/', 'POST, GET, HEAD'],
    ['PUT', '/api/jobs', 'POST, GET, HEAD'],
    ['POST', '/api/job/x', 'GET, HEAD, DELETE'],
    ['PATCH', '/api/jobs/x', 'GET, HEAD, DELETE'],
    ['GET', '/api/job/x/cancel', 'POST'],
    ['GET', '/api/job/x/retry', 'POST'],
    ['GET', '/jobs/x/delete', 'POST'],
    ['POST', '/jobs/x', 'GET, HEAD'],
    ['POST', '/docs/x', 'GET, HEAD'],
    ['POST', '/static-docs/x/', 'GET, HEAD'],
    ['PUT', '/static-docs/x/overview.md', 'GET, HEAD'],
    ['POST', '/static-docs/x', 'GET, HEAD'],
    ['POST', '/assets/x', 'GET, HEAD'],
    ['POST', '/healthz', 'GET, HEAD'],
    ['OPTIONS', '/readyz', 'GET, HEAD'],
  ]
  for (const [method, path, allow] of cases) {
    const answer = await app.request(path, { method })
    assert.equal(answer.status, 405, `${method} ${path}`)
    assert.equal(answer.headers.get('allow'), allow, `${method} ${path}`)
    assert.equal(((await answer.json()) as Record<string, unknown>).code, 'METHOD_NOT_ALLOWED')
  }
  const line = await app.request('/', { method: 'PUT', headers: { accept: 'text/plain' } })
  assert.equal(await line.text(), 'error: Expected POST, GET, HEAD. (METHOD_NOT_ALLOWED)\n')
  assert.equal((await app.request('/nowhere', { method: 'POST' })).status, 404)
})

test('HEAD answers as GET without a body', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  for (const path of [
    '/',
    '/api/jobs',
    '/api/job/pallets--flask',
    '/static-docs/pallets--flask/',
    '/healthz',
    '/nope',
  ]) {
    const [head, get] = [await app.request(path, { method: 'HEAD' }), await app.request(path)]
    assert.equal(head.status, get.status, path)
    assert.equal(head.headers.get('etag'), get.headers.get('etag'), path)
    assert.equal(await head.text(), '', path)
  }
})

test('an error takes the form that the caller reads', async (t) => {
  const app = await createFixture(t)
  const forms: [accept: string | undefined, type: string][] = [
    [undefined, 'application/problem+json'],
    ['*/*', 'application/problem+json'],
    ['', 'application/problem+json'],
    ['application/json', 'application/problem+json'],
    ['image/png', 'application/problem+json'],
    ['text/plain', 'text/plain'],
    ['text/plain;q=0.1, application/json', 'application/problem+json'],
    ['text/html;q=0, text/plain', 'text/plain'],
    ['TEXT/HTML', 'text/html'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html'],
    [`${'a/b;q="\\"",'.repeat(5_000)}text/html`, 'application/problem+json'],
  ]
  for (const [accept, type] of forms) {
    const answer = await app.request('/nowhere', accept === undefined ? {} : { headers: { accept } })
    assert.equal(answer.status, 404)
    assert.ok(
      answer.headers.get('content-type')?.startsWith(type),
      `${accept?.slice(0, 40)}: ${answer.headers.get('content-type')}`,
    )
  }
  const problem = (await (await app.request('/nowhere')).json()) as Record<string, unknown>
  const { instance, ...rest } = problem
  assert.match(String(instance), /^[0-9a-f-]{36}$/)
  assert.deepEqual(rest, {
    type: 'about:blank',
    title: 'Not Found',
    status: 404,
    detail: 'There is nothing at this address.',
    code: 'NOT_FOUND',
    hint: 'Start at /.',
  })
})

test('what goes wrong inside is told to the log alone', async (t) => {
  const app = await createFixture(t)
  app.queue.failure = new Error('EACCES: /home/someone/spool/jobs token=S3CR3T')
  for (const accept of ['*/*', 'text/html', 'text/plain', 'application/json']) {
    for (const path of ['/', '/api/jobs', '/api/job/x', '/jobs/x', '/static-docs/x/', '/docs/x', '/readyz']) {
      const answer = await app.request(path, { headers: { accept } })
      const body = await answer.text()
      assert.equal(answer.status, 500, path)
      for (const secret of ['/home/', 'S3CR3T', 'EACCES', '.ts:']) {
        assert.ok(!body.includes(secret), `${path} shows ${secret}`)
      }
    }
    const posted = await app.post('/', { repo_url: 'https://github.com/a/b' }, { accept })
    assert.equal(posted.status, 500)
    assert.ok(!(await posted.text()).includes('S3CR3T'))
  }
  assert.match(app.logged.join('\n'), /S3CR3T/)
})

test('what a job reports as its error is shown as text', async (t) => {
  const app = await createFixture(t)
  const hostile = '<img src=x onerror=alert(1)>'
  app.queue.move('a--b', {
    status: 'failed',
    error_message: hostile,
    error_code: hostile,
    hint: hostile,
    repo_url: `https://x/${hostile}`,
  })
  for (const path of ['/', '/jobs/a--b']) {
    const html = await (await app.browse(path)).text()
    assert.ok(!html.includes('<img'), path)
  }
})

test('requests are logged without queries; probes are at debug', async (t) => {
  const app = await createFixture(t)
  await app.request('/healthz?token=S3CR3T', { headers: { 'x-request-id': 'one' } })
  await app.post('/', { repo_url: 'https://github.com/a/b' }, { 'x-request-id': 'two' })
  await app.request('/api/job/a--b', { headers: { 'x-request-id': 'three' } })
  await app.request('/static-docs/pallets--flask.site.zip', { headers: { 'x-request-id': 'four' } })
  const lines = app.logged.map((line) => JSON.parse(line) as Record<string, unknown>)
  const pick = ({ level, id, method, path, status }: Record<string, unknown>) => ({ level, id, method, path, status })
  assert.deepEqual(lines.map(pick), [
    { level: 20, id: 'one', method: 'GET', path: '/healthz', status: 200 },
    { level: 30, id: 'two', method: 'POST', path: '/', status: 202 },
    { level: 30, id: 'three', method: 'GET', path: '/api/job/a--b', status: 200 },
    { level: 30, id: 'four', method: 'GET', path: '/static-docs/pallets--flask.site.zip', status: 404 },
  ])
  assert.deepEqual(
    lines.map(({ job_id }) => job_id),
    [undefined, undefined, 'a--b', 'pallets--flask'],
  )
  assert.ok(lines.every(({ ms }) => typeof ms === 'number'))
  assert.ok(!app.logged.join('').includes('S3CR3T'))
})

test('requests are logged with the id of the job that the path names', async (t) => {
  const app = await createFixture(t)
  app.queue.move('me--x.zip', { status: 'completed' }, app.docsKey)
  for (const [path, job] of [
    ['/docs/github.com/pallets/flask', undefined],
    ['/docs/me--x.zip', 'me--x.zip'],
    ['/jobs/me--x.zip', 'me--x.zip'],
    ['/api/job/me--x.zip/log', 'me--x.zip'],
    ['/static-docs/me--x.zip/', 'me--x.zip'],
    ['/static-docs/me--x.zip', 'me--x.zip'],
    ['/static-docs/me--x.zip.zip', 'me--x.zip'],
    ['/static-docs/me--x.zip.site.zip', 'me--x.zip'],
  ] as const) {
    await app.request(path, { redirect: 'manual' })
    assert.equal(JSON.parse(app.logged.at(-1) ?? '').job_id, job, path)
  }
})

test('without a supervisor or space the service is degraded, and goes on', async (t) => {
  const app = await createFixture(t, { freeBytes: async () => 1_000 })
  app.queue.workers = 0
  const answer = await app.request('/readyz')
  assert.equal(answer.status, 200)
  const { status, checks } = await answer.json()
  assert.equal(status, 'degraded')
  assert.deepEqual(checks.supervisor, { ok: false, alive: 0, heartbeat_age_s: null })
  assert.deepEqual(checks.disk, { ok: false, free_bytes: 1_000 })
})

test('health says that it runs, readiness that it can accept', async (t) => {
  const app = await createFixture(t)
  assert.deepEqual(await (await app.request('/healthz')).json(), { status: 'ok' })
  const supervisor = { ok: true, alive: 1, heartbeat_age_s: 1.2 }
  const files = { ok: true, foreign: 0 }
  const checks = { spool: { ok: true }, files, supervisor, disk: { ok: true, free_bytes: null } }
  assert.deepEqual(await (await app.request('/readyz')).json(), { status: 'ready', paused: false, checks })
  app.queue.foreign = ['jobs/aa/acme--a/r000002.json']
  assert.deepEqual(await (await app.request('/readyz')).json(), {
    status: 'degraded',
    paused: false,
    checks: { ...checks, files: { ok: false, foreign: 1 } },
  })
  app.queue.foreign = []
  app.queue.unusable = ['active']
  assert.deepEqual(await (await app.request('/readyz')).json(), {
    status: 'degraded',
    paused: false,
    checks: { ...checks, spool: { ok: false } },
  })
  app.queue.unusable = []
  app.queue.failure = new SpoolUnavailable('read-only')
  const unwritable = await app.request('/readyz')
  assert.equal(unwritable.status, 503)
  assert.equal((await unwritable.json()).code, 'SPOOL_UNAVAILABLE')
  app.queue.failure = new Error('broken')
  assert.equal((await app.request('/readyz')).status, 500)
  assert.equal((await app.request('/healthz')).status, 200)
  app.queue.failure = undefined
  app.shutdown.abort()
  const ending = await app.request('/readyz')
  assert.equal(ending.status, 503)
  assert.equal(ending.headers.get('retry-after'), '5')
})

test('assets are for ever under their hash, and have their own policies where they need them', async (t) => {
  const app = await createFixture(t)
  const hashed = await app.request('/assets/docspool.css?v=hash6')
  assert.equal(hashed.headers.get('cache-control'), 'public, max-age=31536000, immutable')
  assert.equal(hashed.headers.get('cross-origin-resource-policy'), 'same-origin')
  const plain = await app.request('/assets/docspool.css?v=old')
  assert.equal(plain.headers.get('cache-control'), 'no-cache')
  assert.equal((await app.request('/assets/docspool.css', { headers: { 'if-none-match': '"hash6"' } })).status, 304)
  const frame = await app.request('http://docs-example:8000/assets/diagram.html')
  assert.equal(
    frame.headers.get('content-security-policy'),
    "sandbox allow-scripts; script-src http://docs-example:8000; frame-ancestors 'self'",
  )
  assert.equal(frame.headers.get('cross-origin-resource-policy'), 'cross-origin')
  assert.equal(frame.headers.get('x-frame-options'), 'SAMEORIGIN')
  assert.equal((await app.request('/favicon.ico')).headers.get('content-type'), 'image/svg+xml')
})

test('while the spool is away, one request is logged as an error with its stack, and the next other fault as well', async (t) => {
  const app = await createFixture(t)
  app.queue.failure = new SpoolUnavailable('away')
  for (let n = 0; n < 5; n++) assert.equal((await app.request('/api/jobs')).status, 503)
  app.queue.failure = new Error('broken')
  assert.equal((await app.request('/api/jobs')).status, 500)
  const errors = app.logged
    .map((line) => JSON.parse(line))
    .filter(({ level, msg }) => msg === 'request failed' && level >= 50)
  assert.deepEqual(
    errors.map(({ code }) => code),
    ['SPOOL_UNAVAILABLE', 'INTERNAL'],
  )
})

test('while the server is busy, one request is logged as a warning without a stack', async (t) => {
  const app = await createFixture(t)
  app.queue.failure = toSpoolError(Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })) as Error
  for (let n = 0; n < 5; n++) {
    const answer = await app.request('/api/jobs')
    assert.deepEqual([answer.status, (await answer.json()).code], [503, 'SERVER_BUSY'])
  }
  const lines = app.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request failed')
  assert.deepEqual(
    lines.filter(({ level }) => level >= 40).map(({ level, code, err }) => [level, code, err]),
    [[40, 'SERVER_BUSY', undefined]],
  )
})
