/** Watches of the file system that say nothing, or lose what they had to say. */
import assert from 'node:assert/strict'
import { readdirSync, writeFileSync } from 'node:fs'
import { test } from 'node:test'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { startSupervisor as superviseHere } from '../supervisor-here.ts'
import { makeQueue, request, result } from '../support.ts'
import { begins, completeAll, eventually, makeSpool, release, startServer, startSupervisor } from './programs.ts'

test('without watches jobs are found, and waits end, by looking', async (t) => {
  const { spoolDir } = await makeSpool(t)
  const preload = new URL('no-watch.mjs', import.meta.url)
  const server = await startServer(t, spoolDir, { preload })
  await startSupervisor(t, spoolDir, { preload })
  assert.equal((await server.post('held')).status, 202)
  await begins(spoolDir, 'held')
  const wait = fetch(`${server.origin}/api/job/acme--held?wait=30`)
  await release(spoolDir, 'held')
  const before = performance.now()
  const job = (await (await wait).json()) as { status: string }
  t.diagnostic(`the wait ended ${Math.round(performance.now() - before)} ms after the job could`)
  assert.equal(job.status, 'completed')
  assert.ok(performance.now() - before < 10_000, 'before its 30 s were over')
  await completeAll(server, spoolDir, ['held'])
})

test('of 20,000 entries at once, more than the system keeps events for, none is left', async (t) => {
  const fixture = await makeQueue(t, { queueSize: 30_000 })
  const paths = new SpoolPaths(fixture.spoolDir)
  superviseHere(t, fixture, async () => result, { concurrency: 4 })
  await fixture.queue.submit(request('acme--first'))
  await eventually(async () => (await fixture.queue.read('acme--first'))?.view.status === 'completed', 'it works')
  // Entries of jobs that there are not: each is looked at and cleared away. Nothing else happens in this process meanwhile.
  const submittedMs = fixture.clock()
  for (let n = 0; n < 20_000; n++) {
    writeFileSync(paths.readyEntry({ jobId: `ghost--${n}`, priority: 5, submittedMs }), '')
  }
  await fixture.queue.submit(request('acme--last', { priority: 9 }))
  await eventually(
    async () => (await fixture.queue.read('acme--last'))?.view.status === 'completed',
    'all are seen',
    60_000,
  )
  assert.deepEqual(readdirSync(paths.ready), [])
})
