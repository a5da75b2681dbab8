/** Records: what `JobStore`, `accept`, `CancelMarks` and `KeyStore` promise. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Backend, entryOf, type KeyRecord } from '#queue/backend.ts'
import { isIn, type Job, type JobIn } from '#queue/job.ts'
import { cancelQueued, complete, createJob, resubmit, start, withForce } from '#queue/job-transitions.ts'
import { createClock, request, result } from '../support.ts'
import type { OpenBackend } from './harness.ts'

const CROWD = 12
const at = Date.parse('2026-01-01T00:00:00.000Z')
const error = { code: 'X', message: 'x', hint: null }
const newJob = (jobId: string): JobIn<'queued'> => createJob(request(jobId), at)

/** Do something many times at once, by turns through both handles. */
function crowd<T>(one: Backend, two: Backend, step: (backend: Backend, n: number) => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: CROWD }, (_, n) => step(n % 2 === 0 ? one : two, n)))
}

async function insistOn(backend: Backend, jobId: string): Promise<Job> {
  const job = (await backend.jobs.read(jobId)) ?? assert.fail('no such job')
  return (await backend.jobs.update(job, isIn(job, 'queued') ? withForce(job) : job)) ?? assert.fail('refused')
}

export function testRecords(open: OpenBackend): void {
  test('of many who create a job at once one does, and all read what it wrote', async (t) => {
    const { one, two } = await open(t, createClock())
    const created = await crowd(one, two, (backend) => backend.jobs.create(newJob('acme--a')))
    assert.equal(created.filter(Boolean).length, 1)
    for (const { jobs } of [one, two]) assert.deepEqual(await jobs.read('acme--a'), newJob('acme--a'))
    assert.equal(await one.jobs.read('acme--b'), undefined)
  })

  test('of many who update one revision at once one does, by one, and the others change nothing', async (t) => {
    const { one, two } = await open(t, createClock())
    let job: Job = newJob('acme--a')
    await one.jobs.create(newJob('acme--a'))
    for (let rev = 2; rev <= 8; rev++) {
      const current: Job = job
      const written: (Job | undefined)[] = await crowd(one, two, (backend, n) =>
        backend.jobs.update(current, { ...current, main_model: `model ${n}` }),
      )
      const won = written.filter((job) => job !== undefined)
      assert.equal(won.length, 1)
      job = won[0] ?? assert.fail()
      assert.equal(job.rev, rev)
      for (const { jobs } of [one, two]) assert.deepEqual(await jobs.read('acme--a'), job)
    }
  })

  test('what a job was asked for and what it cost is read as it was written, through any handle', async (t) => {
    const { one, two } = await open(t, createClock())
    const options = { model: 'gpt-x', language: 'ja', notes: 'Ja.\n\u2028\ud83d\ude00', max_cost_usd: 0.1 } as const
    const spend = { calls: 1, kept: 2, input_tokens: 3, output_tokens: 4, cost_usd: 0.1 + 0.2 }
    const job = createJob(request('acme--a', { options }), at)
    await one.accept(job)
    const claimed = (await one.jobs.update(job, start(job, 'w', at))) ?? assert.fail()
    const done = complete(claimed, { ...result, spend, degraded: 'budget' }, at)
    await two.jobs.update(claimed, done)
    for (const { jobs } of [one, two]) assert.deepEqual(await jobs.read('acme--a'), { ...done, rev: claimed.rev + 1 })
  })

  test('a writer that slept through forty revisions is refused', async (t) => {
    const { one, two } = await open(t, createClock())
    const first = newJob('acme--a')
    await one.jobs.create(first)
    for (let n = 0; n < 40; n++) await insistOn(n % 2 === 0 ? one : two, 'acme--a')
    const now = await one.jobs.read('acme--a')
    assert.equal(now?.rev, 41)
    assert.equal(await two.jobs.update(first, start(first, 'late', at)), undefined)
    assert.deepEqual(await one.jobs.read('acme--a'), now)
  })

  test('what was read is a copy: a change to it is nobody else’s', async (t) => {
    const { one, two } = await open(t, createClock())
    await one.jobs.create(newJob('acme--a'))
    const job = (await one.jobs.read('acme--a')) ?? assert.fail()
    job.main_model = 'changed'
    assert.equal((await two.jobs.read('acme--a'))?.main_model, 'offline')
  })

  test('a job that there is not is not updated and not removed', async (t) => {
    const { one } = await open(t, createClock())
    const job = newJob('acme--a')
    assert.equal(await one.jobs.update(job, withForce(job)), undefined)
    assert.equal(await one.jobs.read('acme--a'), undefined)
  })

  test('a job that was removed counts on when it comes back: who knew the old one is refused', async (t) => {
    const { one, two } = await open(t, createClock())
    const job = newJob('acme--a')
    await one.jobs.create(job)
    const ended = (await one.jobs.update(job, cancelQueued(job, error, at))) ?? assert.fail()
    assert.equal(await two.jobs.remove(job), false, 'it has changed since')
    assert.equal(await two.jobs.remove(ended), true)
    assert.equal(await one.jobs.remove(ended), false, 'it is gone')
    for (const { jobs } of [one, two]) {
      assert.equal(await jobs.read('acme--a'), undefined)
      assert.equal(await jobs.update(ended, ended), undefined)
    }
    assert.equal(await one.accept(createJob(request('acme--a'), at + 1)), true)
    const again = (await two.jobs.read('acme--a')) ?? assert.fail()
    assert.ok(again.rev > ended.rev + 1, `revision ${again.rev} after ${ended.rev}`)
    for (const old of [job, ended]) assert.equal(await one.jobs.update(old, old), undefined)
    assert.deepEqual(await two.jobs.read('acme--a'), again)
  })

  test('a job keeps counting its claims through a removal', async (t) => {
    const { one, two } = await open(t, createClock())
    const job = newJob('acme--a')
    await one.jobs.create(job)
    const claimed = (await one.jobs.update(job, start(job, 'w', at))) ?? assert.fail()
    const { worker: _, started_at, ...rest } = claimed
    const failed: JobIn<'failed'> = {
      ...{ ...rest, status: 'failed', started_at, completed_at: started_at },
      ...{ error_code: 'X', error_message: 'x', hint: null },
    }
    assert.ok(await one.jobs.remove((await one.jobs.update(claimed, failed)) ?? assert.fail()))
    await two.jobs.create(createJob(request('acme--a'), at + 1))
    assert.equal((await one.jobs.read('acme--a'))?.epoch, 1)
  })

  test('of a removal and an update at once one happens', async (t) => {
    const { one, two } = await open(t, createClock())
    for (let n = 0; n < 6; n++) {
      const job = newJob(`acme--${n}`)
      await one.jobs.create(job)
      const ended = (await one.jobs.update(job, cancelQueued(job, error, at))) ?? assert.fail()
      const [isRemoved, updated] = await Promise.all([
        one.jobs.remove(ended),
        two.jobs.update(ended, resubmit(ended, { priority: 1, force: false, mainModel: 'm' }, at)),
      ])
      assert.equal(isRemoved, updated === undefined)
      assert.deepEqual(await two.jobs.read(job.job_id), updated)
    }
  })

  test('of many who bring a job in one is told so, and it waits once', async (t) => {
    const { one, two } = await open(t, createClock())
    const taken = await crowd(one, two, (backend) => backend.accept(newJob('acme--a')))
    assert.equal(taken.filter(Boolean).length, 1)
    for (const { jobs, work } of [one, two]) {
      assert.equal((await jobs.read('acme--a'))?.status, 'queued')
      assert.equal(await work.isReady(entryOf(newJob('acme--a'))), true)
      assert.equal(await work.countWaiting(), 1)
    }
  })

  test('a mark asks for the end of one submission, through any handle, until it is cleared', async (t) => {
    const { one, two } = await open(t, createClock())
    const job = newJob('acme--a')
    await one.accept(job)
    const later = { ...job, submitted_at: new Date(at + 1).toISOString() }
    assert.equal(await two.cancels.isMarked(job), false)
    await one.cancels.mark(job)
    await two.cancels.mark(job)
    assert.deepEqual([await one.cancels.isMarked(job), await two.cancels.isMarked(job)], [true, true])
    assert.equal(await two.cancels.isMarked(later), false)
    await two.cancels.clear('acme--a')
    await one.cancels.clear('acme--a')
    assert.equal(await one.cancels.isMarked(job), false)
  })

  test('of many requests under one key one holds it, and all are told which', async (t) => {
    const { one, two } = await open(t, createClock())
    const keys = ['k', '../../k', 'k'.repeat(1_000), 'k\n\0']
    for (const key of keys) {
      const held = await crowd(one, two, ({ keys }, n) =>
        keys.take(key, { request: `${n}`, jobId: `j${n}`, outcome: null }),
      )
      assert.equal(new Set(held.map(({ request }) => request)).size, 1, JSON.stringify(key))
    }
  })

  test('the answer under a key is there for every later request', async (t) => {
    const { one, two } = await open(t, createClock())
    const record: KeyRecord = { request: 'r', jobId: 'acme--a', outcome: null }
    assert.deepEqual(await one.keys.take('k', record), record)
    await one.keys.settle('k', { ...record, outcome: 'created' })
    const other = { request: 'other', jobId: 'acme--b', outcome: null }
    assert.deepEqual(await two.keys.take('k', other), { ...record, outcome: 'created' })
    assert.deepEqual(await two.keys.take('l', other), other)
  })

  test('a key is given back by who took it, unless there is an answer', async (t) => {
    const { one, two } = await open(t, createClock())
    const record: KeyRecord = { request: 'r', jobId: 'acme--a', outcome: null }
    const other = { request: 'other', jobId: 'acme--b', outcome: null }
    assert.equal(await one.keys.take('k', record), record)
    await two.keys.release('k', other)
    assert.deepEqual(await two.keys.take('k', other), record)
    await one.keys.release('k', record)
    assert.equal(await two.keys.take('k', other), other)
    await two.keys.settle('k', { ...other, outcome: 'created' })
    await two.keys.release('k', other)
    assert.deepEqual(await one.keys.take('k', record), { ...other, outcome: 'created' })
    await one.keys.release('none', record)
  })
}
