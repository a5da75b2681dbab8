/** `callback_url` of a submission: what is taken, what is refused, and that no more than its origin is told. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from './fixture.ts'

const REPO = 'https://github.com/pallets/flask'
const URL_WITH_SECRET = 'https://hooks.example.org/T0/glpat-0123456789abcdefghij?token=s3cret'
const callbackPolicy = { callbackHosts: ['*'], allowPrivateNetworks: false }

test('without a secret of the operator, callbacks are refused with what helps', async (t) => {
  const { post, queue } = await createFixture(t)
  const answer = await post('/', { repo_url: REPO, callback_url: URL_WITH_SECRET })
  const text = await answer.text()
  assert.equal(answer.status, 400)
  assert.match(text, /\(CALLBACKS_OFF\)/)
  assert.match(text, /DOCSPOOL_WEBHOOK_SECRET/)
  assert.doesNotMatch(text, /s3cret|glpat/)
  assert.deepEqual(queue.submits, [])
})

test('a form, JSON and an array hand the address to the queue', async (t) => {
  const { post, request, queue } = await createFixture(t, { callbackPolicy })
  const fields = { repo_url: REPO, callback_url: URL_WITH_SECRET }
  const json = (body: unknown) => ({
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  assert.equal((await post('/', fields)).status, 202)
  assert.equal((await request('/api/jobs', json(fields))).status, 202)
  assert.equal((await request('/api/jobs', json([fields]))).status, 202)
  assert.equal((await post('/', { ...fields, callback_url: '' })).status, 202)
  assert.equal((await request('/api/jobs', json({ ...fields, callback_url: null }))).status, 202)
  const callback = { url: URL_WITH_SECRET, origin: 'https://hooks.example.org' }
  assert.deepEqual(
    queue.submits.map((submit) => submit.callback),
    [callback, callback, callback, undefined, undefined],
  )
})

test('an address that cannot be called is refused, and nothing of it is repeated or logged', async (t) => {
  const { post, browse, queue, logged } = await createFixture(t, { callbackPolicy })
  for (const callback_url of [
    'http://hooks.example.org/s3cret',
    'https://127.0.0.1/s3cret',
    'https://a:s3cret@b.org/',
  ]) {
    const answer = await post('/', { repo_url: REPO, callback_url })
    const text = await answer.text()
    assert.equal(answer.status, 400, callback_url)
    assert.match(text, /\(BAD_CALLBACK_URL\)/)
    assert.doesNotMatch(text + (await (await browse('/', { repo_url: REPO, callback_url })).text()), /s3cret/)
  }
  assert.deepEqual(queue.submits, [])
  assert.doesNotMatch(logged.join(''), /s3cret/)
})
