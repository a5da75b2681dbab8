/** `docspool jobs` lists as many jobs as it is asked for, each once. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { makeQueue, request } from '../queue/support.ts'
import { program } from '../support/docspool.ts'

const run = async (args: string[]): Promise<string> =>
  (await promisify(execFile)(process.execPath, [program, 'jobs', ...args])).stdout

test('lists more jobs than a page of the service has', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (let n = 0; n < 230; n++) await queue.submit(request(`acme--${n}`))
  const spool = ['--spool-dir', spoolDir]
  const lines = (await run(['--json', '--limit', '1000', ...spool])).trimEnd().split('\n')
  const ids = lines.map((line) => JSON.parse(line).job_id)
  assert.deepEqual([ids.length, new Set(ids).size], [230, 230])
  const rows = (await run(['--limit', '205', ...spool])).trimEnd().split('\n')
  assert.equal(rows.filter((row) => row.startsWith('queued ')).length, 205)
  assert.equal(rows.filter((row) => row.startsWith('STATUS')).length, 1)
  for (const limit of ['0', '1e1', 'x']) await assert.rejects(run(['--limit', limit, ...spool]), { code: 2 })
})

test('lists the jobs of the server in DOCSPOOL_URL, with cancelled ones apart', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (const id of ['acme--a', 'acme--b']) await queue.submit(request(id))
  await queue.cancel('acme--a')
  const spool = ['--spool-dir', spoolDir]
  const [cancelled = '', failed = ''] = [
    await run(['--status', 'cancelled', ...spool]),
    await run(['--status', 'failed', ...spool]),
  ]
  assert.match(cancelled, /^cancelled +acme--a .*Z$/m)
  assert.match(failed, /^No jobs to list\.$/m)

  const views = (await queue.list({ limit: 9 })).jobs.map(({ view }) => view)
  const asked: string[] = []
  const server = createServer(({ url = '' }, response) => {
    asked.push(url)
    const counts = { queued: 1, processing: 0, completed: 0, failed: 1, oldest_waiting_s: 1, workers: 1 }
    const state = { ...counts, paused: true, paused_since: '2026-11-24T15:22:00Z' }
    response.end(JSON.stringify(url.startsWith('/api/queue') ? state : { jobs: views, next: null, previous: null }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.after(() => server.close())
  const env = { ...process.env, DOCSPOOL_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  const { stdout } = await promisify(execFile)(process.execPath, [program, 'jobs', '--limit', '5'], { env })
  assert.match(stdout, /^cancelled +acme--a/m)
  assert.match(stdout, /^1 queued, .* 1 failed or cancelled\nThe queue is paused since 2026-11-24 15:22 UTC\.$/m)
  assert.deepEqual(asked, ['/api/jobs?limit=5', '/api/queue'])
})
