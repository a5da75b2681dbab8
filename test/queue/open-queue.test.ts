/** The server's side of the queue. */
import assert from 'node:assert/strict'
import { access, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import type { Submission } from '#queue/contract.ts'
import { BadJobId, IdempotencyKeyReused, QueueFull, RecordTooNew, WrongState } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import { complete, fail } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import { placeEntry } from '#queue/place-entry.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { claimNext } from '../support/claim-next.ts'
import { atEnd, type Fixture, makeQueue, request, result, settings, silent, until } from './support.ts'

/** Take the next job and end it, as a supervisor would. */
async function work({ spoolDir, clock }: Fixture, end: 'complete' | 'fail' | 'leave'): Promise<string> {
  const backend = await openSpool(spoolDir, { log: silent, clock, leaseMs: 15_000 })
  const lease = await backend.workers.register()
  const claim = (await claimNext(backend, lease.worker, { log: silent, clock })) ?? assert.fail('nothing waits')
  const { job, entry } = claim
  const error = { code: 'X', message: 'It failed.', hint: null }
  if (end !== 'leave') {
    const next = end === 'complete' ? complete(job, result, clock()) : fail(job, error, clock())
    const written = (await backend.jobs.update(job, next)) ?? assert.fail('fenced')
    await placeEntry(backend, lease.worker, entry, written)
    await lease.release()
  }
  await backend.close()
  return job.job_id
}

test('a new job is created, queued, and in the folder when the answer comes', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  const { outcome, job, retryAfterSeconds } = await queue.submit(request('acme--a'))
  assert.equal(outcome, 'created')
  assert.equal(job.view.status, 'queued')
  assert.equal(job.view.queue_position, 1)
  assert.ok((retryAfterSeconds ?? 0) >= 1)
  assert.equal((await readdir(path.join(spoolDir, 'ready'))).length, 1)
  assert.deepEqual((await queue.read('acme--a'))?.view, job.view)
})

test('fifty submissions of one job at once make one job, and all answers name it', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  const other = await openQueue(spoolDir, settings, { log: silent, clock: Date.now })
  atEnd(t, () => other.close())
  const all = await Promise.all(
    Array.from({ length: 50 }, (_, n) => (n % 2 === 0 ? queue : other).submit(request('acme--a'))),
  )
  assert.equal(all.filter((answer) => answer.outcome === 'created').length, 1)
  assert.ok(all.every((answer) => answer.job.view.job_id === 'acme--a'))
  assert.deepEqual(await queue.counts(), { queued: 1, processing: 0, completed: 0, failed: 0 })
})

test('a job that waits or runs is joined', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('acme--a'))
  assert.equal((await fixture.queue.submit(request('acme--a'))).outcome, 'joined')
  await work(fixture, 'leave')
  const { outcome, job } = await fixture.queue.submit(request('acme--a', { force: true }))
  assert.equal(outcome, 'joined')
  assert.equal(job.view.status, 'processing')
})

test('a completed job answers from the cache while it is fresh: a branch for a while, a pinned commit for long', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  const pinned = request('acme--a@1', { commitId: 'a'.repeat(40) })
  await queue.submit(request('acme--a'))
  await queue.submit(pinned)
  await work(fixture, 'complete')
  await work(fixture, 'complete')
  const cached = await queue.submit(request('acme--a'))
  assert.deepEqual([cached.outcome, cached.retryAfterSeconds], ['cached', null])
  assert.equal((await queue.submit(pinned)).outcome, 'cached')
  clock.aheadMs += settings.revalidateMs + 1
  const again = await queue.submit(request('acme--a'))
  assert.equal(again.outcome, 'created')
  assert.equal(again.job.view.docs_path, '/static-docs/acme--a/')
  assert.equal((await queue.submit(pinned)).outcome, 'cached')
  clock.aheadMs += settings.cacheExpiryMs
  assert.equal((await queue.submit(pinned)).outcome, 'created')
})

test('force gets past the cache, and a job that waits is told', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('acme--a'))
  await work(fixture, 'complete')
  fixture.clock.aheadMs += settings.revalidateMs + 1
  assert.equal((await fixture.queue.submit(request('acme--a'))).outcome, 'created')
  assert.equal((await fixture.queue.submit(request('acme--a', { force: true }))).outcome, 'joined')
  const backend = await openSpool(fixture.spoolDir, { log: silent, clock: Date.now, leaseMs: 15_000 })
  assert.equal((await backend.jobs.read('acme--a'))?.force, true)
})

test('a failed job cools down, says how long, and is queued anew after that; a cancelled one at once', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  await queue.submit(request('acme--a'))
  await work(fixture, 'fail')
  const refused = await queue.submit(request('acme--a'))
  assert.equal(refused.outcome, 'cooldown')
  assert.ok((refused.retryAfterSeconds ?? 0) > 170 && (refused.retryAfterSeconds ?? 0) <= 180)
  assert.equal(refused.job.view.error_code, 'X')
  clock.aheadMs += settings.retryCooldownMs
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  await queue.cancel('acme--a')
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
})

test('more jobs than may wait are refused at once, exactly, and taken again when there is room', async (t) => {
  const fixture = await makeQueue(t, { queueSize: 10 })
  const { queue } = fixture
  const all = await Promise.allSettled(Array.from({ length: 30 }, (_, n) => queue.submit(request(`acme--${n}`))))
  assert.equal(all.filter((one) => one.status === 'fulfilled').length, 10)
  for (const one of all) if (one.status === 'rejected') assert.ok(one.reason instanceof QueueFull)
  const accepted = all.find((one): one is PromiseFulfilledResult<Submission> => one.status === 'fulfilled')
  const known = accepted?.value.job.view.job_id ?? assert.fail()
  assert.equal((await queue.submit(request(known))).outcome, 'joined')
  await work(fixture, 'complete')
  assert.equal((await queue.submit(request('acme--new'))).outcome, 'created')
})

test('an idempotency key gives the same answer again and refuses another request', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  const keyed = request('acme--a', { idempotencyKey: 'key/../1' })
  const answers = await Promise.all([queue.submit(keyed), queue.submit(keyed), queue.submit(keyed)])
  assert.deepEqual(
    answers.map((answer) => answer.outcome),
    ['created', 'created', 'created'],
  )
  await work(fixture, 'complete')
  clock.aheadMs += settings.revalidateMs + 1
  const replayed = await queue.submit(keyed)
  assert.deepEqual([replayed.outcome, replayed.job.view.status], ['created', 'completed'])
  await assert.rejects(queue.submit(request('acme--b', { idempotencyKey: 'key/../1' })), IdempotencyKeyReused)
  assert.equal(await queue.read('acme--b'), undefined)
  assert.equal((await queue.submit({ ...keyed, idempotencyKey: 'key 2' })).outcome, 'created')
})

test('an id that is no file name is refused before anything is written', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (const id of ['../../x', 'a/b', '.a', 'x'.repeat(201)]) await assert.rejects(queue.submit(request(id)), BadJobId)
  assert.deepEqual(await readdir(path.join(spoolDir, 'jobs')), [])
  assert.equal(await queue.read('../../x'), undefined)
  assert.equal(await queue.cancel('../x'), undefined)
  assert.equal(await queue.remove('../x'), false)
})

test('positions follow priority and then time', async (t) => {
  const { queue } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  await queue.submit(request('acme--b'))
  const { job } = await queue.submit(request('acme--urgent', { priority: 0 }))
  assert.equal(job.view.queue_position, 1)
  assert.equal((await queue.read('acme--a'))?.view.queue_position, 2)
  assert.equal((await queue.read('acme--b'))?.view.queue_position, 3)
})

test('the list is newest first by submission, in pages, and by status and repository', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  const shared = 'https://github.com/acme/shared'
  for (let n = 0; n < 25; n++) {
    clock.aheadMs += 1_000
    await queue.submit(request(`acme--${n}`, n % 10 === 0 ? { repoUrl: shared } : {}))
    if (n < 12) await work(fixture, n % 3 === 0 ? 'fail' : 'complete')
  }
  clock.aheadMs += 90_000_000
  await queue.retry('acme--1')
  const expected = [
    'acme--1',
    ...Array.from({ length: 25 }, (_, n) => `acme--${24 - n}`).filter((id) => id !== 'acme--1'),
  ]

  const seen: string[] = []
  let after: string | null = null
  do {
    const page = await queue.list({ limit: 4, ...(after !== null && { after }) })
    assert.ok(page.jobs.length <= 4)
    seen.push(...page.jobs.map((job) => job.view.job_id))
    after = page.next
  } while (after !== null)
  assert.deepEqual(seen, expected)

  const back: string[] = []
  const oldest = await queue.list({ limit: 3, before: '0-acme--0' })
  assert.deepEqual(
    oldest.jobs.map((job) => job.view.job_id),
    expected.slice(-3),
    'what is newer than any time begins with the oldest',
  )
  back.push(...oldest.jobs.map((job) => job.view.job_id))
  for (let before = oldest.previous; before !== null; ) {
    const page = await queue.list({ limit: 4, before })
    back.unshift(...page.jobs.map((job) => job.view.job_id))
    before = page.previous
  }
  assert.deepEqual(back, expected, 'the way back meets the same jobs')

  const ids = async (query: Parameters<typeof queue.list>[0]) =>
    (await queue.list(query)).jobs.map((job) => job.view.job_id)
  const second = await queue.list({ limit: 4, after: (await queue.list({ limit: 4 })).next ?? '' })
  const first = await queue.list({ limit: 4, before: second.previous ?? '' })
  assert.deepEqual(
    first.jobs.map((job) => job.view.job_id),
    expected.slice(0, 4),
  )
  assert.equal((await ids({ limit: 1, after: first.next ?? '' }))[0], expected[4])
  assert.deepEqual(await ids({ nameHas: 'ME--2', limit: 4 }), ['acme--24', 'acme--23', 'acme--22', 'acme--21'])
  assert.deepEqual(await ids({ nameHas: '--9', status: 'failed', limit: 4 }), ['acme--9'])
  assert.deepEqual(await ids({ nameHas: 'nobody', limit: 4 }), [])
  assert.deepEqual(await ids({ status: 'failed', limit: 100 }), ['acme--9', 'acme--6', 'acme--3', 'acme--0'])
  assert.equal((await ids({ status: 'queued', limit: 100 })).length, 14)
  assert.deepEqual(await ids({ repoUrl: shared, limit: 100 }), ['acme--20', 'acme--10', 'acme--0'])
  assert.deepEqual(await ids({ repoUrl: `${shared}x`, limit: 100 }), [])
  assert.deepEqual(await queue.list({ limit: 5, after: '../../etc' }), { jobs: [], next: null, previous: null })
  assert.deepEqual(await queue.counts(), { queued: 14, processing: 0, completed: 7, failed: 4 })
})

test('a waiting job is cancelled at once and is not run', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  await queue.submit(request('acme--a'))
  const cancelled = await queue.cancel('acme--a')
  assert.deepEqual([cancelled?.view.status, cancelled?.view.error_code], ['failed', 'CANCELLED'])
  assert.deepEqual(await readdir(path.join(spoolDir, 'ready')), [])
  assert.equal((await queue.cancel('acme--a'))?.view.status, 'failed')
  assert.equal(await queue.cancel('acme--none'), undefined)
})

test('a running job is marked for its worker; the next submission is not concerned', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir, clock } = fixture
  await queue.submit(request('acme--a'))
  await work(fixture, 'leave')
  assert.equal((await queue.cancel('acme--a'))?.view.status, 'processing')
  const backend = await openSpool(spoolDir, { log: silent, clock, leaseMs: 15_000 })
  const job = (await backend.jobs.read('acme--a')) ?? assert.fail()
  assert.equal(await backend.cancels.isMarked(job), true)
  assert.equal(await backend.cancels.isMarked({ ...job, submitted_at: new Date(0).toISOString() }), false)
})

test('only a job that ended can be retried or removed', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, spoolDir } = fixture
  await queue.submit(request('acme--a'))
  await assert.rejects(queue.retry('acme--a'), WrongState)
  await assert.rejects(queue.remove('acme--a'), WrongState)
  await work(fixture, 'fail')
  assert.equal((await queue.retry('acme--a'))?.view.status, 'queued')
  await work(fixture, 'complete')
  assert.equal(await queue.remove('acme--a'), true)
  assert.equal(await queue.remove('acme--a'), false)
  assert.equal(await queue.read('acme--a'), undefined)
  assert.deepEqual((await queue.list({ limit: 10 })).jobs, [])
  assert.deepEqual(await queue.counts(), { queued: 0, processing: 0, completed: 0, failed: 0 })
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'created')
  await access(path.join(spoolDir, 'LAYOUT'))
})

test('who waits for a change is woken by it, and by the end of the wait', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  const { job } = await queue.submit(request('acme--a'))
  const never = new AbortController()
  const waits = [1, 2, 3].map(() => queue.changed('acme--a', job.version, never.signal))
  await work(fixture, 'complete')
  await Promise.all(waits)
  await queue.changed('acme--a', job.version, never.signal)
  const now = (await queue.read('acme--a')) ?? assert.fail()
  assert.notEqual(now.version, job.version)
  const end = new AbortController()
  const wait = queue.changed('acme--a', now.version, end.signal)
  end.abort()
  await wait
  await queue.changed('acme--none', 'x', never.signal)
})

test('a position that changes is a change', async (t) => {
  const { queue } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  const { job } = await queue.submit(request('acme--b'))
  const changed = queue.changed('acme--b', job.version, new AbortController().signal)
  await queue.cancel('acme--a')
  await changed
  assert.equal((await queue.read('acme--b'))?.view.queue_position, 1)
})

test('a job that a crash kept from the queue is brought back by the next submission', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  const { rm } = await import('node:fs/promises')
  const [name = ''] = await readdir(path.join(spoolDir, 'ready'))
  await rm(path.join(spoolDir, 'ready', name))
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'joined')
  assert.deepEqual(await readdir(path.join(spoolDir, 'ready')), [name])
})

test('job.json is refreshed soon after', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  await queue.submit(request('acme--a'))
  const shards = await readdir(path.join(spoolDir, 'jobs'))
  await until(async () => {
    const names = await readdir(path.join(spoolDir, 'jobs', shards[0] ?? '', 'acme--a'))
    return names.includes('job.json')
  }, 'job.json')
})

test('a key does not keep the answer that nothing was accepted', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  await queue.submit(request('acme--a'))
  await work(fixture, 'fail')
  const keyed = request('acme--a', { idempotencyKey: 'k' })
  assert.equal((await queue.submit(keyed)).outcome, 'cooldown')
  clock.aheadMs += settings.retryCooldownMs
  assert.equal((await queue.submit(keyed)).outcome, 'created')
  assert.equal((await queue.submit(keyed)).outcome, 'created')
})

test('a job that ended by a clock that was ahead is neither fresh nor cooling down', async (t) => {
  const fixture = await makeQueue(t)
  const { queue, clock } = fixture
  clock.aheadMs = 86_400_000
  await queue.submit(request('acme--good'))
  await work(fixture, 'complete')
  await queue.submit(request('acme--bad'))
  await work(fixture, 'fail')
  clock.aheadMs = 0
  for (const id of ['acme--good', 'acme--bad']) assert.equal((await queue.submit(request(id))).outcome, 'created', id)
})

test('a record that cannot be read is missing from the list, and from nothing else', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (const id of ['acme--a', 'acme--new', 'acme--z']) await queue.submit(request(id))
  const file = new SpoolPaths(spoolDir).revision('acme--new', 2)
  await writeFile(file, JSON.stringify({ version: 3, job_id: 'acme--new', rev: 2 }))
  const { jobs } = await queue.list({ limit: 10 })
  assert.deepEqual(jobs.map(({ view }) => view.job_id).sort(), ['acme--a', 'acme--z'])
  await assert.rejects(queue.read('acme--new'), RecordTooNew)
  const { unreadable, jobs: all } = await fsck(spoolDir, { log: silent, clock: Date.now })
  assert.deepEqual([unreadable, all], [1, 3])
})

test('of a job that is removed and submitted again and again the newest revisions stay', async (t) => {
  const { queue, spoolDir } = await makeQueue(t)
  for (let n = 0; n < 15; n++) {
    await queue.submit(request('acme--a'))
    await queue.submit(request('acme--a', { force: true }))
    await queue.cancel('acme--a')
    await queue.remove('acme--a')
  }
  const names = await readdir(new SpoolPaths(spoolDir).job('acme--a'))
  assert.ok(names.length <= 33, `${names.length} files`)
})

test('followed repositories are read in parts, which together are all', async (t) => {
  const { queue } = await makeQueue(t)
  const urls = ['a', 'b', 'c'].map((name) => `https://github.com/acme/${name}`)
  for (const repoUrl of urls) await queue.follows.put({ repoUrl, wish: {}, everyMinutes: 60 })
  const first = await queue.follows.page(null, 2)
  assert.equal(first.follows.length, 2)
  const second = await queue.follows.page(first.next, 2)
  assert.equal(second.next, null)
  assert.deepEqual([...first.follows, ...second.follows].map(({ repo_url }) => repo_url).sort(), urls)
})
