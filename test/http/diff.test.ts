import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import type { Diff } from '#diff/change.ts'
import type { AppDeps } from '#http/deps.ts'
import { API_FILE } from '#store/public-api.ts'
import { createSetStore } from '#store/sets.ts'
import { apiOf } from '../diff/diff-of.ts'
import { createFixture, exampleSet } from './fixture.ts'

const MANIFEST = { 'pyproject.toml': '[project]\nname = "orbit"\nversion = "1"\n' }

/** Jobs `old` and `new`, whose only function changes, and `older`, whose set has nothing to compare. */
async function world(t: TestContext, change: Partial<AppDeps> = {}) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-diff-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(path.join(folder, 'docs'))
  const app = await createFixture(t, { sets, ...change })
  const add = async (id: string, digit: string, source: string | null, repo = 'pallets/flask'): Promise<void> => {
    const files = new Map(exampleSet.files)
    files.delete(API_FILE)
    if (source !== null) files.set(API_FILE, JSON.stringify(await apiOf({ ...MANIFEST, 'orbit/__init__.py': source })))
    const repoUrl = `https://github.com/${repo}`
    const key = await sets.publish({
      ...exampleSet,
      manifest: { ...exampleSet.manifest, commit: digit.repeat(40), repo_url: repoUrl },
      files,
    })
    app.queue.move(
      id,
      { repo_url: repoUrl, status: 'completed', commit_id: id, resolved_commit: digit.repeat(40) },
      key,
    )
  }
  await add('old', 'a', 'def draw(a, b): pass\n')
  await add('new', 'b', 'def draw(a): pass\n')
  await add('older', 'c', null)
  await add('other', 'd', 'def draw(a): pass\n', 'pallets/click')
  return { ...app, add }
}

test('lines are linked in the configured form of the host', async (t) => {
  const app = await world(t, { sourceLinks: new Map([['github.com', 'gitlab']]) })
  const page = await (await app.browse('/diff/old/new')).text()
  assert.match(page, /href="https:\/\/github\.com\/pallets\/flask\/-\/blob\/a{40}\/orbit\/__init__\.py#L1"/)
})

test('changes come as JSON, a page, Markdown and a feed', async (t) => {
  const app = await world(t)
  const diff = (await (await app.request('/api/diff/old/new')).json()) as Diff
  assert.deepEqual(
    [diff.step, diff.changes.map(({ rule, name }) => `${rule} ${name}`)],
    ['major', ['parameter-removed orbit.draw']],
  )
  assert.deepEqual(await (await app.request('/diff/old/new?format=json')).json(), diff)
  const page = await (await app.browse('/diff/old/new')).text()
  assert.match(page, /Parameter removed/)
  assert.match(page, new RegExp(`href="https://github.com/pallets/flask/blob/${'a'.repeat(40)}/orbit/__init__.py#L1"`))
  assert.match(page, new RegExp(`href="https://github.com/pallets/flask/blob/${'b'.repeat(40)}/orbit/__init__.py#L1"`))
  assert.match(
    await (await app.request('/diff/old/new', { headers: { accept: 'text/markdown' } })).text(),
    /^# pallets\/flask: old → new/,
  )
  assert.match(await (await app.request('/diff/old/new?format=atom')).text(), /<title>breaking: orbit\.draw<\/title>/)
})

test('the same comparison is known by its tag', async (t) => {
  const app = await world(t)
  const etag = (await app.request('/api/diff/old/new')).headers.get('etag') ?? ''
  assert.equal((await app.request('/api/diff/old/new', { headers: { 'if-none-match': etag } })).status, 304)
  assert.notEqual((await app.request('/api/diff/new/old')).headers.get('etag'), etag)
})

test('what cannot be compared is said to be so', async (t) => {
  const app = await world(t)
  const code = async (at: string): Promise<unknown[]> => {
    const answer = await app.request(at)
    return [answer.status, ((await answer.json()) as { code: string }).code]
  }
  assert.deepEqual(await code('/api/diff/old/older'), [404, 'NO_PUBLIC_API'])
  assert.deepEqual(await code('/api/diff/old/other'), [400, 'OTHER_REPOSITORY'])
  assert.deepEqual(await code('/api/diff/old/nothing'), [404, 'NO_SUCH_JOB'])
  assert.deepEqual(await code('/api/diff/..%2Fold/new'), [404, 'NO_SUCH_JOB'])
  app.queue.move('queued', { repo_url: 'https://github.com/pallets/flask', status: 'queued' })
  assert.deepEqual(await code('/api/diff/old/queued'), [404, 'NO_DOCS'])
  assert.deepEqual(await code('/diff/old/new?format=pdf'), [400, 'BAD_FIELD'])
})

test('a comparison counts as several searches of its client', async (t) => {
  const app = await world(t, {
    limits: {
      submissionsPerHour: 10,
      searchesPerMinute: 8,
      questionsPerHour: 5,
      jobsPerClient: 5,
      maxStreams: 10,
      streamsPerClient: 5,
    },
    peerOf: () => '192.0.2.1',
  })
  const statuses: number[] = []
  for (const at of ['/api/diff/old/new', '/api/diff/new/old', '/api/diff/old/old'])
    statuses.push((await app.request(at)).status)
  assert.deepEqual(statuses, [200, 200, 429])
})

test('people are shown some hundred changes of a severity, and told of the others; the JSON has all', async (t) => {
  const app = await world(t)
  const many = Array.from({ length: 400 }, (_, at) => `def f${at}(a): pass\n`).join('')
  await app.add('many', 'e', `def draw(a): pass\n${many}`)
  await app.add('few', 'f', 'def draw(a): pass\n')
  const diff = (await (await app.request('/api/diff/many/few')).json()) as Diff
  assert.equal(diff.changes.length, 400)
  const markdown = await (await app.request('/diff/many/few?format=md')).text()
  assert.equal(markdown.match(/^- .*Removed/gm)?.length, 300)
  assert.match(markdown, /^100 more in the JSON output\.$/m)
  const page = await (await app.browse('/diff/many/few')).text()
  assert.equal(page.match(/id="change-/g)?.length, 300)
  assert.match(page, /100 more changes/)
})
