import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { NOT_ON_REF } from '#base/unreachable-commit.ts'
import { createSetStore } from '#store/sets.ts'
import { createFixture, exampleApi, exampleSet } from './fixture.ts'
import { connect, serveShop } from './mcp/shop.ts'

const REPO = 'https://github.com/pallets/flask'
const ON = 'pallets--flask'
const COMMIT = 'f'.repeat(40)
const OFF = `${ON}@${COMMIT}`
const LONG = 'llms-full.txt'

/** The documents of the default branch, and of a commit that no branch or tag leads to. */
async function world(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-notice-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(path.join(folder, 'docs'))
  const app = await createFixture(t, { sets })
  for (const [id, commit, change] of [
    [ON, 'a'.repeat(40), {}],
    [OFF, COMMIT, { commit_id: COMMIT, commit_on_ref: false }],
  ] as const) {
    const files = new Map([
      ...exampleSet.files,
      ['api.json', JSON.stringify({ ...exampleApi, commit })],
      [LONG, 'a line of it\n'.repeat(100_000)],
    ])
    const key = await sets.publish({ ...exampleSet, manifest: { ...exampleSet.manifest, commit }, files })
    app.queue.move(id, { repo_url: REPO, status: 'completed', resolved_commit: commit, ...change }, key)
  }
  return app
}

const json = { 'content-type': 'application/json' }
const question = (job_id: string, accept = 'application/json') => ({
  method: 'POST',
  headers: { ...json, accept },
  body: JSON.stringify({ job_id, question: 'What is Flask?' }),
})

test('whatever is read of a commit that no branch or tag leads to says so, and nothing else does', async (t) => {
  const app = await world(t)
  const html = { headers: { accept: 'text/html' } }
  const forms: [string, string, RequestInit?][] = [
    ['a page', '/static-docs/{id}/src-app.md', html],
    ['its Markdown', '/static-docs/{id}/src-app.md?format=md'],
    ['the index', '/static-docs/{id}/llms.txt'],
    ['a large file', `/static-docs/{id}/${LONG}`],
    ['results of a search', '/static-docs/{id}/?q=app', { headers: { accept: 'application/json' } }],
    ['their page', '/static-docs/{id}/?q=app', html],
    ['a comparison', `/api/diff/${ON}/{id}`],
    ['the other direction', `/api/diff/{id}/${ON}`],
    ['its page', `/diff/${ON}/{id}`, html],
    ['its Markdown', `/diff/${ON}/{id}?format=md`],
    ['its feed', `/diff/${ON}/{id}?format=atom`],
    ['the page of questions', '/ask?id={id}', html],
    ['a question', '/ask?id={id}&q=What+is+Flask', html],
    ['definitions', '/api/graph/{id}/symbols?name=Flask'],
    ['callers', '/api/graph/{id}/callers?symbol=Flask'],
    ['an outline', '/api/graph/{id}/outline?file=src/app.py'],
  ]
  for (const [what, at, init] of forms) {
    for (const id of [OFF, ON]) {
      const answer = await app.request(at.replace('{id}', id), init)
      assert.equal(answer.status, 200, `${what} of ${id}`)
      assert.equal((await answer.text()).includes(NOT_ON_REF), id === OFF, `${what} of ${id}`)
    }
  }
  for (const accept of ['application/json', 'text/plain', 'text/event-stream'])
    for (const id of [OFF, ON])
      assert.equal(
        (await (await app.request('/api/ask', question(id, accept))).text()).includes(NOT_ON_REF),
        id === OFF,
        `${accept} of ${id}`,
      )
})

test('a file with the notice has its own tag, and ranges of what is sent', async (t) => {
  const app = await world(t)
  for (const name of [LONG, 'llms.txt']) {
    const [on, off] = [
      await app.request(`/static-docs/${ON}/${name}`),
      await app.request(`/static-docs/${OFF}/${name}`),
    ]
    assert.notEqual(on.headers.get('etag'), off.headers.get('etag'))
    const [plain, noticed] = [await on.text(), await off.text()]
    assert.equal(noticed, `> ${NOT_ON_REF}\n\n${plain}`)
  }
  const whole = Buffer.from(await (await app.request(`/static-docs/${OFF}/${LONG}`)).arrayBuffer())
  const end = NOT_ON_REF.length + 4
  for (const [from, to] of [
    [0, 9],
    [end - 5, end - 1],
    [end - 5, end + 5],
    [end, end + 3],
    [end + 70_000, whole.length - 1],
  ] as const) {
    const part = await app.request(`/static-docs/${OFF}/${LONG}`, { headers: { range: `Bytes=${from}-${to}` } })
    assert.equal(part.status, 206)
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), whole.subarray(from, to + 1), `${from}-${to}`)
  }
  const head = await app.request(`/static-docs/${OFF}/${LONG}`, { method: 'HEAD', headers: { range: 'bytes=0-9' } })
  assert.deepEqual([head.status, head.headers.get('content-length')], [200, String(whole.length)])
  const packed = await app.request(`/static-docs/${OFF}/${LONG}`, { headers: { 'accept-encoding': 'gzip' } })
  assert.equal(packed.headers.get('content-encoding'), null)
})

test('agents read it in resources and in answers of tools', async (t) => {
  const { origin, queue } = await serveShop(t)
  const off = `acme--shop@${COMMIT}`
  const key = (await queue.read('acme--shop'))?.docsKey ?? ''
  const about = { commit_id: COMMIT, resolved_commit: COMMIT, commit_on_ref: false }
  queue.move(off, { repo_url: 'https://github.com/acme/shop', status: 'completed', ...about }, key)
  const { client, call } = await connect(t, origin)
  for (const [id, isSaid] of [
    [off, true],
    ['acme--shop', false],
  ] as const) {
    for (const file of ['overview.md', 'llms.txt', 'search.json']) {
      const read = await client.readResource({ uri: `docspool://${encodeURIComponent(id)}/${file}` })
      assert.equal(JSON.stringify(read).includes(NOT_ON_REF), isSaid, `${id} ${file}`)
    }
    for (const [name, args] of [
      ['read_wiki_contents', { page: 'overview.md' }],
      ['get_symbol', { symbol: 'Shop' }],
      ['ask_question', { question: 'What is Shop?' }],
    ] as const) {
      const { text, structured } = await call(name, { repoName: id, ...args })
      assert.equal(text.split(NOT_ON_REF).length - 1, isSaid ? 1 : 0, `${id} ${name}: ${text}`)
      assert.equal(String(structured.note).includes(NOT_ON_REF), isSaid, `${id} ${name}`)
    }
  }
})
