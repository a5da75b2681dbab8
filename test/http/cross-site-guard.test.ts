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

test('only names that nobody else can point here are answered, and the configured ones', async (t) => {
  const app = await createFixture(t, { hostNames: ['box.lan'], publicOrigin: 'https://docs.example.org' })
  const own = ['localhost:8000', 'LOCALHOST', 'localhost.', 'a.b.localhost', '127.0.0.1:8000', '10.0.0.1', '[::1]:8000']
  const more = [
    '[2001:db8::1]',
    'docspool',
    'docs_1:80',
    'docs.example.org',
    'DOCS.example.ORG.:443',
    'box.lan',
    '127.1',
    '0x7f.1',
  ]
  for (const host of [...own, ...more]) assert.notEqual((await app.app.request(`http://${host}/`)).status, 421, host)
  app.queue.asked.length = 0
  const foreign = [
    'evil.example',
    'evil.example.',
    'localhost.evil.example',
    '127.0.0.1.nip.io',
    'docs.example.org.evil.example',
  ]
  const odd = [
    'xdocs.example.org',
    'example.org',
    'evil。example',
    'еvil.example',
    '7f000001.rbndr.us',
    '1.2.3.4.5.com',
    'a..localhost.x',
  ]
  for (const host of [...foreign, ...odd]) {
    const answer = await app.request(`http://${host}/`)
    assert.equal(answer.status, 421, host)
    assert.equal(((await answer.json()) as Record<string, unknown>).code, 'WRONG_HOST')
    assert.equal((await app.request(`http://${host}/healthz`)).status, 200, host)
  }
  assert.deepEqual(app.queue.asked, [])
})

test('who asks by a foreign name is told what to set', async (t) => {
  const textOf = async (deps: Parameters<typeof createFixture>[1]) =>
    await (
      await (await createFixture(t, deps)).request('http://docs.lan:8000/', { headers: { accept: 'text/plain' } })
    ).text()
  assert.match(
    await textOf({}),
    /not known as "docs\.lan"\..* set DOCSPOOL_PUBLIC_URL .*, such as http:\/\/docs\.lan:8000 \(WRONG_HOST\)/,
  )
  assert.match(
    await textOf({ publicOrigin: 'https://docs.example.org' }),
    /Use https:\/\/docs\.example\.org\/, or have the proxy/,
  )
})
