/** What one address may ask for, over real connections from several addresses of the loopback network. */
import assert from 'node:assert/strict'
import { type ClientRequest, request as httpRequest } from 'node:http'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { JobQuota } from '#http/limits/job-quota.ts'
import { RateLimiter } from '#http/limits/rate-limit.ts'
import { MemoryQueue } from './memory-queue.ts'
import { type Answered, serve } from './served.ts'

const codeOf = ({ body }: Answered): unknown => (JSON.parse(body) as { code: unknown }).code
const repo = (n: number | string) => ({ repo_url: `https://github.com/acme/r${n}` })
const JSON_TYPE = { 'content-type': 'application/json' }

test('submissions from one address are limited, those from others are not', async (t) => {
  const { post, ask, queue } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '3' })
  const submit = (n: number, localAddress = '127.0.0.1') => post('/api/jobs', repo(n), { localAddress })
  for (let n = 0; n < 3; n++) {
    const { status, headers } = await submit(n)
    assert.equal(status, 202)
    assert.equal(headers['ratelimit-policy'], '"submissions";q=3;w=3600')
    assert.match(String(headers.ratelimit), new RegExp(`^"submissions";r=${2 - n};t=\\d+$`))
  }
  const refused = await submit(3)
  assert.deepEqual([refused.status, codeOf(refused)], [429, 'RATE_LIMITED'])
  assert.match(String(refused.headers.ratelimit), /^"submissions";r=0;t=\d+$/)
  const wait = Number(refused.headers['retry-after'])
  assert.ok(wait > 0 && wait <= 1_200, String(wait))
  const line = await post('/', repo(3))
  assert.match(line.body, /^error: Your address has sent too many submissions\. .* \(RATE_LIMITED\)\n$/)
  queue.move('acme--r0', { status: 'failed' })
  assert.equal((await ask('/api/job/acme--r0/retry', { method: 'POST' })).status, 429)
  assert.equal((await ask('/jobs/acme--r0/retry', { method: 'POST' })).status, 429)
  assert.equal((await submit(3, '127.0.0.2')).status, 202)
  // Reading, and taking back what was asked for, is not limited.
  assert.equal((await ask('/api/job/acme--r0')).status, 200)
  assert.equal((await ask('/api/job/acme--r1/cancel', { method: 'POST' })).status, 200)
})

test('each submission of an array counts', async (t) => {
  const { ask } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '3' })
  const body = JSON.stringify([0, 1, 2, 3, 4].map(repo))
  const answer = await ask('/api/jobs', { method: 'POST', headers: JSON_TYPE, body })
  assert.equal(answer.status, 207)
  const { results } = JSON.parse(answer.body) as { results: { status: number }[] }
  assert.deepEqual(
    results.map(({ status }) => status),
    [202, 202, 202, 429, 429],
  )
})

test('an array of a client that has none left is refused as a whole, and nothing is asked for its items', async (t) => {
  const { ask, queue } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '3' })
  const submit = (items: unknown[]) =>
    ask('/api/jobs', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(items) })
  const bad = await submit([{ repo_url: 'flask' }, {}, repo('b'), repo('c')])
  const { results } = JSON.parse(bad.body) as { results: { status: number }[] }
  assert.deepEqual(
    results.map(({ status }) => status),
    [400, 400, 202, 429],
    'what is refused counts',
  )
  queue.asked.length = 0
  // An array that is wrong itself shows that the limit comes first.
  for (const items of [Array.from({ length: 1_000 }, (_, n) => repo(n)), [1], []]) {
    const refused = await submit(items)
    assert.deepEqual([refused.status, codeOf(refused)], [429, 'RATE_LIMITED'])
    assert.ok(Number(refused.headers['retry-after']) > 0)
  }
  assert.deepEqual(queue.asked, [])
})

test('the former id of a job is looked for once the limit was asked', async (t) => {
  const { ask, queue } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '1' })
  const submit = (items: unknown) =>
    ask('/api/jobs', { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(items) })
  const tagged = (n: number) => ({ ...repo(n), commit_id: 'v1' })
  await submit([tagged(0), tagged(1), tagged(2)])
  const reads = queue.asked
  assert.equal(reads.filter((id) => /--r[12]@/.test(id)).length, 0)
  assert.ok(reads.some((id) => id.startsWith('acme--r0@')))
  reads.length = 0
  assert.equal((await submit(tagged(3))).status, 429)
  assert.deepEqual(reads, [])
})

test('what a caller says of itself does not escape the limit', async (t) => {
  const { post } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '2' })
  for (let n = 0; n < 2; n++) assert.equal((await post('/api/jobs', repo(n))).status, 202)
  const lies = [
    { 'x-forwarded-for': '9.9.9.9' },
    { 'x-forwarded-for': ['9.9.9.9', '8.8.8.8'] },
    { forwarded: 'for=9.9.9.9' },
    { 'x-real-ip': '9.9.9.9' },
    { 'cf-connecting-ip': '9.9.9.9' },
    { 'true-client-ip': '9.9.9.9' },
    { 'x-client-ip': '9.9.9.9' },
    { 'x-cluster-client-ip': '9.9.9.9' },
    { via: '1.1 proxy' },
  ]
  for (const headers of lies) {
    assert.equal((await post('/api/jobs', repo(9), { headers })).status, 429, JSON.stringify(headers))
  }
})

test('behind a trusted proxy its callers are counted, whatever they put before its own words', async (t) => {
  const settings = { DOCSPOOL_SUBMISSIONS_PER_HOUR: '2', DOCSPOOL_TRUSTED_PROXIES: '127.0.0.1 10.0.0.0/8' }
  const { post } = await serve(t, settings)
  const via = (chain: string | string[], more: Record<string, string> = {}) =>
    post('/api/jobs', repo(0), { headers: { 'x-forwarded-for': chain, ...more } })
  assert.equal((await via('203.0.113.5')).status, 202)
  assert.equal((await via('9.9.9.9, 203.0.113.5, 10.0.0.3')).status, 202)
  assert.equal((await via(['9.9.9.1', '203.0.113.5'])).status, 429)
  assert.equal((await via('9.9.9.2, 203.0.113.5, 10.0.0.3')).status, 429)
  assert.equal((await via('203.0.113.6')).status, 202)
  // One made-up header beside the proxy's own: all who do so are one client.
  const statuses: number[] = []
  for (let n = 0; n < 5; n++) statuses.push((await via('203.0.113.5', { forwarded: `for=8.8.8.${n}` })).status)
  assert.deepEqual(statuses, [202, 202, 429, 429, 429])
  // Another caller is no proxy.
  const { status } = await post('/api/jobs', repo(0), {
    localAddress: '127.0.0.2',
    headers: { 'x-forwarded-for': '7.7.7.7' },
  })
  assert.equal(status, 202)
})

test('a trusted proxy says which address people use, another caller does not', async (t) => {
  const { post, ask } = await serve(t, { DOCSPOOL_TRUSTED_PROXIES: '127.0.0.1', DOCSPOOL_TOKEN: 'tokentokentoken-1' })
  const headers = {
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'localhost',
    authorization: 'Bearer tokentokentoken-1',
  }
  const from = async (localAddress: string, more: Record<string, string> = {}) =>
    (await post('/', repo(1), { localAddress, headers: { ...headers, ...more } })).body
  assert.equal(await from('127.0.0.1'), 'queued  acme--r1  https://localhost/jobs/acme--r1\n')
  assert.match(await from('127.0.0.2'), /^queued {2}acme--r1 {2}http:\/\/127\.0\.0\.1:\d+\/jobs\/acme--r1\n$/)
  for (const host of ['evil.example', 'evil.example/x', 'a b', '']) {
    const { status } = await ask('/api/queue', { headers: { 'x-forwarded-host': host } })
    assert.equal(status, host.startsWith('evil.example') && !host.includes('/') ? 421 : 200, host)
  }
  const login = await post('/login', { token: 'tokentokentoken-1' }, { headers: { 'x-forwarded-proto': 'https' } })
  assert.match(String(login.headers['set-cookie']), /^__Host-docspool=.*; Secure;/)
})

test('searches are limited: in documents, in the list, on the first page', async (t) => {
  const { ask, queue, docsKey } = await serve(t, { DOCSPOOL_SEARCHES_PER_MINUTE: '1' })
  queue.move('pallets--flask', { status: 'completed' }, docsKey)
  const paths = ['/static-docs/pallets--flask/?q=app', '/api/jobs?search=flask', '/?repo=flask']
  for (const [n, path] of paths.entries()) {
    const localAddress = `127.0.0.${n + 1}`
    assert.equal((await ask(path, { localAddress })).status, 200, path)
    const refused = await ask(path, { localAddress })
    assert.equal(refused.status, 429, path)
    assert.match(String(refused.headers['ratelimit-policy']), /^"searches";q=1;w=60$/)
    assert.equal((await ask(path.split('?')[0] ?? '', { localAddress })).status, 200, path)
  }
})

test('whoever has the token is not limited', async (t) => {
  const settings = {
    DOCSPOOL_SUBMISSIONS_PER_HOUR: '1',
    DOCSPOOL_JOBS_PER_CLIENT: '1',
    DOCSPOOL_TOKEN: 'tokentokentoken-1',
  }
  const { post } = await serve(t, settings)
  const headers = { authorization: 'Bearer tokentokentoken-1' }
  for (let n = 0; n < 4; n++) assert.equal((await post('/api/jobs', repo(n), { headers })).status, 202)
})

test('0 is no limit', async (t) => {
  const { post } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '0', DOCSPOOL_JOBS_PER_CLIENT: '0' })
  for (let n = 0; n < 4; n++) assert.equal((await post('/api/jobs', repo(n))).headers.ratelimit, undefined)
})

test('an address has so many unfinished jobs and no more; what ended, joined or came from the cache does not count', async (t) => {
  const { post, queue } = await serve(t, { DOCSPOOL_JOBS_PER_CLIENT: '2' })
  const submit = async (n: number, localAddress = '127.0.0.1') => await post('/api/jobs', repo(n), { localAddress })
  queue.move('acme--r7', { status: 'completed' })
  assert.equal((await submit(1)).status, 202)
  for (let again = 0; again < 3; again++) assert.equal((await submit(1)).status, 202)
  assert.equal((await submit(9, '127.0.0.2')).status, 202)
  assert.equal((await submit(9)).status, 202)
  assert.equal((await submit(2)).status, 202)
  const refused = await submit(3)
  assert.deepEqual([refused.status, codeOf(refused)], [429, 'TOO_MANY_JOBS'])
  assert.ok(Number(refused.headers['retry-after']) > 0)
  assert.equal((await submit(2)).status, 202)
  assert.equal((await submit(9)).status, 202)
  assert.equal((await submit(4, '127.0.0.3')).status, 202)
  queue.move('acme--r1', { status: 'completed' })
  assert.equal((await submit(3)).status, 202)
  assert.equal((await submit(5)).status, 429)
})

/** Requests that are held open, and how they were answered. */
function hold(
  origin: string,
  path: string,
  localAddress: string,
): Promise<{ status: number; code: unknown; request: ClientRequest }> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, localAddress, headers: { accept: 'text/event-stream, application/problem+json' } }
    const request = httpRequest(origin + path, options, (response) => {
      const status = response.statusCode ?? 0
      if (status === 200) return resolve({ status, code: undefined, request })
      let body = ''
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk))
      response.on('end', () => resolve({ status, code: (JSON.parse(body) as { code: unknown }).code, request }))
    })
    request.on('error', reject)
    request.end()
  })
}

test('event streams are limited by address and in all, and make room when they end', async (t) => {
  const { origin, queue } = await serve(t, { DOCSPOOL_STREAMS_PER_CLIENT: '2', DOCSPOOL_MAX_STREAMS: '3' })
  queue.move('a--b', { status: 'processing' })
  const open = (localAddress: string) => hold(origin, '/api/job/a--b/events', localAddress)
  const first = await open('127.0.0.1')
  assert.equal((await open('127.0.0.1')).status, 200)
  assert.deepEqual(pick(await open('127.0.0.1')), [429, 'STREAM_LIMIT'])
  assert.equal((await open('127.0.0.2')).status, 200)
  assert.deepEqual(pick(await open('127.0.0.3')), [503, 'TOO_MANY_STREAMS'])
  const before = queue.watchers
  first.request.on('error', () => undefined).destroy()
  while (queue.watchers >= before) await turn()
  assert.equal((await open('127.0.0.3')).status, 200)
})

const pick = ({ status, code }: { status: number; code: unknown }) => [status, code]

test('waiting requests beyond the limits are answered at once', async (t) => {
  const { ask, queue } = await serve(t, { DOCSPOOL_STREAMS_PER_CLIENT: '2', DOCSPOOL_MAX_STREAMS: '3' })
  queue.move('a--b', { status: 'processing' })
  const wait = (localAddress: string) => ask('/api/job/a--b?wait=60', { localAddress, agent: false })
  const held = [wait('127.0.0.1'), wait('127.0.0.1')]
  while (queue.watchers < 2) await turn()
  assert.equal((await wait('127.0.0.1')).status, 200)
  held.push(wait('127.0.0.2'))
  while (queue.watchers < 3) await turn()
  const beyond = await wait('127.0.0.3')
  assert.equal((JSON.parse(beyond.body) as { status: string }).status, 'processing')
  queue.move('a--b', { status: 'completed' })
  for (const { body } of await Promise.all(held)) assert.match(body, /"status":"completed"/)
  // What ended makes room.
  queue.move('a--b', { status: 'processing' })
  const again = [wait('127.0.0.1'), wait('127.0.0.1'), wait('127.0.0.3')]
  while (queue.watchers < 3) await turn()
  queue.move('a--b', { status: 'failed' })
  await Promise.all(again)
})

test('a bucket fills evenly, and never beyond what it holds', () => {
  const buckets = new RateLimiter({ name: 'x', max: 6, windowS: 60 })
  for (let n = 0; n < 6; n++) assert.equal(buckets.take('a', 0).ok, true)
  assert.deepEqual(buckets.take('a', 0), { ok: false, left: 0, fullInS: 60, retryInS: 10 })
  assert.equal(buckets.take('a', 9_999).ok, false)
  assert.equal(buckets.take('a', 10_000).ok, true)
  assert.deepEqual(buckets.take('a', 86_400_000), { ok: true, left: 5, fullInS: 10, retryInS: 0 })
  // A clock that is set back takes nothing away.
  assert.equal(buckets.take('a', 0).ok, true)
})

test('a charge tells how much it took, so that no more is given back', () => {
  const buckets = new RateLimiter({ name: 'x', max: 6, windowS: 60 })
  assert.deepEqual(
    [4, 4, 4, 4].map((amount) => buckets.charge('a', 0, amount).charged),
    [4, 4, 4, 0],
  )
})

test('what is remembered of clients is bounded', async () => {
  const buckets = new RateLimiter({ name: 'x', max: 1, windowS: 60 }, 100)
  for (let n = 0; n < 1_000; n++) buckets.take(`client ${n}`, 0)
  assert.equal(buckets.size, 100)
  assert.equal(buckets.take('client 999', 0).ok, false)
  const queue = new MemoryQueue()
  const unfinished = new JobQuota(queue, 5, 100)
  for (let n = 0; n < 1_000; n++) {
    queue.move(`job-${n}`, { status: 'queued' })
    await unfinished.take(`client ${n >> 2}`, `job-${n}`)
  }
  assert.ok(unfinished.size <= 100)
})

test('a job that a client submits twice at once is counted once', async () => {
  const queue = new MemoryQueue()
  const quota = new JobQuota(queue, 1)
  await quota.take('a', 'ended')
  await Promise.all([quota.take('a', 'job'), quota.take('a', 'job')])
  assert.equal(quota.size, 1)
})
