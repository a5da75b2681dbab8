/** Jobs that ask the same host do so a few at a time over all supervisors. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostOfJob } from '#base/job-id.ts'
import { openQueue } from '#queue/open-queue.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import type { RunContext } from '#queue/runner.ts'
import { startSupervisor } from '../queue/supervisor-here.ts'
import { atEnd, createClock, makeFolder, request, result, settings, silent, until } from '../queue/support.ts'
import { sharedServer, takeDatabase } from './server.ts'
import { onDatabase } from './start-server.ts'

const lanes = { laneOf: hostOfJob, isInLane: (stage: string) => stage === 'clone', width: 2 }

test('a lane holds as many as it is wide over all supervisors; others overtake, and who leaves makes room', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const clock = createClock()
  const queue = await openQueue({ databaseUrl: url }, settings, { log: silent, clock })
  atEnd(t, () => queue.close())
  const ids = ['a--1', 'a--2', 'a--3', 'a--4', 'a--5', 'git.example.org--b--1']
  for (const id of ids) await queue.submit(request(id))
  const started = new Map<string, { context: RunContext; end(): void }>()
  let most = 0
  const inLane = new Set<string>()
  for (let n = 0; n < 3; n++) {
    startSupervisor(
      t,
      { spoolDir: await makeFolder(t), clock, queue },
      (job, context) =>
        new Promise((resolve, reject) => {
          context.signal.addEventListener('abort', () => reject(context.signal.reason))
          context.report({ stage: 'clone', percent: 0, text: 'Asking' })
          if (job.jobId.startsWith('a--')) inLane.add(job.jobId)
          most = Math.max(most, inLane.size)
          const end = (): void => {
            inLane.delete(job.jobId)
            resolve(result)
          }
          started.set(job.jobId, { context, end })
        }),
      { databaseUrl: url, concurrency: 4, lanes },
    )
  }
  await until(() => started.size === 3, 'two of one host and one of another run')
  assert.ok(started.has('git.example.org--b--1'))
  const [first = '', second = ''] = inLane
  inLane.delete(first)
  started.get(first)?.context.report({ stage: 'analyse', percent: 50, text: 'Reading' })
  await until(() => started.size === 4, 'the next one of the host runs')
  started.get(second)?.end()
  await until(() => started.size === 5, 'and one more')
  for (;;) {
    for (const { end } of started.values()) end()
    if ((await queue.counts()).completed === ids.length) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  assert.equal(most, 2)
  await until(async () => (await onDatabase(url, 'SELECT FROM docspool.lanes')).length === 0, 'all have left')
})

test('a slot is taken once, given back, and goes with a worker that is retired', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const open = () => openPostgres(url, { log: silent, clock: Date.now, leaseMs: 60_000 })
  const [one, two] = [await open(), await open()]
  for (const each of [one, two]) atEnd(t, () => each.close())
  const [left, right] = [await one.workers.register(), await two.workers.register()]
  const take = (backend: typeof one, worker: string, jobId: string, width = 3) =>
    backend.lanes?.take({ worker, jobId, lane: 'github.com', width })
  const taken = await Promise.all(
    Array.from({ length: 10 }, (_, n) =>
      n % 2 === 0 ? take(one, left.worker, `a--${n}`) : take(two, right.worker, `a--${n}`),
    ),
  )
  assert.equal(taken.filter(Boolean).length, 3)
  const mine = taken.findIndex((each, n) => each && n % 2 === 0)
  if (mine >= 0) assert.equal(await take(one, left.worker, `a--${mine}`), true, 'it is in the lane already')
  assert.deepEqual([...((await one.lanes?.listFull(3)) ?? [])], ['github.com'])
  assert.deepEqual([...((await one.lanes?.listFull(4)) ?? [])], [])
  const rows = await onDatabase(url, `SELECT worker, job_id FROM docspool.lanes LIMIT 1`)
  await one.lanes?.leave(String(rows[0]?.worker), String(rows[0]?.job_id))
  assert.equal(await take(two, right.worker, 'a--x'), true)
  await right.release()
  assert.equal((await onDatabase(url, 'SELECT FROM docspool.lanes WHERE worker = $1', [right.worker])).length, 0)
  assert.equal(await take(two, right.worker, 'a--y'), false, 'it is not registered any more')
})
