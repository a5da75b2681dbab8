import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createFixture } from './fixture.ts'

test('the first page has the form, the recent jobs and the counts', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'completed' }, app.docsKey)
  app.queue.move('a--b', { status: 'queued', repo_url: 'https://github.com/a/b', queue_position: 1 })
  const answer = await app.request('/')
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const html = await answer.text()
  assert.match(html, /<form[^>]+method="post"[^>]+action="\/"/)
  assert.match(html, /name="repo_url"/)
  assert.match(html, /href="\/static-docs\/pallets--flask\/"/)
  assert.match(html, /href="\/jobs\/a--b"/)
  assert.match(html, /curl -d repo_url=\S+ http:\/\/localhost\//)
  assert.match(html, /docspool\.css\?v=hash6/)
})

test('the page of a job is served to browsers and to curl', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'processing', progress: 'Reading src/app.py', percent: 42 })
  for (const answer of [await app.request('/jobs/pallets--flask'), await app.browse('/jobs/pallets--flask')]) {
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /Reading src\/app\.py/)
  }
  const unknown = await app.browse('/jobs/nope')
  assert.equal(unknown.status, 404)
  assert.match(await unknown.text(), /There is no such job/)
})

test('the buttons lead back to a page', async (t) => {
  const app = await createFixture(t)
  app.queue.move('pallets--flask', { status: 'queued' })
  const press = async (verb: string): Promise<[number, string | null]> => {
    const answer = await app.browse(`/jobs/pallets--flask/${verb}`, {})
    return [answer.status, answer.headers.get('location')]
  }
  assert.deepEqual(await press('cancel'), [303, '/jobs/pallets--flask'])
  assert.deepEqual(await press('retry'), [303, '/jobs/pallets--flask'])
  const early = await app.browse('/jobs/pallets--flask/delete', {})
  assert.equal(early.status, 409)
  assert.match(await early.text(), /The job has not ended/)
  await press('cancel')
  assert.deepEqual(await press('delete'), [303, '/'])
  assert.equal((await app.browse('/jobs/pallets--flask/delete', {})).status, 404)
})
