/** Pause, resume and drain: the switch lies in the spool, and supervisors look at it. */
import assert from 'node:assert/strict'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import { entryOf } from '#queue/backend.ts'
import { drainQueue, pauseQueue, resumeQueue } from '#queue/pause-queue.ts'
import type { Run } from '#queue/runner.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { supervise } from '#queue/supervisor.ts'
import { sleep } from '#queue/wakeup.ts'
import { claimNext } from '../support/claim-next.ts'
import { atEnd, type Fixture, makeQueue, request, result, silent, until } from './support.ts'

const deps = { log: silent, clock: Date.now }

/** Its jobs run until they are released. */
function startSupervisor(t: TestContext, { spoolDir, clock }: Fixture) {
  const end = new AbortController()
  const hard = new AbortController()
  const started: string[] = []
  let release: () => void = () => undefined
  const released = new Promise<void>((resolve) => {
    release = resolve
  })
  const run: Run = async ({ jobId }) => {
    started.push(jobId)
    await released
    return result
  }
  const ended = supervise({
    ...{ spoolDir, run, clock, log: silent, concurrency: 2, isPassing: () => false, graceMs: 10_000 },
    ...{ signal: end.signal, hardSignal: hard.signal },
  })
  atEnd(t, async () => {
    release()
    end.abort()
    hard.abort()
    await ended
  })
  return { started, release, ended, stop: () => end.abort() }
}

const openBackend = ({ spoolDir }: Fixture) => openSpool(spoolDir, { ...deps, leaseMs: 15_000 })

test('while the queue is paused nothing is claimed, also not by a supervisor that starts; submissions are taken', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  const first = startSupervisor(t, fixture)
  await until(async () => (await queue.state()).workers === 1, 'a supervisor works')
  await pauseQueue(spoolDir, 'ann@host', deps)
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  assert.equal((await queue.read('acme--a'))?.view.progress, 'The queue is paused')
  first.stop()
  await first.ended
  const backend = await openBackend(fixture)
  await queue.submit(request('acme--late'))
  const late = entryOf((await backend.jobs.read('acme--late')) ?? assert.fail())
  await backend.work.discard(late)
  await backend.work.push(late, 1)
  const second = startSupervisor(t, fixture)
  // It has looked at the queue by the time it lets an entry wait that was due.
  await until(() => backend.work.isReady(late), 'a delayed entry is moved')
  await until(async () => (await queue.state()).workers === 1, 'the second supervisor works')
  assert.deepEqual([...first.started, ...second.started], [])
  const { version } = (await queue.read('acme--a')) ?? assert.fail()

  const began = performance.now()
  assert.equal(await resumeQueue(spoolDir, deps), true)
  await until(() => second.started.length === 2, 'the jobs begin', 5_000)
  assert.ok(performance.now() - began < 1_500)
  await queue.changed('acme--a', version, AbortSignal.timeout(5_000))
  assert.equal(await queue.paused(), null)
  assert.equal(await resumeQueue(spoolDir, deps), false)
})

test('the mark says who and since when; the first one counts; what a hand made does as well', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  const paths = new SpoolPaths(spoolDir)
  const first = await pauseQueue(spoolDir, 'ann@host', deps)
  assert.equal(first.by, 'ann@host')
  assert.ok(Math.abs(Date.parse(first.since) - Date.now()) < 5_000)
  assert.deepEqual(await pauseQueue(spoolDir, 'bob@host', deps), first)
  assert.deepEqual(await queue.paused(), first)
  assert.deepEqual(JSON.parse(await readFile(paths.pausedMark, 'utf8')), first)
  await resumeQueue(spoolDir, deps)
  for (const make of [() => writeFile(paths.pausedMark, ''), () => mkdir(paths.pausedMark)]) {
    await make()
    const paused = await queue.paused()
    assert.equal(paused?.by, null)
    assert.ok(Math.abs(Date.parse(paused?.since ?? '') - Date.now()) < 5_000)
    await rm(paths.pausedMark, { recursive: true })
    assert.equal(await queue.paused(), null)
  }
})

test('who follows a waiting job is told of the pause and of its end', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await pauseQueue(spoolDir, 'ann@host', deps)
  const news = queue.streamEvents('acme--a', null, AbortSignal.timeout(10_000))
  const next = async () => {
    const { value } = await news.next()
    return value?.type === 'state' ? value.data.progress : undefined
  }
  assert.equal(await next(), 'The queue is paused')
  await resumeQueue(spoolDir, deps)
  assert.equal(await next(), 'Waiting')
  await news.return?.()
})

test('drain pauses and waits until nothing runs; before, it gives up when it is told to', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  await queue.submit(request('acme--a'))
  await queue.submit(request('acme--b'))
  const supervisor = startSupervisor(t, fixture)
  await until(() => supervisor.started.length === 2, 'both jobs run')
  await queue.submit(request('acme--c'))
  const seen: number[] = []
  const options = { by: 'ann@host', onRunning: (jobs: number) => void seen.push(jobs) }
  const enough = new AbortController()
  const early = drainQueue(spoolDir, { ...options, signal: enough.signal }, deps)
  await until(() => seen.length > 0, 'it has looked')
  enough.abort()
  assert.equal(await early, false)
  const late = drainQueue(spoolDir, { ...options, signal: new AbortController().signal }, deps)
  await until(() => seen.length > 1, 'it has looked again')
  // Longer than the time for which nothing has to run.
  const first = await Promise.race([late, sleep(1_300, new AbortController().signal)])
  assert.equal(first, undefined)
  supervisor.release()
  assert.equal(await late, true)
  assert.deepEqual([seen[0], seen.at(-1)], [2, 0])
  assert.deepEqual(await queue.counts(), { queued: 1, processing: 0, completed: 2, failed: 0 })
})

test('drain of a queue in which nothing runs succeeds, however short its time is', async (t) => {
  const { spoolDir } = await makeQueue(t)
  const seen: number[] = []
  const options = { by: 'ann@host', onRunning: (jobs: number) => void seen.push(jobs), signal: AbortSignal.abort() }
  assert.equal(await drainQueue(spoolDir, options, deps), true)
  assert.deepEqual(seen, [0])
})

test('drain does not wait for jobs whose worker is dead', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('acme--a'))
  const backend = await openBackend(fixture)
  const worker = '999999-1-00000001'
  const paths = new SpoolPaths(fixture.spoolDir)
  await writeFile(paths.worker(worker), JSON.stringify({ ...(await ownInfo(fixture)), worker, pid: 999_999 }))
  await mkdir(paths.activeOf(worker))
  await claimNext(backend, worker, deps)
  assert.equal((await fixture.queue.counts()).processing, 1)
  const options = { by: 'ann@host', onRunning: () => undefined, signal: AbortSignal.timeout(20_000) }
  assert.equal(await drainQueue(fixture.spoolDir, options, deps), true)
  assert.equal((await fixture.queue.read('acme--a'))?.view.status, 'queued')
})

/** As a worker of this process has it. */
async function ownInfo(fixture: Fixture): Promise<object> {
  const backend = await openBackend(fixture)
  const lease = await backend.workers.register()
  const info = JSON.parse(await readFile(new SpoolPaths(fixture.spoolDir).worker(lease.worker), 'utf8'))
  await lease.release()
  return info
}

test('the state of the queue tells counts, the age of the oldest that waits, and who works', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  const empty = await queue.state()
  assert.deepEqual([empty.oldestWaitingMs, empty.workers, empty.paused], [null, 0, null])
  await queue.submit(request('acme--old', { priority: 9 }))
  clock.aheadMs += 60_000
  await queue.submit(request('acme--young', { priority: 0 }))
  const backend = await openBackend(fixture)
  const lease = await backend.workers.register()
  const state = await queue.state()
  assert.deepEqual([state.counts.queued, state.workers], [2, 1])
  assert.ok(Math.abs((state.oldestWaitingMs ?? 0) - 60_000) < 5_000)
  await backend.work.push({ jobId: 'acme--later', priority: 5, submittedMs: clock() - 3_600_000 }, clock() + 60_000)
  assert.ok(((await queue.state()).oldestWaitingMs ?? 0) >= 3_600_000)
  await lease.release()
  assert.equal((await queue.state()).workers, 0)
})
