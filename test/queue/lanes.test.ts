/** Jobs that ask the same host do so a few at a time, while others go past them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hostOfJob } from '#base/job-id.ts'
import { ReportedError } from '#queue/errors.ts'
import type { RunContext } from '#queue/runner.ts'
import { startSupervisor } from './supervisor-here.ts'
import { makeQueue, request, result, until } from './support.ts'

test('a lane holds as many as it is wide; who has left it makes room, and others overtake', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  for (const id of ['a--1', 'a--2', 'a--3', 'a--4', 'git.example.org--b--1']) await queue.submit(request(id))
  const started = new Map<string, { context: RunContext; end(): void }>()
  startSupervisor(
    t,
    fixture,
    (job, context) =>
      new Promise((resolve) => {
        context.report({ stage: 'clone', percent: 0, text: 'Asking' })
        started.set(job.jobId, { context, end: () => resolve(result) })
      }),
    { concurrency: 8, lanes: { laneOf: hostOfJob, isInLane: (stage) => stage === 'clone', width: 2 } },
  )
  await until(() => started.size === 3, 'two of one host and one of another run')
  assert.deepEqual([...started.keys()].sort(), ['a--1', 'a--2', 'git.example.org--b--1'])
  assert.equal((await queue.counts()).queued, 2)
  started.get('a--1')?.context.report({ stage: 'analyse', percent: 50, text: 'Reading' })
  await until(() => started.has('a--3'), 'the next one of the host runs')
  assert.equal(started.has('a--4'), false)
  started.get('a--2')?.end()
  await until(() => started.has('a--4'), 'the last one runs')
  for (const { end } of started.values()) end()
})

test('the host of a job is read from its id', () => {
  const ids = ['pallets--flask', 'gitlab.com--group--sub--repo@0123', '127.0.0.1_3000--test--x', 'local--x~~0123']
  assert.deepEqual(ids.map(hostOfJob), ['github.com', 'gitlab.com', '127.0.0.1_3000', undefined])
})

test('a time that the host names is waited for, and no longer than an hour', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  const named = [600, 1_000_000]
  const triedAt: number[] = []
  startSupervisor(
    t,
    fixture,
    async () => {
      triedAt.push(clock())
      const seconds = named.shift()
      if (seconds === undefined) return result
      throw new ReportedError({ code: 'RATE_LIMITED', message: 'Slow down.', hint: null }, seconds)
    },
    { isPassing: (code) => code === 'RATE_LIMITED' },
  )
  await queue.submit(request('acme--a'))
  await until(async () => {
    if ((await queue.read('acme--a'))?.view.status === 'completed') return true
    clock.aheadMs += 20_000
    return false
  }, 'it is tried a third time')
  const waits = triedAt.slice(1).map((at, index) => (at - (triedAt[index] ?? 0)) / 1_000)
  const [first = 0, second = 0] = waits
  assert.ok(first >= 600 && second >= 3_600, `waited ${waits} s`)
  assert.ok(second < 100_000, `waited ${waits} s`)
})
