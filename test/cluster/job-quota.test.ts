/** The limit of unfinished jobs of a client holds over all servers. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createSharedJobQuota } from '#cluster/job-quota.ts'
import { onDatabase } from '../postgres/start-server.ts'
import { until } from '../queue/support.ts'
import { connectMachines, jobRow } from './machines.ts'

async function start(t: TestContext, most: number) {
  const { url, databases } = await connectMachines(t)
  const [one, two] = databases.map((database) => createSharedJobQuota(database, most))
  return { url, one: one ?? assert.fail(), two: two ?? assert.fail() }
}

test('submissions at the same time to two servers get as many jobs as one client may have', async (t) => {
  const { one, two } = await start(t, 5)
  const taken = await Promise.all(
    Array.from({ length: 16 }, (_, n) => (n % 2 === 0 ? one : two).take('10.0.0.1', `h--${n}`)),
  )
  assert.equal(taken.filter((each) => each !== undefined).length, 5)
  assert.notEqual(await two.take('10.0.0.2', 'h--x'), undefined, 'another client has a limit of its own')
})

test('a job counts until it has finished; one that was not created does not count', async (t) => {
  const { url, one, two } = await start(t, 2)
  const undo = (await one.take('c', 'h--1')) ?? assert.fail()
  assert.ok(await one.take('c', 'h--2'))
  assert.equal(await two.take('c', 'h--3'), undefined)
  undo()
  await until(async () => (await onDatabase(url, 'SELECT FROM docspool.client_jobs')).length === 1, 'it is undone')
  assert.ok(await two.take('c', 'h--3'))
  await onDatabase(url, `${jobRow('h--2', 'processing')}; ${jobRow('h--3', 'queued')}`)
  assert.equal(await one.take('c', 'h--4'), undefined)
  await onDatabase(url, jobRow('h--2', 'failed'))
  assert.ok(await one.take('c', 'h--4'))
  assert.ok(await one.take('c', 'h--3'), 'to join a job costs nothing')
  await onDatabase(url, jobRow('h--other', 'queued'))
  assert.ok(await one.take('c', 'h--other'), 'nor does that of another client')
})

test('a server that died during a submission does not count for long; rows of finished jobs are removed', async (t) => {
  const { url, one } = await start(t, 1)
  assert.ok(await one.take('c', 'h--1'))
  assert.equal(await one.take('c', 'h--2'), undefined)
  await onDatabase(url, `UPDATE docspool.client_jobs SET taken_at = now() - interval '2 minutes'`)
  assert.ok(await one.take('c', 'h--2'))
  await onDatabase(url, jobRow('h--2', 'completed'))
  await onDatabase(url, `UPDATE docspool.client_jobs SET taken_at = now() - interval '2 minutes'`)
  assert.equal(await one.sweep(), 1)
  assert.equal(await one.sweep(), 0)
})
