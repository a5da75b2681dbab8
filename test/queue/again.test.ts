/** A submission that insists while the job runs is followed by one more run, whatever happens to the first. */
import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { ReportedError } from '#queue/errors.ts'
import type { RunContext } from '#queue/runner.ts'
import { startSupervisor } from './supervisor-here.ts'
import { makeQueue, request, result, until } from './support.ts'

const forced = request('acme--a', { force: true, priority: 2 })

/** A job that runs until it is told how to end; each run is noted. */
function createRunner() {
  const runs: { epoch: number; force: boolean; end(how: 'well' | 'badly'): void; context: RunContext }[] = []
  const run = (job: { epoch: number; force: boolean }, context: RunContext) =>
    new Promise<typeof result>((resolve, reject) => {
      context.signal.addEventListener('abort', () => reject(context.signal.reason))
      const fault = new ReportedError({ code: 'NOT_FOUND', message: 'Gone.', hint: null })
      const end = (how: 'well' | 'badly'): void => (how === 'well' ? resolve(result) : reject(fault))
      runs.push({ epoch: job.epoch, force: job.force, end, context })
    })
  return { runs, run }
}

for (const how of ['well', 'badly'] as const) {
  test(`many who insist while it runs share one more run; the first ends ${how}`, async (t) => {
    const fixture = await makeQueue(t)
    const { queue, spoolDir } = fixture
    const { runs, run } = createRunner()
    startSupervisor(t, fixture, run)
    const first = await queue.submit(request('acme--a'))
    await until(() => runs.length === 1, 'it runs')
    assert.equal((await queue.submit(request('acme--a'))).job.view.follow_up, false)
    const insisting = await Promise.all(Array.from({ length: 20 }, () => queue.submit(forced)))
    for (const { outcome, job } of insisting) assert.deepEqual([outcome, job.view.status], ['joined', 'processing'])
    assert.equal((await queue.read('acme--a'))?.view.follow_up, true)

    runs[0]?.end(how)
    await until(() => runs.length === 2, 'it runs again')
    assert.deepEqual([runs[1]?.epoch, runs[1]?.force], [2, true])
    const between = (await queue.read('acme--a'))?.view
    assert.deepEqual([between?.status, between?.priority, between?.attempt], ['processing', 2, 0])
    assert.equal(between?.docs_path, how === 'well' ? (first.job.view.docs_path ?? '/static-docs/acme--a/') : null)
    const { submitted_at, error_code, error_message } = between?.previous_run ?? assert.fail('its end is known')
    assert.equal(submitted_at, first.job.view.submitted_at)
    assert.deepEqual([error_code, error_message], how === 'well' ? [null, null] : ['NOT_FOUND', 'Gone.'])
    runs[1]?.end('well')
    const view = await until(async () => {
      const now = (await queue.read('acme--a'))?.view
      return now?.status === 'completed' && now
    }, 'it ends')
    assert.deepEqual([view.epoch, view.follow_up, runs.length], [2, false, 2])
    const counts = await until(async () => {
      const now = await queue.counts()
      return now.processing === 0 && now
    }, 'its names follow')
    for (const folder of ['ready', 'delayed']) assert.deepEqual(await readdir(path.join(spoolDir, folder)), [])
    assert.deepEqual(counts, { queued: 0, processing: 0, completed: 1, failed: 0 })
  })
}

test('a job that is cancelled is not run again for those who had insisted', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  const { runs, run } = createRunner()
  startSupervisor(t, fixture, run)
  await queue.submit(request('acme--a'))
  await until(() => runs.length === 1, 'it runs')
  await queue.submit(forced)
  await queue.cancel('acme--a')
  const view = await until(async () => {
    const now = (await queue.read('acme--a'))?.view
    return now?.status === 'failed' && now
  }, 'it ends')
  assert.deepEqual([view.error_code, view.follow_up, runs.length], ['CANCELLED', false, 1])
})

test('a job that is handed back has the wish of those who insisted', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  const { runs, run } = createRunner()
  const supervisor = startSupervisor(t, fixture, run, { graceMs: 10 })
  await queue.submit(request('acme--a'))
  await until(() => runs.length === 1, 'it runs')
  await queue.submit(forced)
  supervisor.drain.abort()
  await supervisor.ended
  const view = (await queue.read('acme--a'))?.view
  assert.deepEqual([view?.status, view?.follow_up], ['queued', false])
  startSupervisor(t, fixture, run)
  await until(() => runs.length === 2, 'it runs again')
  assert.equal(runs[1]?.force, true)
  runs[1]?.end('well')
})

for (const force of [true, false]) {
  test(`a submission after the cancel is not concerned by it${force ? ', though it insists' : ''}`, async (t) => {
    const fixture = await makeQueue(t)
    const { queue } = fixture
    const { runs, run } = createRunner()
    const held: (() => void)[] = []
    startSupervisor(t, fixture, (job, context) =>
      // A worker that takes its time to end.
      job.epoch === 1
        ? run(job, context).catch(async (error) => {
            await new Promise<void>((resolve) => held.push(resolve))
            throw error
          })
        : run(job, context),
    )
    await queue.submit(request('acme--a'))
    await until(() => runs.length === 1, 'it runs')
    await queue.cancel('acme--a')
    await until(() => held.length === 1, 'it is about to end')
    const { outcome, job } = await queue.submit(request('acme--a', { force }))
    assert.deepEqual([outcome, job.view.status, job.view.follow_up], ['joined', 'processing', true])
    held[0]?.()
    await until(() => runs.length === 2, 'it runs again')
    runs[1]?.end('well')
    await until(async () => (await queue.read('acme--a'))?.view.status === 'completed', 'it ends well')
  })
}
