/** What the operator's switch shows, and what is answered for jobs and documents that went for their age. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { createSetStore } from '#store/sets.ts'
import { createFixture, exampleSet } from './fixture.ts'

const PAUSE = { since: '2026-11-24T15:22:31.123Z', by: 'ann@host' }

test('the state of the queue is told to scripts and to terminals, without who has paused it', async (t) => {
  const { queue, request } = await createFixture(t)
  queue.move('acme--a', { status: 'queued' })
  queue.move('acme--b', { status: 'completed' })
  const running = await request('/api/queue')
  assert.equal(running.headers.get('cache-control'), 'no-store')
  assert.deepEqual(await running.json(), {
    ...{ queued: 1, processing: 0, completed: 1, failed: 0 },
    ...{ paused: false, paused_since: null, oldest_waiting_s: 12, workers: 1 },
  })
  queue.pause = PAUSE
  const paused = await request('/api/queue', { headers: { accept: 'text/plain' } })
  const line = `paused since ${PAUSE.since}  1 queued  0 processing  1 completed  0 failed  oldest waits 12 s  1 worker\n`
  assert.equal(await paused.text(), line)
  const { paused: isPaused, paused_since } = await (await request('/api/queue')).json()
  assert.deepEqual([isPaused, paused_since], [true, PAUSE.since])
})

test('a paused queue is ready, says so, and the first page tells readers', async (t) => {
  const { queue, request, browse } = await createFixture(t)
  assert.doesNotMatch(await (await browse('/')).text(), /queue is paused/)
  queue.pause = PAUSE
  const ready = await request('/readyz')
  assert.equal(ready.status, 200)
  const { status, paused } = (await ready.json()) as { status: string; paused: boolean }
  assert.deepEqual({ status, paused }, { status: 'ready', paused: true })
  const page = await (await browse('/')).text()
  assert.match(page, /queue is paused[\s\S]*2026-11-24 15:22 UTC/)
  assert.doesNotMatch(page, /ann@host/)
})

test('a job that went for its age is 410 wherever it is asked for; one that never was, or was deleted, 404', async (t) => {
  const { queue, request, browse } = await createFixture(t)
  queue.expired.add('acme--old')
  queue.move('acme--deleted', { status: 'completed' })
  assert.equal((await request('/api/job/acme--deleted', { method: 'DELETE' })).status, 204)
  const routes = [
    ...['/api/job/ID', '/api/jobs/ID', '/jobs/ID', '/docs/ID', '/static-docs/ID', '/static-docs/ID/'],
    ...['/static-docs/ID/overview.md', 'POST /api/job/ID/cancel', 'POST /api/job/ID/retry', 'DELETE /api/job/ID'],
  ]
  for (const route of routes) {
    const [method = 'GET', to = ''] = route.includes(' ') ? route.split(' ') : ['GET', route]
    const gone = await request(to.replace('ID', 'acme--old'), { method })
    assert.equal(gone.status, 410, route)
    const { code, hint } = await gone.json()
    assert.equal(code, 'JOB_EXPIRED', route)
    assert.match(hint, /[Ss]ubmit/)
    for (const id of ['acme--never', 'acme--deleted']) {
      const missing = await request(to.replace('ID', id), { method })
      assert.deepEqual([missing.status, (await missing.json()).code], [404, 'NO_SUCH_JOB'], `${route} ${id}`)
    }
  }
  const page = await browse('/jobs/acme--old')
  assert.equal(page.status, 410)
  assert.match(await page.text(), /removed[\s\S]*Submit the repository again/)
  queue.move('acme--old', { status: 'queued' })
  assert.equal((await request('/api/job/acme--old')).status, 200)
})

test('serving documents notes their use; those that went say so, and a submission makes them anew', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-http-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const sets = createSetStore(folder)
  const key = await sets.publish(exampleSet)
  const noted: string[] = []
  const { queue, request, post } = await createFixture(t, { sets: { ...sets, noteUse: (used) => noted.push(used) } })
  queue.move('pallets--flask', { status: 'completed', repo_url: 'https://github.com/pallets/flask' }, key)
  for (const name of ['', 'src-app.md', 'llms.txt']) {
    assert.equal((await request(`/static-docs/pallets--flask/${name}`)).status, 200)
  }
  assert.equal((await request('/static-docs/pallets--flask/none.md')).status, 404)
  assert.deepEqual(noted, [key, key, key])
  assert.equal(await sets.removeUnused(key, Date.now() + 1_000), true)
  const expired = await request('/static-docs/pallets--flask/')
  assert.equal(expired.status, 404)
  assert.match((await expired.json()).detail, /expired/)
  const again = await post('/', { repo_url: 'https://github.com/pallets/flask' })
  assert.equal(again.status, 202)
  assert.equal(queue.submits.at(-1)?.force, true)
})
