import assert from 'node:assert/strict'
import { test } from 'node:test'
import { SpoolUnavailable } from '#queue/errors.ts'
import { createFixture } from './fixture.ts'

const DOCS = '/static-docs/pallets--flask'

test('the overview is the first page, and every page is wrapped', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  for (const path of [`${DOCS}/`, `${DOCS}/overview.md`]) {
    const answer = await app.request(path)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/)
    assert.equal(answer.headers.get('cache-control'), 'no-cache')
    const html = await answer.text()
    assert.match(html, /^<!DOCTYPE html>/i)
    assert.match(html, /<p>the overview<\/p>/)
  }
})

test('a title with HTML in it stays text', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  for (const path of [`${DOCS}/`, `${DOCS}/src-app.md`]) {
    const html = await (await app.request(path)).text()
    assert.match(html, /&lt;script&gt;alert\(1\)/)
    assert.ok(!html.includes('<script>alert'), path)
    assert.ok(!html.includes('"onmouseover'), path)
  }
})

test('the address without its slash leads to the one with it', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const answer = await app.request(`${DOCS}?format=md`)
  assert.equal(answer.status, 301)
  assert.equal(answer.headers.get('location'), `${DOCS}/?format=md`)
})

test('/docs leads to the documents when there are some, else to the job', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'processing' })
  const before = await app.request('/docs/pallets--flask')
  assert.deepEqual([before.status, before.headers.get('location')], [302, '/jobs/pallets--flask'])
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const after = await app.request('/docs/pallets--flask')
  assert.deepEqual([after.status, after.headers.get('location')], [302, `${DOCS}/`])
})

test('documents that were read are there while jobs cannot be read; others, jobs and removed ones are not', async (t) => {
  const app = await createFixture(t)
  for (const name of ['flask', 'click', 'gone'])
    app.queue.move(`pallets--${name}`, { status: 'completed' }, app.docsKey)
  for (const name of ['flask', 'gone']) assert.equal((await app.request(`/static-docs/pallets--${name}/`)).status, 200)
  await app.queue.remove('pallets--gone')
  assert.equal((await app.request('/static-docs/pallets--gone/')).status, 404)
  app.queue.failure = new SpoolUnavailable('away')
  for (const path of ['/', '/overview.md', '/overview.md?format=md']) {
    assert.equal((await app.request(`${DOCS}${path}`)).status, 200, path)
  }
  for (const path of ['/static-docs/pallets--click/', '/static-docs/pallets--gone/', '/api/job/pallets--flask']) {
    const answer = await app.request(path, { headers: { accept: 'application/json' } })
    const { code, detail } = (await answer.json()) as Record<string, string>
    assert.deepEqual(
      [answer.status, code, detail],
      [503, 'SPOOL_UNAVAILABLE', 'Jobs and documents cannot be read now.'],
    )
  }
  const body = new URLSearchParams({ repo_url: 'https://github.com/pallets/flask' })
  const refused = await app.request('/', { method: 'POST', body, headers: { accept: 'application/json' } })
  assert.match(await refused.text(), /may have been recorded: repeat it with the same Idempotency-Key/)
})

test('the source is there for who asks', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const asked = [
    app.request(`${DOCS}/?format=md`),
    app.request(`${DOCS}/overview.md?format=md`, { headers: { accept: 'text/html' } }),
    app.request(`${DOCS}/overview.md`, { headers: { accept: 'text/markdown, */*;q=0.1' } }),
  ]
  for (const answer of await Promise.all(asked)) {
    assert.equal(answer.headers.get('content-type'), 'text/markdown; charset=utf-8')
    assert.equal(await answer.text(), '# Flask\n')
  }
  const html = await app.request(`${DOCS}/`, { headers: { accept: 'text/html, text/markdown' } })
  assert.match(html.headers.get('content-type') ?? '', /^text\/html/)
  assert.equal((await app.request(`${DOCS}/?format=pdf`)).status, 400)
})

test('data files are served as they are, and what is neither text nor data as bytes', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const types = { 'module_tree.json': 'application/json', 'llms.txt': 'text/plain; charset=utf-8' }
  for (const [name, type] of Object.entries(types)) {
    assert.equal((await app.request(`${DOCS}/${name}`)).headers.get('content-type'), type)
  }
  const odd = await app.request(`${DOCS}/odd.svg`)
  assert.equal(odd.headers.get('content-type'), 'application/octet-stream')
  assert.equal(odd.headers.get('x-content-type-options'), 'nosniff')
})

test('the former name of the module tree is that of the same file', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const answer = await app.request(`${DOCS}/first_module_tree.json`)
  assert.deepEqual([answer.status, await answer.text()], [200, '{"modules":{}}'])
})

test('a known tag is 304; a page changes its tag with the state of its job', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  for (const path of [`${DOCS}/`, `${DOCS}/?format=md`, `${DOCS}/module_tree.json`]) {
    const etag = (await app.request(path)).headers.get('etag') ?? ''
    assert.match(etag, /^"[0-9a-f]{64}"$/)
    const again = await app.request(path, { headers: { 'if-none-match': etag } })
    assert.deepEqual(
      [again.status, await again.text(), again.headers.get('vary')],
      [304, '', 'Accept-Encoding, Accept'],
    )
  }
  const before = (await app.request(`${DOCS}/`)).headers.get('etag') ?? ''
  app.queue.move('pallets--flask', { status: 'processing' })
  const after = await app.request(`${DOCS}/`, { headers: { 'if-none-match': before } })
  assert.equal(after.status, 200, 'it says now that a newer version is being made')
})

test('what is not there says what to do', async (t) => {
  const app = await createFixture(t)
  const ask = async (path: string): Promise<[number, string, string]> => {
    const answer = await app.request(path)
    const { code, hint } = (await answer.json()) as { code: string; hint: string }
    return [answer.status, code, hint]
  }
  assert.deepEqual((await ask(`${DOCS}/`)).slice(0, 2), [404, 'NO_SUCH_JOB'])
  app.queue.move('pallets--flask', { status: 'queued' })
  assert.deepEqual(await ask(`${DOCS}/`), [404, 'NO_DOCS', '/jobs/pallets--flask shows the progress.'])
  app.queue.move('pallets--flask', { status: 'failed' })
  assert.deepEqual(await ask(`${DOCS}/`), [404, 'NO_DOCS', '/jobs/pallets--flask shows the reason.'])
  app.queue.move('pallets--flask', { status: 'completed' }, 'f'.repeat(32))
  assert.match((await ask(`${DOCS}/`)).join(' '), /404 NO_DOCS Retry the job/)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  assert.match(
    (await ask(`${DOCS}/nope.md`)).join(' '),
    /404 NO_SUCH_PAGE The overview, \/static-docs\/pallets--flask\//,
  )
  const page = await app.browse(`${DOCS}/nope.md`)
  assert.equal(page.status, 404)
  assert.match(await page.text(), /no page with this name/)
})

test('a search of documents that have no index says so, and one that is too long or asked twice is refused', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  const page = await app.request(`${DOCS}/?q=app`)
  assert.equal(page.status, 200)
  assert.match(await page.text(), /have no search index/)
  const json = await app.request(`${DOCS}/?q=app`, { headers: { accept: 'application/json' } })
  assert.deepEqual(await json.json(), { query: 'app', results: [] })
  for (const query of [`q=${'a'.repeat(201)}`, 'q=a&q=b']) {
    assert.equal((await app.request(`${DOCS}/?${query}`)).status, 400, query)
  }
  const hostile = await app.request(`${DOCS}/?q=${encodeURIComponent('"><script>alert(1)</script>')}`)
  assert.doesNotMatch(await hostile.text(), /<script>alert/)
})

test('one set under two jobs, and one job in two states, have pages of their own', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  app.queue.move('acme--mirror', { status: 'failed' }, app.docsKey)
  const read = async (id: string) => (await app.request(`/static-docs/${id}/`)).text()
  const [one, other] = [await read('pallets--flask'), await read('acme--mirror')]
  assert.ok(!one.includes('acme--mirror') && !other.includes('pallets--flask'))
  assert.match(other, /The last attempt to update/)
  app.queue.move('acme--mirror', { status: 'completed' })
  assert.doesNotMatch(await read('acme--mirror'), /The last attempt to update/)
  assert.equal(await read('pallets--flask'), one)
})
