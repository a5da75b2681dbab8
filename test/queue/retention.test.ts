/** Jobs that ended long ago go, a limited number at a time, and nothing else does. */
import assert from 'node:assert/strict'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { type Backend, entryOf } from '#queue/backend.ts'
import { cancelQueuedJob } from '#queue/cancel-queued.ts'
import { fsck } from '#queue/fsck.ts'
import { collectGarbage } from '#queue/gc.ts'
import { complete, createJob } from '#queue/job-transitions.ts'
import { placeEntry } from '#queue/place-entry.ts'
import { createJobRetention } from '#queue/retention.ts'
import { readReferences } from '#queue/set-references.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { supervise } from '#queue/supervisor.ts'
import { claimNext } from '../support/claim-next.ts'
import { atEnd, makeQueue, NO_TIDYING, request, result, silent, until } from './support.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const KEEP = 10 * DAY

async function setUp(t: TestContext) {
  const fixture = await makeQueue(t)
  const { spoolDir, clock } = fixture
  const backend = await openSpool(spoolDir, { log: silent, clock, leaseMs: 15_000 })
  atEnd(t, () => backend.close())
  const deps = { keepJobsMs: KEEP, log: silent, clock }
  const lease = await backend.workers.register()
  atEnd(t, () => lease.release())
  return {
    ...fixture,
    ...{ backend, deps, paths: new SpoolPaths(spoolDir), retention: createJobRetention(backend, deps) },
    /** Take the next job, and end it unless it is left. */
    async work(end: 'complete' | 'leave' = 'complete') {
      const claim = (await claimNext(backend, lease.worker, { log: silent, clock })) ?? assert.fail('nothing waits')
      if (end === 'leave') return
      const written = await backend.jobs.update(claim.job, complete(claim.job, result, clock()))
      await placeEntry(backend, lease.worker, claim.entry, written)
    },
    ids: async () => (await fixture.queue.list({ limit: 100 })).jobs.map(({ view }) => view.job_id).sort(),
  }
}

/** Jobs that were submitted and cancelled at this time. */
async function addEnded(backend: Backend, count: number, at: number): Promise<void> {
  const add = async (n: number): Promise<void> => {
    const job = createJob(request(`acme--${at}-${n}`), at + n)
    await backend.accept(job)
    await cancelQueuedJob(backend, job, at + n)
    await backend.work.discard(entryOf(job))
  }
  await Promise.all(Array.from({ length: count }, (_, n) => add(n)))
}

test('a job goes when it ended longer ago than the limit; one that waits or runs never does', async (t) => {
  const { queue, clock, work, retention, ids } = await setUp(t)
  await queue.submit(request('acme--old'))
  await work()
  for (const id of ['acme--late', 'acme--running', 'acme--waiting']) await queue.submit(request(id))
  clock.aheadMs += KEEP
  // Submitted long ago as well, but ended now.
  await work()
  await work('leave')
  clock.aheadMs += 1_000
  assert.deepEqual(await retention.removeSome(), { removed: ['acme--old'], isEnd: true })
  assert.deepEqual(await ids(), ['acme--late', 'acme--running', 'acme--waiting'])
  assert.deepEqual(await queue.counts(), { queued: 1, processing: 1, completed: 1, failed: 0 })
  clock.aheadMs += KEEP
  assert.deepEqual((await retention.removeSome()).removed, ['acme--late'])
})

test('at most 200 go at a time, oldest first, and the folders of their days after them', async (t) => {
  const { queue, clock, backend, retention, paths } = await setUp(t)
  const now = clock()
  await addEnded(backend, 250, now - 30 * DAY)
  await addEnded(backend, 200, now - 20 * DAY)
  await addEnded(backend, 3, now - DAY)
  const sizes: number[] = []
  let isEnd = false
  while (!isEnd) {
    const some = await retention.removeSome()
    sizes.push(some.removed.length)
    if (sizes.length === 1) assert.ok(some.removed.every((id) => id.includes(String(now - 30 * DAY))))
    isEnd = some.isEnd
  }
  assert.deepEqual(sizes, [200, 200, 50])
  assert.deepEqual(await queue.counts(), { queued: 0, processing: 0, completed: 0, failed: 3 })
  assert.equal((await readdir(paths.endedStatus('failed'))).length, 1)
  assert.deepEqual((await retention.removeSome()).removed, [])
  const { quarantined, repaired } = await fsck(paths.root, { log: silent, clock })
  assert.deepEqual([quarantined, repaired], [[], 0])
})

test('old places are listed from a place on, over days and both states', async (t) => {
  const { clock, backend, queue, work } = await setUp(t)
  await queue.submit(request('acme--done'))
  await work()
  const now = clock()
  await addEnded(backend, 3, now - 2 * DAY)
  await addEnded(backend, 2, now - DAY)
  const all = await backend.expiry.oldestEnded({ beforeMs: now + 1, limit: 10 })
  assert.equal(all.length, 6)
  assert.equal(all.at(-1)?.jobId, 'acme--done')
  const [, , third] = all
  assert.ok(third !== undefined)
  assert.deepEqual(await backend.expiry.oldestEnded({ beforeMs: now + 1, after: third, limit: 2 }), all.slice(3, 5))
  assert.equal((await backend.expiry.oldestEnded({ beforeMs: now - DAY, limit: 10 })).length, 3)
})

test('a job that is queued anew between the look and the removal stays, with all it has', async (t) => {
  const { queue, clock, work, backend, deps } = await setUp(t)
  await queue.submit(request('acme--a'))
  await work()
  clock.aheadMs += KEEP + 1_000
  const racing: Backend = {
    ...backend,
    expiry: {
      ...backend.expiry,
      async mark(jobId) {
        await backend.expiry.mark(jobId)
        assert.equal((await queue.submit(request(jobId))).outcome, 'created')
      },
    },
  }
  assert.deepEqual((await createJobRetention(racing, deps).removeSome()).removed, [])
  assert.equal(await backend.expiry.isMarked('acme--a'), false)
  const { view, docsKey } = (await queue.read('acme--a')) ?? assert.fail('lost')
  assert.deepEqual([view.status, view.queue_position, docsKey], ['queued', 1, result.docsKey])
  assert.deepEqual(await backend.expiry.jobsOf(view.repo_url), ['acme--a'])
  await work()
  assert.equal((await queue.read('acme--a'))?.view.status, 'completed')
  assert.equal(await queue.remove('acme--a'), true)
  assert.equal(await queue.hasExpired('acme--a'), false)
})

test('several that remove at the same time remove each job once', async (t) => {
  const { clock, backend, deps, queue } = await setUp(t)
  await addEnded(backend, 60, clock() - 30 * DAY)
  const all = await Promise.all([1, 2, 3].map(() => createJobRetention(backend, deps).removeSome()))
  const removed = all.flatMap((some) => some.removed)
  assert.deepEqual([removed.length, new Set(removed).size], [60, 60])
  for (const id of removed) assert.equal(await queue.hasExpired(id), true)
})

test('an expired job is known as such; one that a user deleted is not; one that is submitted again is there', async (t) => {
  const { queue, clock, work, retention } = await setUp(t)
  for (const id of ['acme--a', 'acme--b']) {
    await queue.submit(request(id))
    await work()
  }
  await queue.remove('acme--b')
  clock.aheadMs += KEEP + 1_000
  await retention.removeSome()
  assert.equal(await queue.read('acme--a'), undefined)
  const known = await Promise.all(['acme--a', 'acme--b', 'acme--never', '../x'].map(queue.hasExpired))
  assert.deepEqual(known, [true, false, false, false])
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  await work()
  assert.equal((await queue.read('acme--a'))?.view.status, 'completed')
  await queue.remove('acme--a')
  assert.equal(await queue.hasExpired('acme--a'), false)
})

test('marks are forgotten after 90 days, a part at a time', async (t) => {
  const { clock, backend, retention, queue } = await setUp(t)
  await addEnded(backend, 5, clock() - 30 * DAY)
  const { removed } = await retention.removeSome()
  const sweepAll = async (): Promise<number> => {
    let swept = 0
    for (;;) {
      const some = await retention.sweepMarks()
      swept += some.swept
      if (some.isEnd) return swept
    }
  }
  clock.aheadMs += 89 * DAY
  assert.equal(await sweepAll(), 0)
  clock.aheadMs += DAY + 1_000
  assert.ok((await retention.sweepMarks()).swept < 5)
  await sweepAll()
  for (const id of removed) assert.equal(await queue.hasExpired(id), false)
})

test('a check leaves marks alone and puts aside what is none', async (t) => {
  const { backend, paths, queue, clock } = await setUp(t)
  await backend.expiry.mark('acme--gone')
  await writeFile(path.join(paths.expired, 'stray'), '')
  await mkdir(path.join(path.dirname(paths.expiredMark('acme--gone')), 'folder'))
  const { quarantined } = await fsck(paths.root, { log: silent, clock })
  const files = quarantined.map(({ file }) => file).sort()
  assert.equal(files.length, 2)
  assert.match(files.join(' '), /^expired\/[0-9a-f]{2}\/folder expired\/stray$/)
  assert.equal(await queue.hasExpired('acme--gone'), true)
})

test('what jobs refer to is told by their records; a spool that has lost its notes tells nothing', async (t) => {
  const { queue, backend, work, paths } = await setUp(t)
  const repoUrl = 'https://github.com/acme/shared'
  for (const id of ['acme--a', 'acme--b', 'acme--c']) await queue.submit(request(id, { repoUrl }))
  await work()
  await work('leave')
  assert.deepEqual(await readReferences(backend, repoUrl), {
    keys: new Set(['k1']),
    kept: new Set(),
    isBusy: true,
    jobs: 3,
  })
  assert.deepEqual((await readReferences(backend, repoUrl, new Set(['acme--a']))).keys, new Set())
  assert.deepEqual(await readReferences(backend, `${repoUrl}x`), {
    keys: new Set(),
    kept: new Set(),
    isBusy: false,
    jobs: 0,
  })
  await rm(paths.repos, { recursive: true })
  await assert.rejects(readReferences(backend, repoUrl), { code: 'ENOENT' })
})

test('a supervisor does it by itself', async (t) => {
  const { queue, clock, work, spoolDir } = await setUp(t)
  await queue.submit(request('acme--a'))
  await work()
  clock.aheadMs += KEEP + 1_000
  const drain = new AbortController()
  const asked: { jobs: number }[] = []
  const ended = supervise({
    ...{ spoolDir, clock, log: silent, signal: drain.signal, hardSignal: drain.signal },
    ...{ run: async () => result, concurrency: 1, isPassing: () => false, graceMs: 0 },
    retention: {
      keepJobsMs: KEEP,
      everyMs: 10,
      tidySets: async (read) => void asked.push(await read('https://github.com/acme/acme--a')),
    },
  })
  atEnd(t, async () => {
    drain.abort()
    await ended
  })
  await until(async () => (await queue.read('acme--a')) === undefined, 'the job is removed')
  await until(() => asked.at(-1)?.jobs === 0, 'sets are tidied after it')
  drain.abort()
  await ended
  assert.deepEqual(asked.at(-1), { keys: new Set(), kept: new Set(), isBusy: false, jobs: 0 })
})

test('gc does all of it at once, and a dry run tells the same and changes nothing', async (t) => {
  const { clock, backend, deps, spoolDir, queue } = await setUp(t)
  await addEnded(backend, 250, clock() - 30 * DAY)
  await addEnded(backend, 1, clock())
  await backend.expiry.mark('acme--earlier')
  clock.aheadMs += 91 * DAY
  await backend.close()
  // Copies for people are written in the background.
  const everything = async () =>
    (await readdir(spoolDir, { recursive: true })).filter((name) => !/job\.json|^(tmp|journal)/.test(name)).sort()
  const before = await everything()
  const keepJobsMs = 100 * DAY
  const dry = await collectGarbage(spoolDir, { ...deps, keepJobsMs, isDry: true }, NO_TIDYING)
  assert.deepEqual([dry.removed.length, dry.marks, dry.check], [250, 1, undefined])
  assert.deepEqual(await everything(), before)
  const failed: number[] = []
  const report = await collectGarbage(
    spoolDir,
    { ...deps, keepJobsMs },
    {
      ...NO_TIDYING,
      tidySets: async () => void failed.push((await queue.counts()).failed),
    },
  )
  assert.deepEqual([report.removed.sort(), report.marks], [dry.removed.sort(), 1])
  // Sets go before the jobs, and again after them.
  assert.deepEqual(failed, [251, 1])
})
