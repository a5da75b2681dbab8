import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from './fixture.ts'

const FIELDS = { repo_url: 'https://github.com/pallets/flask' }

test('forms of foreign pages are refused, curl and our own pages are not', async (t) => {
  const app = await createFixture(t)
  const cases: [headers: Record<string, string>, isFine: boolean][] = [
    [{}, true],
    [{ origin: 'http://localhost' }, true],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ 'sec-fetch-site': 'same-origin', origin: 'https://localhost' }, true],
    [{ origin: 'null' }, false],
    [{ origin: '' }, false],
    [{ origin: 'https://evil.example' }, false],
    [{ origin: 'http://localhost.evil.example' }, false],
    [{ origin: 'http://localhost:8001' }, false],
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site' }, false],
    [{ 'sec-fetch-site': 'none' }, false],
    [{ 'sec-fetch-site': 'nonsense' }, false],
    [{ 'sec-fetch-site': 'cross-site', origin: 'http://localhost' }, false],
  ]
  for (const [headers, isFine] of cases) {
    const before = app.queue.submits.length
    const answer = await app.post('/', FIELDS, headers)
    assert.equal(answer.status, isFine ? 202 : 403, JSON.stringify(headers))
    assert.equal(app.queue.submits.length, before + (isFine ? 1 : 0))
  }
})

test('this holds for every content type and every change, and not for reading', async (t) => {
  const app = await createFixture(t)
  app.queue.move('a--b', { status: 'failed' })
  const evil = { origin: 'https://evil.example' }
  const json = { method: 'POST', body: '{}', headers: { ...evil, 'content-type': 'application/json' } }
  assert.equal((await app.request('/api/jobs', json)).status, 403)
  for (const path of [
    '/api/job/a--b/cancel',
    '/api/job/a--b/retry',
    '/jobs/a--b/delete',
    '/jobs/a--b/cancel',
    '/jobs/a--b/retry',
  ]) {
    assert.equal((await app.request(path, { method: 'POST', headers: evil })).status, 403, path)
  }
  assert.equal((await app.request('/api/job/a--b', { method: 'DELETE', headers: evil })).status, 403)
  assert.equal((await app.request('/api/job/a--b', { headers: evil })).status, 200)
  const answer = await app.post('/', FIELDS, { ...evil, accept: 'application/json' })
  assert.equal(((await answer.json()) as Record<string, unknown>).code, 'CROSS_SITE')
  assert.equal(answer.headers.get('access-control-allow-origin'), null)
})

test('behind a proxy our own pages are those of the public address', async (t) => {
  const app = await createFixture(t, { publicOrigin: 'https://docs.example.org' })
  const first = await app.post('/', FIELDS, { origin: 'https://docs.example.org' })
  assert.equal(await first.text(), 'queued  pallets--flask  https://docs.example.org/jobs/pallets--flask\n')
  assert.equal((await app.post('/', FIELDS, { origin: 'http://localhost' })).status, 403)
})

test('a service on a loopback address answers to no foreign name', async (t) => {
  const app = await createFixture(t, {
    hostNames: ['localhost', '127.0.0.1', '[::1]'],
    publicOrigin: 'https://docs.example.org',
  })
  for (const host of ['localhost:8000', '127.0.0.1:8000', '[::1]:8000', 'docs.example.org', 'LOCALHOST']) {
    assert.equal((await app.request(`http://${host}/healthz`)).status, 200, host)
  }
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io', 'localhost.', '10.0.0.1']) {
    const answer = await app.request(`http://${host}/`)
    assert.equal(answer.status, 421, host)
    assert.equal(((await answer.json()) as Record<string, unknown>).code, 'WRONG_HOST')
  }
  assert.deepEqual(app.queue.asked, [])
})
