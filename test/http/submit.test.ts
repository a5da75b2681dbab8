import assert from 'node:assert/strict'
import { test } from 'node:test'
import { QueueFull, SpoolFull, SpoolUnavailable } from '#queue/errors.ts'
import { createFixture, type Fixture } from './fixture.ts'

const FLASK = 'https://github.com/pallets/flask'

const postJson = (app: Fixture, body: unknown, headers: Record<string, string> = {}, path = '/api/jobs') =>
  app.request(path, {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  })

test('curl -d to / gets one line that says where to look', async (t) => {
  const app = await createFixture(t)
  const answer = await app.post('/', { repo_url: FLASK })
  assert.equal(answer.status, 202)
  assert.match(answer.headers.get('content-type') ?? '', /^text\/plain/)
  assert.equal(await answer.text(), 'queued  pallets--flask  http://localhost/jobs/pallets--flask\n')
  assert.equal(answer.headers.get('location'), '/api/job/pallets--flask')
  assert.equal(answer.headers.get('retry-after'), '2')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
})

test('the line of a cached job points at its documents', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const answer = await app.post('/', { repo_url: FLASK })
  assert.equal(answer.status, 200)
  assert.equal(await answer.text(), 'completed  pallets--flask  http://localhost/static-docs/pallets--flask/\n')
  assert.equal(answer.headers.get('retry-after'), null)
})

test('/api/jobs answers a form and JSON with the job and its outcome', async (t) => {
  const app = await createFixture(t)
  const first = await app.post('/api/jobs', { repo_url: FLASK })
  assert.equal(first.status, 202)
  const job = (await first.json()) as Record<string, unknown>
  assert.equal(job.outcome, 'created')
  assert.equal(job.job_id, 'pallets--flask')
  assert.equal(job.status, 'queued')
  const second = await postJson(app, { repo_url: FLASK, options: {} })
  assert.equal(second.status, 202)
  assert.equal(((await second.json()) as Record<string, unknown>).outcome, 'joined')
})

test('POST / answers JSON where JSON is sent or accepted', async (t) => {
  const app = await createFixture(t)
  const accepted = await app.post('/', { repo_url: FLASK }, { accept: 'application/json' })
  assert.equal(((await accepted.json()) as Record<string, unknown>).outcome, 'created')
  const sent = await postJson(app, { repo_url: FLASK }, {}, '/')
  assert.equal(((await sent.json()) as Record<string, unknown>).outcome, 'joined')
})

test('every field reaches the queue in its own type', async (t) => {
  const app = await createFixture(t)
  await postJson(app, { repo_url: `${FLASK}.git/`, commit_id: 'A'.repeat(40), priority: 0, force: true })
  await app.post('/', { repo_url: FLASK, commit_id: ' ', priority: '9', force: 'true' }, { 'idempotency-key': 'k-1' })
  await app.post('/', { repo_url: FLASK, commit_id: 'v1.0', priority: '', force: '' })
  const plain = { repoUrl: FLASK, options: {}, mainModel: 'offline' }
  assert.deepEqual(
    app.queue.submits.map(({ jobId, ...rest }) => rest),
    [
      { ...plain, commitId: 'a'.repeat(40), priority: 0, force: true, idempotencyKey: null },
      { ...plain, commitId: null, priority: 9, force: true, idempotencyKey: 'k-1' },
      { ...plain, commitId: 'v1.0', priority: 5, force: false, idempotencyKey: null },
    ],
  )
  assert.deepEqual(
    app.queue.submits.map((request) => request.jobId.split('.')[0]),
    [`pallets--flask@${'a'.repeat(40)}`, 'pallets--flask', 'pallets--flask@v1_0'],
  )
})

test('multipart forms work', async (t) => {
  const app = await createFixture(t)
  const body = new FormData()
  body.set('repo_url', FLASK)
  assert.equal((await app.request('/', { method: 'POST', body })).status, 202)
})

test('a browser is sent to the page of the job', async (t) => {
  const app = await createFixture(t)
  const answer = await app.browse('/', { repo_url: FLASK, commit_id: '' })
  assert.equal(answer.status, 303)
  assert.equal(answer.headers.get('location'), '/jobs/pallets--flask')
})

test('a browser gets the form again with what it typed and what is wrong', async (t) => {
  const app = await createFixture(t)
  const typed = '"><script>alert(1)</script>'
  const answer = await app.browse('/', { repo_url: typed, commit_id: typed })
  assert.equal(answer.status, 400)
  const html = await answer.text()
  assert.match(html, /<form/)
  assert.match(html, /Expected a full URL|address holds/)
  assert.ok(!html.includes('<script>alert'), 'what was typed is escaped')
  assert.equal(html.split('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;').length - 1 >= 2, true)
  assert.deepEqual(app.queue.submits, [])
})

test('the form comes back with a 503 even when the queue cannot be read', async (t) => {
  const app = await createFixture(t)
  app.queue.failure = new SpoolUnavailable('The spool cannot be used (EIO).')
  const answer = await app.browse('/', { repo_url: FLASK })
  assert.equal(answer.status, 503)
  assert.equal(answer.headers.get('retry-after'), '10')
  assert.match(await answer.text(), /<form[\s\S]*https:\/\/github.com\/pallets\/flask/)
})

test('a job that failed a short time ago is refused with the time to wait', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', {
    status: 'failed',
    error_code: 'CLONE_FAILED',
    error_message: 'No such repository.',
  })
  const asJson = await postJson(app, { repo_url: FLASK })
  assert.equal(asJson.status, 429)
  assert.equal(asJson.headers.get('retry-after'), '140')
  const problem = (await asJson.json()) as Record<string, unknown>
  assert.equal(problem.code, 'COOLDOWN')
  assert.equal(problem.outcome, 'cooldown')
  assert.equal((problem.job as Record<string, unknown>).job_id, 'pallets--flask')
  const line = await (await app.post('/', { repo_url: FLASK })).text()
  assert.match(
    line,
    /^error: The last attempt failed recently; the next is possible in 140 s\. It failed with CLONE_FAILED: No such repository\.[^\n]*\(COOLDOWN\)\n$/,
  )
  const page = await app.browse('/', { repo_url: FLASK })
  assert.equal(page.status, 429)
  assert.equal(page.headers.get('retry-after'), '140')
  assert.match(await page.text(), /<button[^>]*name="force" value="true">\s*Try now/)
  assert.equal((await app.browse('/', { repo_url: FLASK, force: 'true' })).status, 303)
  assert.equal((await postJson(app, { repo_url: FLASK, force: true })).status, 202)
})

test('a folder that holds no repository is refused, and nothing is queued', async (t) => {
  const asked: string[] = []
  const app = await createFixture(t, {
    policy: { allowedHosts: [], allowPrivateNetworks: false, localRepos: ['/srv'] },
    inspectFolder: async (folder) => (asked.push(folder) > 1 ? 'repository' : 'none'),
  })
  const refused = await postJson(app, { repo_url: 'file:///srv/notes' })
  assert.equal(refused.status, 400)
  assert.equal(((await refused.json()) as { code: string }).code, 'NOT_A_REPOSITORY')
  assert.deepEqual(app.queue.asked, [])
  assert.equal((await postJson(app, { repo_url: 'file:///srv/code' })).status, 202)
  assert.deepEqual(asked, ['/srv/notes', '/srv/code'])
})

test('what the queue refuses has its status, and says when to come back', async (t) => {
  const app = await createFixture(t)
  const cases = [
    { failure: new QueueFull('100000 jobs wait.'), status: 503, retryAfter: '30' },
    { failure: new SpoolUnavailable('EACCES: /srv/spool/jobs'), status: 503, retryAfter: '10' },
    { failure: new SpoolFull('ENOSPC: /srv/spool/tmp'), status: 507, retryAfter: null },
  ]
  for (const { failure, status, retryAfter } of cases) {
    app.queue.failure = failure
    const answer = await postJson(app, { repo_url: FLASK })
    assert.equal(answer.status, status)
    assert.equal(answer.headers.get('retry-after'), retryAfter)
    const body = await answer.text()
    assert.equal(JSON.parse(body).code, failure.code)
    assert.ok(!body.includes('/srv/'), 'no path of the host')
  }
})

test('an idempotency key goes with one request', async (t) => {
  const app = await createFixture(t)
  const headers = { 'idempotency-key': 'abc' }
  assert.equal((await postJson(app, { repo_url: FLASK }, headers)).status, 202)
  assert.equal((await postJson(app, { repo_url: FLASK }, headers)).status, 202)
  const other = await postJson(app, { repo_url: 'https://github.com/a/b' }, headers)
  assert.equal(other.status, 422)
  assert.equal(((await other.json()) as Record<string, unknown>).code, 'IDEMPOTENCY_KEY_REUSED')
  for (const key of ['', 'a b', 'ä', 'x'.repeat(256)]) {
    assert.equal((await postJson(app, { repo_url: FLASK }, { 'idempotency-key': key })).status, 400, key)
  }
})

const badUrls: [input: string, code: string][] = [
  ['', 'NOT_A_URL'],
  ['flask', 'NOT_A_URL'],
  ['pallets/flask', 'NOT_A_URL'],
  ['github.com/pallets/flask', 'NOT_A_URL'],
  ['git@github.com:pallets/flask.git', 'NOT_A_URL'],
  ['-oProxyCommand=touch /tmp/x', 'URL_HAS_CONTROL_CHARACTERS'],
  ['--upload-pack=touch', 'NOT_A_URL'],
  ['/etc', 'SCHEME_NOT_ALLOWED'],
  ['javascript:alert(1)', 'NOT_A_URL'],
  ['ssh://github.com/pallets/flask', 'SCHEME_NOT_ALLOWED'],
  ['git://github.com/pallets/flask', 'SCHEME_NOT_ALLOWED'],
  ['http://github.com/pallets/flask', 'SCHEME_NOT_ALLOWED'],
  ['ftp://github.com/pallets/flask', 'SCHEME_NOT_ALLOWED'],
  ['file:///etc/passwd', 'SCHEME_NOT_ALLOWED'],
  ['https://user:S3CR3T@github.com/pallets/flask', 'URL_HAS_USER_INFO'],
  ['https://@github.com/pallets/flask', 'URL_HAS_USER_INFO'],
  ['https://github.com/pallets/flask?x=1', 'URL_HAS_QUERY'],
  ['https://github.com/pallets/flask#x', 'URL_HAS_FRAGMENT'],
  ['https://example.org/pallets/flask', 'HOST_NOT_ALLOWED'],
  ['https://github.com.evil.example/pallets/flask', 'HOST_NOT_ALLOWED'],
  ['https://github.com:8443/pallets/flask', 'HOST_NOT_ALLOWED'],
  ['https://127.0.0.1/pallets/flask', 'PRIVATE_ADDRESS'],
  ['https://2130706433/pallets/flask', 'PRIVATE_ADDRESS'],
  ['https://0x7f.1/pallets/flask', 'PRIVATE_ADDRESS'],
  ['https://[::1]/pallets/flask', 'PRIVATE_ADDRESS'],
  ['https://localhost/pallets/flask', 'PRIVATE_ADDRESS'],
  ['https://169.254.169.254/pallets/flask', 'PRIVATE_ADDRESS'],
  ['https://github.com/pallets', 'NOT_A_REPOSITORY_PATH'],
  ['https://github.com/', 'NOT_A_REPOSITORY_PATH'],
  ['https://github.com/pallets/flask/tree/main', 'NOT_A_REPOSITORY_PATH'],
  ['https://github.com/pallets/..', 'NOT_A_REPOSITORY_PATH'],
  ['https://github.com/pallets/%2e%2e', 'NOT_A_REPOSITORY_PATH'],
  [`https://github.com/pallets/${'f'.repeat(5_000)}`, 'URL_TOO_LONG'],
  ['https://github.com/pallets/fl\0ask', 'URL_HAS_CONTROL_CHARACTERS'],
  ['https://github.com/pallets/flask\r\nX-Injected: 1', 'URL_HAS_CONTROL_CHARACTERS'],
  ['https://github.com\\@127.0.0.1/pallets/flask', 'URL_HAS_CONTROL_CHARACTERS'],
]

test('addresses that cannot be used are refused with code, detail and hint, and the queue is not asked', async (t) => {
  const app = await createFixture(t)
  for (const [input, code] of badUrls) {
    for (const send of [() => postJson(app, { repo_url: input }), () => app.post('/api/jobs', { repo_url: input })]) {
      const answer = await send()
      const problem = (await answer.json()) as Record<string, unknown>
      assert.deepEqual([answer.status, problem.status, problem.code], [400, 400, code], JSON.stringify(input))
      assert.equal(answer.headers.get('content-type'), 'application/problem+json')
      assert.equal(typeof problem.detail, 'string')
      assert.equal(typeof problem.hint, 'string')
      assert.ok(!JSON.stringify(problem).includes('S3CR3T'), 'no secret comes back')
    }
    const line = await (await app.post('/', { repo_url: input })).text()
    assert.match(line, new RegExp(`^error: [^\\n\\r\\0]+ \\(${code}\\)\\n$`))
  }
  assert.deepEqual(app.queue.submits, [])
  assert.deepEqual(app.queue.asked, [])
})

test('commit ids that git would evaluate are refused', async (t) => {
  const app = await createFixture(t)
  for (const id of [
    'a..b',
    '-x',
    '--upload-pack=x',
    'HEAD^{/x}',
    ':/x',
    '@{u}',
    'a b',
    'x\0',
    'a\r\nb',
    '../x',
    'é',
    'x'.repeat(201),
  ]) {
    const answer = await postJson(app, { repo_url: FLASK, commit_id: id })
    assert.equal(answer.status, 400, id)
    assert.equal(((await answer.json()) as Record<string, unknown>).code, 'BAD_COMMIT_ID', id)
  }
  assert.deepEqual(app.queue.submits, [])
})

test('bodies that do not fit are refused with a clear code', async (t) => {
  const app = await createFixture(t)
  const cases: [body: string | object, code: string][] = [
    ['{', 'BAD_BODY'],
    ['', 'BAD_BODY'],
    ['null', 'BAD_BODY'],
    ['"x"', 'BAD_BODY'],
    ['[]', 'BAD_BODY'],
    [`${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'BAD_BODY'],
    [{}, 'MISSING_FIELD'],
    [{ repo_url: null }, 'BAD_FIELD'],
    [{ repo_url: 7 }, 'BAD_FIELD'],
    [{ repo_url: [FLASK] }, 'BAD_FIELD'],
    [{ repo_url: { toString: 'x' } }, 'BAD_FIELD'],
    [{ repo_url: FLASK, commit_id: 7 }, 'BAD_FIELD'],
    [{ repo_url: FLASK, force: 'false' }, 'BAD_FIELD'],
    [{ repo_url: FLASK, priority: 10 }, 'BAD_FIELD'],
    [{ repo_url: FLASK, priority: -1 }, 'BAD_FIELD'],
    [{ repo_url: FLASK, priority: 1.5 }, 'BAD_FIELD'],
    [{ repo_url: FLASK, priority: '1' }, 'BAD_FIELD'],
    [{ repo_url: FLASK, options: { x: 1 } }, 'UNKNOWN_FIELD'],
    [{ repo_url: FLASK, options: [] }, 'BAD_FIELD'],
    [{ repo_url: FLASK, repo: 1 }, 'UNKNOWN_FIELD'],
    [`{"repo_url":"${FLASK}","__proto__":{"force":true}}`, 'UNKNOWN_FIELD'],
  ]
  for (const [body, code] of cases) {
    const answer = await postJson(app, body)
    const shown = JSON.stringify(body).slice(0, 60)
    assert.equal(answer.status, 400, shown)
    assert.equal(((await answer.json()) as Record<string, unknown>).code, code, shown)
  }
  assert.deepEqual(app.queue.submits, [])
})

test('forms that do not fit are refused with a clear code', async (t) => {
  const app = await createFixture(t)
  const enc = encodeURIComponent(FLASK)
  const cases: [body: string, code: string][] = [
    ['', 'MISSING_FIELD'],
    ['repo_url', 'NOT_A_URL'],
    [`repo_url=${enc}&repo_url=${enc}`, 'BAD_FIELD'],
    [`repo_url[]=${enc}`, 'MISSING_FIELD'],
    [`repo_url=${enc}&admin=1`, 'UNKNOWN_FIELD'],
    [`repo_url=${enc}&__proto__=1`, 'UNKNOWN_FIELD'],
    [`repo_url=${enc}&options=x`, 'UNKNOWN_FIELD'],
    [`repo_url=${enc}&priority=12`, 'BAD_FIELD'],
    [`repo_url=${enc}&force=perhaps`, 'BAD_FIELD'],
    ['repo_url=https://github.com/a/%ff%fe', 'BAD_FIELD'],
    [`repo_url=${enc}&commit_id=%c0%af`, 'BAD_FIELD'],
    [`repo_url=${enc}&commit_id=main%0d%0a`, 'BAD_COMMIT_ID'],
    ['repo_url=%00', 'URL_HAS_CONTROL_CHARACTERS'],
    [`repo_url=${'x'.repeat(60_000)}`, 'URL_TOO_LONG'],
    [`${'a=1&'.repeat(10_000)}repo_url=${enc}`, 'UNKNOWN_FIELD'],
  ]
  for (const [body, code] of cases) {
    const answer = await app.post('/api/jobs', body)
    assert.equal(answer.status, 400, body.slice(0, 60))
    assert.equal(((await answer.json()) as Record<string, unknown>).code, code, body.slice(0, 60))
  }
  const json = await app.post('/api/jobs', JSON.stringify({ repo_url: FLASK }))
  assert.match(String(((await json.json()) as Record<string, unknown>).hint), /Content-Type: application\/json/)
  const broken = await app.post('/api/jobs', '--x\r\nnonsense', { 'content-type': 'multipart/form-data; boundary=x' })
  assert.equal(broken.status, 400)
  const file = new FormData()
  file.set('repo_url', new File([FLASK], 'x.txt'))
  assert.equal((await app.request('/api/jobs', { method: 'POST', body: file })).status, 400)
  assert.deepEqual(app.queue.submits, [])
})

test('other kinds of bodies are 415', async (t) => {
  const app = await createFixture(t)
  for (const type of ['text/plain', 'application/xml', 'application/octet-stream', 'nonsense', 'application/jsonx']) {
    const answer = await app.post('/api/jobs', FLASK, { 'content-type': type })
    assert.equal(answer.status, 415, type)
    assert.equal(((await answer.json()) as Record<string, unknown>).code, 'UNSUPPORTED_MEDIA_TYPE')
  }
  assert.equal((await app.request('/', { method: 'POST' })).status, 415)
})

test('a body over 64 KiB is 413, also in chunks', async (t) => {
  const app = await createFixture(t)
  const big = `repo_url=${'x'.repeat(1_000_000)}`
  assert.equal((await app.post('/', big, { 'content-length': String(big.length) })).status, 413)
  const chunked = await app.request('/api/jobs', {
    method: 'POST',
    body: new Blob([big]).stream(),
    headers: { 'content-type': 'application/x-www-form-urlencoded', 'transfer-encoding': 'chunked' },
    duplex: 'half',
  } as RequestInit)
  assert.equal(chunked.status, 413)
  assert.equal(((await chunked.json()) as Record<string, unknown>).code, 'BODY_TOO_LARGE')
})
