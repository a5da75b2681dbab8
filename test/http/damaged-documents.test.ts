/** Documents that are damaged on the disk are said to be damaged, not expired, and are made again by a submission. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { createSetStore } from '#store/sets.ts'
import { zero } from '../store/damage.ts'
import { createFixture, exampleSet } from './fixture.ts'

const FLASK = 'https://github.com/pallets/flask'
const DOCS = '/static-docs/pallets--flask'

async function setUp(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-http-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(folder)
  const key = await sets.publish(exampleSet)
  const app = await createFixture(t, { sets })
  app.queue.move('pallets--flask', { status: 'completed', repo_url: FLASK }, key)
  return { ...app, folder, sets, key, pack: path.join(folder, key, 'set.pack') }
}

for (const name of ['/', '/src-app.md', '/llms.txt', '.zip', '.site.zip']) {
  test(`a damaged set is an error of its own, which is logged once with its key and part: ${name}`, async (t) => {
    const { request, pack, key, logged, sets } = await setUp(t)
    await zero(pack)
    const answer = await request(`${DOCS}${name}`)
    if (name.endsWith('.zip') && answer.status === 200) {
      // The archive is made while it is sent.
      await assert.rejects(answer.arrayBuffer())
    } else {
      const { code, detail, hint } = (await answer.json()) as Record<string, string>
      assert.deepEqual([answer.status, code], [503, 'SET_DAMAGED'])
      assert.match(`${detail} ${hint}`, /damaged on the disk.*generated again/)
      const errors = logged.filter((line) => JSON.parse(line).level >= 50)
      assert.equal(errors.length, 1)
      assert.match(errors[0] ?? '', new RegExp(`SET_DAMAGED.*${key} is damaged \\([^)]+\\)`))
    }
    assert.equal(await sets.has(key), false)
    for (const again of ['/', '/src-app.md', '/llms.txt', '.site.zip']) {
      const later = await request(`${DOCS}${again}`)
      assert.deepEqual([later.status, ((await later.json()) as { code: string }).code], [503, 'SET_DAMAGED'])
    }
    assert.ok(logged.filter((line) => JSON.parse(line).level >= 50).length <= 1)
  })
}

test('the page of a version says so, and a browser is led to the job', async (t) => {
  const { browse, pack } = await setUp(t)
  await zero(pack)
  await browse(`${DOCS}/`)
  const page = await browse(`${DOCS}/`)
  assert.equal(page.status, 503)
  assert.match(await page.text(), /damaged[\s\S]*\/jobs\/pallets--flask/)
})

test('a submission of damaged documents is not answered from them, whether the damage is known or not', async (t) => {
  for (const isKnown of [true, false]) {
    const { request, post, pack, queue, sets } = await setUp(t)
    assert.equal((await post('/', { repo_url: FLASK })).status, 200)
    await zero(pack)
    if (isKnown) await request(`${DOCS}/`)
    const again = await post('/', { repo_url: FLASK })
    assert.equal(again.status, 202)
    assert.equal(queue.submits.at(-1)?.force, true)
    await sets.publish(exampleSet)
    assert.equal((await request(`${DOCS}/`)).status, 200)
  }
})
