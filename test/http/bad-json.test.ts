/** Bodies that are no JSON, or none that anyone asked for, are refused and never a fault of the service. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { BAD_JSON, ODD_JSON } from '../support/bad-json.ts'
import { askAll, type Sent } from './pipelined.ts'
import { serve } from './served.ts'

const JSON_TYPES = ['application/json', 'application/problem+json', 'application/json; charset=latin1']

test('a body that is no JSON is 400 on every route that takes one, over real connections', async (t) => {
  const { port, queue } = await serve(t)
  assert.ok(BAD_JSON.length >= 230, `${BAD_JSON.length} texts`)
  const requests: Sent[] = BAD_JSON.flatMap((body) =>
    ['/', '/api/jobs'].flatMap((target) =>
      JSON_TYPES.map((type) => ({ method: 'POST', target, body, headers: { 'content-type': type } })),
    ),
  )
  const statuses = new Map<number, number>()
  await askAll(port, requests, ({ target, body = '' }, status, text) => {
    const isTooLong = body.length > (target === '/' ? 65_536 : 1_048_576)
    const what = `${status} ${target} ${JSON.stringify(body.slice(0, 60))}`
    assert.ok(status === 400 || (status === 413 && (isTooLong || body.length > 65_536)), what)
    assert.match(text, /"code":"(?:BAD_BODY|BODY_TOO_LARGE)"/, what)
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
  })
  t.diagnostic(`${BAD_JSON.length} texts, ${requests.length} requests: ${JSON.stringify(Object.fromEntries(statuses))}`)
  assert.deepEqual(queue.submits, [])
})

test('JSON that says nothing of a submission is 4xx, or its parts are', async (t) => {
  const { port, queue } = await serve(t)
  const bodies = [...ODD_JSON, ...ODD_JSON.map((value) => `{"repo_url":"https://github.com/a/b","options":${value}}`)]
  const headers = { 'content-type': 'application/json' }
  const requests: Sent[] = bodies.map((body) => ({ method: 'POST', target: '/api/jobs', body, headers }))
  await askAll(port, requests, ({ body = '' }, status, text) => {
    const what = `${status} ${body.slice(0, 100)}: ${text.slice(-200)}`
    assert.ok(status < 500, what)
    assert.ok(!/"status":5\d\d/.test(text), what)
  })
  for (const { repoUrl, options } of queue.submits) assert.deepEqual([repoUrl, options], ['https://github.com/a/b', {}])
})

test('the same as forms, and where JSON has no place, is no fault either', async (t) => {
  const { port } = await serve(t, { DOCSPOOL_SUBMISSIONS_PER_HOUR: '0' })
  const form = 'application/x-www-form-urlencoded'
  const types = [form, 'multipart/form-data; boundary=x', '']
  const texts = [...BAD_JSON, ...ODD_JSON].filter(({ length }) => length < 10_000)
  const requests: Sent[] = texts.flatMap((body) =>
    types.flatMap((type) =>
      ['/', '/api/job/a--b/cancel'].map((target) => ({
        method: 'POST',
        target,
        body,
        headers: { 'content-type': type },
      })),
    ),
  )
  await askAll(port, requests, ({ target, body = '', headers }, status) => {
    assert.ok(
      status >= 400 && status < 500,
      `${status} ${target} ${headers?.['content-type']} ${JSON.stringify(body.slice(0, 60))}`,
    )
  })
})
