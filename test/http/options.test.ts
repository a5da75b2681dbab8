/** Options of a submission: from each kind of body to what the queue is asked. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture, type Fixture } from './fixture.ts'

const FLASK = 'https://github.com/pallets/flask'
const MODELS = { mainModel: 'gpt-x', allowedModels: ['gpt-x', 'org/gpt-y:free'] }
const ALL = { model: 'org/gpt-y:free', language: 'de', notes: 'One.\nTwo.', max_cost_usd: 0.5 }

const postJson = (app: Fixture, body: unknown) =>
  app.request('/api/jobs', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', accept: 'application/json' },
  })

test('JSON and forms say the same, and an option that is not the default makes a job of its own', async (t) => {
  const app = await createFixture(t, { ...MODELS, areNotesShared: true })
  const notes = ' One.\r\nTwo. '
  await postJson(app, { repo_url: FLASK, options: { ...ALL, notes } })
  await app.post('/', { repo_url: FLASK, ...ALL, notes, max_cost_usd: '0.50' })
  await postJson(app, [{ repo_url: FLASK, options: ALL }])
  await app.post('/', { repo_url: FLASK, language: 'fr' })
  const [json, form, batch, other] = app.queue.submits
  assert.deepEqual([json?.options, json?.mainModel], [ALL, 'org/gpt-y:free'])
  assert.match(json?.jobId ?? '', /^pallets--flask~[0-9a-f]{32}$/)
  for (const same of [form, batch]) assert.deepEqual(same, json)
  assert.deepEqual([other?.options, other?.mainModel], [{ language: 'fr' }, 'gpt-x'])
  assert.notEqual(other?.jobId, json?.jobId)
})

test('what is the default, and an empty field of a form, changes nothing', async (t) => {
  const app = await createFixture(t, MODELS)
  await postJson(app, { repo_url: FLASK, options: { model: 'gpt-x', language: 'en', notes: '  ' } })
  await app.post('/', { repo_url: FLASK, model: '', language: '', notes: '', max_cost_usd: '' })
  await app.post('/', { repo_url: FLASK })
  for (const { jobId, options, mainModel } of app.queue.submits) {
    assert.deepEqual([jobId, options, mainModel], ['pallets--flask', {}, 'gpt-x'])
  }
  await app.post('/', { repo_url: FLASK, max_cost_usd: '0' })
  assert.deepEqual(app.queue.submits.at(-1)?.options, { max_cost_usd: 0 })
})

test('offline is always allowed, and the default where there is no model', async (t) => {
  const withModel = await createFixture(t, MODELS)
  await withModel.post('/', { repo_url: FLASK, model: 'offline' })
  const [asked] = withModel.queue.submits
  assert.deepEqual([asked?.options, asked?.mainModel], [{ model: 'offline' }, 'offline'])
  const without = await createFixture(t)
  await without.post('/', { repo_url: FLASK, model: 'offline' })
  const [plain] = without.queue.submits
  assert.deepEqual([plain?.jobId, plain?.options, plain?.mainModel], ['pallets--flask', {}, 'offline'])
})

test('a model that may not be named is refused with those that may; any, where there is none', async (t) => {
  const app = await createFixture(t, MODELS)
  const refused = await postJson(app, { repo_url: FLASK, options: { model: 'gpt-z' } })
  assert.equal(refused.status, 400)
  const { code, hint } = await refused.json()
  assert.equal(code, 'MODEL_NOT_ALLOWED')
  assert.match(hint, /gpt-x, org\/gpt-y:free, offline/)
  const batch = await (await postJson(app, [{ repo_url: FLASK, options: { model: 'gpt-z' } }])).json()
  assert.equal(batch.results[0].problem.code, 'MODEL_NOT_ALLOWED')
  const without = await createFixture(t)
  const none = await without.post('/', { repo_url: FLASK, model: 'gpt-x' })
  assert.equal(none.status, 400)
  assert.match(await none.text(), /^error: .*docs\/models\.md.* \(NO_MODEL\)\n$/)
  assert.deepEqual([...app.queue.submits, ...without.queue.submits], [])
})

test('an option that does not fit is named, and its value is not repeated', async (t) => {
  const app = await createFixture(t, MODELS)
  for (const [name, value] of [
    ['language', 'canary'],
    ['notes', `canary${'x'.repeat(4_000)}`],
    ['notes', 'canary\u0000'],
    ['model', 'canary'.repeat(40)],
    ['max_cost_usd', -1],
    ['max_cost_usd', 1e7],
    ['max_cost_usd', 'canary'],
  ] as const) {
    const json = await postJson(app, { repo_url: FLASK, options: { [name]: value } })
    const form = await app.post('/api/jobs', { repo_url: FLASK, [name]: String(value) })
    for (const [answer, where] of [
      [json, `options.${name}: `],
      [form, `${name}: `],
    ] as const) {
      assert.equal(answer.status, 400, name)
      const { code, detail, hint } = await answer.json()
      assert.equal(code, 'BAD_FIELD', detail)
      assert.ok(detail.startsWith(where), detail)
      assert.ok(!`${detail}${hint}`.includes('canary'), detail)
      assert.match(hint, /max_cost_usd/)
    }
  }
  const twice = await app.post('/api/jobs', `repo_url=${encodeURIComponent(FLASK)}&language=de&language=fr`)
  assert.match((await twice.json()).detail, /^language: .*several values/)
  const unknown = await postJson(app, { repo_url: FLASK, options: { temperature: 1 } })
  assert.match((await unknown.json()).hint, /model, language, notes, max_cost_usd/)
  assert.deepEqual(app.queue.submits, [])
})

test('a form that was refused keeps what was typed, with its options unfolded', async (t) => {
  const app = await createFixture(t, MODELS)
  const typed = { repo_url: 'flask', model: 'org/gpt-y:free', language: 'fr', notes: '<b>Us</b>', max_cost_usd: '2.5' }
  const html = await (await app.browse('/', typed)).text()
  assert.match(html, /<details class="more" open/)
  assert.match(html, /<option value="fr" lang="fr" selected/)
  assert.match(html, /<option value="org\/gpt-y:free" selected/)
  assert.match(html, /&lt;b&gt;Us&lt;\/b&gt;/)
  assert.match(html, /value="2\.5"/)
})

test('a retry takes the model that the server has now', async (t) => {
  const app = await createFixture(t, MODELS)
  app.queue.move('pallets--flask', { status: 'completed' })
  const answer = await app.request('/api/job/pallets--flask/retry', { method: 'POST' })
  assert.equal((await answer.json()).main_model, 'gpt-x')
})

test('a terminal is told what a job cost and what is missing', async (t) => {
  const app = await createFixture(t)
  const spend = { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 }
  app.queue.move('pallets--flask', { status: 'completed', spend, degraded: 'budget' }, app.docsKey)
  const answer = await app.request('/api/job/pallets--flask', { headers: { accept: 'text/plain' } })
  const [line, ...rest] = (await answer.text()).split('\n')
  assert.deepEqual(rest, [''])
  assert.match(
    line ?? '',
    /flask\/ {2}12 questions, 3 from the cache, 45,210 tokens, \$0\.12 {2}The budget did not cover/,
  )
})
