/** Connections that are lost before a statement arrives, and after it was committed: the outcome is read back. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { Backend, KeyRecord } from '#queue/backend.ts'
import { entryOf } from '#queue/backend.ts'
import type { JobIn } from '#queue/job.ts'
import { complete, createJob, start, withForce } from '#queue/job-transitions.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { reapWorker } from '#queue/reap.ts'
import { atEnd, createClock, request, result, silent } from '../queue/support.ts'
import { claimNext } from '../support/claim-next.ts'
import { type LossyProxy, startProxy } from './proxy.ts'
import { sharedServer, takeDatabase } from './server.ts'
import { onDatabase } from './start-server.ts'

const at = Date.parse('2026-01-01T00:00:00.000Z')

interface Fixture {
  url: string
  proxy: LossyProxy
  /** Over the proxy. */
  far: Backend
  near: Backend
}

async function setUp(t: TestContext): Promise<Fixture> {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const proxy = await startProxy(Number(new URL(url).port))
  atEnd(t, () => proxy.close())
  const over = new URL(url)
  over.port = String(proxy.port)
  const options = { log: silent, clock: createClock(), leaseMs: 15_000, maxConnections: 2 }
  const [far, near] = [await openPostgres(over.href, options), await openPostgres(url, options)]
  atEnd(t, () => far.close())
  atEnd(t, () => near.close())
  return { url, proxy, far, near }
}

const newJob = (id: string): JobIn<'queued'> => createJob(request(id), at)

for (const when of ['before', 'after'] as const) {
  const lost = when === 'before' ? 'before it arrives' : 'after its commit'

  test(`a job whose connection is lost ${lost} is accepted once`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    proxy.cutNext(when, 'INSERT INTO docspool.jobs')
    assert.equal(await far.accept(newJob('a')), true)
    assert.equal(proxy.cuts, 1)
    assert.deepEqual([(await near.jobs.read('a'))?.rev, await near.work.countWaiting()], [1, 1])
    proxy.cutNext(when, 'INSERT INTO docspool.jobs')
    assert.equal(await far.accept(newJob('a')), false, 'this time, it was there')
    assert.equal(proxy.cuts, 2)
  })

  test(`what is done in one statement is done once, and known to be, if its connection is lost ${lost}`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    const { worker } = await near.workers.register()
    const [steps, job] = [far.combined ?? assert.fail(), newJob('a')]
    proxy.cutNext(when, 'INSERT INTO docspool.jobs')
    assert.equal((await steps.accept(job, 9)).is, 'accepted')
    const [taken] = await steps.take(worker, 1)
    const entry = taken?.entry ?? assert.fail()
    proxy.cutNext(when, 'FOR KEY SHARE')
    const running = (await steps.start(job, start({ ...job, rev: 1 }, worker, at), entry)) ?? assert.fail()
    proxy.cutNext(when, 'DELETE FROM docspool.entries USING ended')
    const ended = await steps.finish(running, complete(running, result, at), entry)
    assert.equal(proxy.cuts, 3)
    const known = await near.jobs.read('a')
    assert.deepEqual([ended?.written, known?.rev, known?.status], [known, 3, 'completed'])
    assert.deepEqual(await near.work.claimedBy(worker), [])
    assert.deepEqual((await near.catalog.newest({ limit: 9, status: 'completed' })).length, 1)
  })

  test(`an update whose connection is lost ${lost} is written once, and known to be`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    const job = newJob('a')
    await near.jobs.create(job)
    proxy.cutNext(when, 'UPDATE docspool.jobs')
    const written = await far.jobs.update(job, withForce(job))
    assert.equal(written?.rev, 2)
    assert.equal(proxy.cuts, 1)
    assert.deepEqual(await near.jobs.read('a'), written)
  })

  test(`an update that lost against another one is refused, though its connection is lost ${lost}`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    const job = newJob('a')
    await near.jobs.create(job)
    await near.jobs.update(job, withForce(job))
    proxy.cutNext(when, 'UPDATE docspool.jobs')
    assert.equal(await far.jobs.update(job, { ...job, main_model: 'mine' }), undefined)
    assert.equal(proxy.cuts, 1)
    assert.equal((await near.jobs.read('a'))?.main_model, 'offline')
  })

  test(`a claim whose connection is lost ${lost} is given back, not guessed`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    await near.accept(newJob('a'))
    const { worker } = await near.workers.register()
    proxy.cutNext(when, 'FOR UPDATE OF entries')
    await assert.rejects(far.work.claim(worker), { code: 'DATABASE_UNAVAILABLE' })
    const held = await near.work.claimedBy(worker)
    assert.equal(held.length, when === 'after' ? 1 : 0)
    for (const entry of held) await near.work.putBack(worker, entry, null)
    assert.deepEqual(await far.work.claim(worker), entryOf(newJob('a')))
  })

  test(`keys and deliveries whose connection is lost ${lost} have one owner`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    const mine: KeyRecord = { request: 'r', jobId: 'a', outcome: null }
    proxy.cutNext(when, 'INSERT INTO docspool.keys')
    assert.equal(await far.keys.take('k', mine), mine)
    assert.equal(proxy.cuts, 1)
    const item = { jobId: 'a', callbackId: '0'.repeat(16), lane: '0'.repeat(20) }
    await near.outbox.add(item, 5)
    proxy.cutNext(when, 'UPDATE docspool.outbox')
    assert.deepEqual(await far.outbox.move({ ...item, dueMs: 5 }, 60), { ...item, dueMs: 60 })
    assert.equal(proxy.cuts, 2)
    assert.equal(await near.outbox.move({ ...item, dueMs: 5 }, 60), undefined)
  })

  test(`an event whose connection is lost ${lost} is in the log once`, async (t) => {
    const { proxy, far, near } = await setUp(t)
    await near.accept(newJob('a'))
    const sink = far.events.open('a', 1)
    await sink.append({ type: 'log', at: new Date(at).toISOString(), level: 'info', text: 'first' })
    proxy.cutNext(when, 'INSERT INTO docspool.events')
    await sink.append({ type: 'log', at: new Date(at).toISOString(), level: 'info', text: 'second' })
    await sink.close()
    assert.equal(proxy.cuts, 1)
    const texts = (await near.events.read('a', 1)).map((event) => (event.type === 'log' ? event.text : ''))
    assert.deepEqual(texts, ['first', 'second'])
  })
}

test('what is held up in the network for longer than the lease, and arrives then, is refused', async (t) => {
  const { proxy, far, near } = await setUp(t)
  await near.accept(newJob('a'))
  const deps = { log: silent, clock: createClock() }
  const late = (await claimNext(far, (await far.workers.register()).worker, deps)) ?? assert.fail()
  proxy.setLink('held')
  const result = { docsKey: 'late', resolvedCommit: 'a'.repeat(40), summary: 'Too late.' }
  const end = far.jobs.update(late.job, complete(late.job, result, at))
  const entry = far.work.drop(late.job.worker, late.entry)
  // Others take it for dead, and do its job.
  await reapWorker(near, late.job.worker, undefined, deps)
  const claim = (await claimNext(near, (await near.workers.register()).worker, deps)) ?? assert.fail()
  proxy.setLink('up')
  assert.equal(await end, undefined)
  await entry
  const job = (await near.jobs.read('a')) ?? assert.fail()
  assert.deepEqual([job.status, job.epoch, job.rev], ['processing', 2, claim.job.rev])
  assert.equal(await near.work.holds(claim.job.worker, claim.entry), true)
})

test('who watches is told again after the connection for hints was lost', async (t) => {
  const { proxy, far, near } = await setUp(t)
  let hints = 0
  atEnd(
    t,
    far.watch('queue', () => (hints += 1)),
  )
  const told = async (): Promise<void> => {
    const before = hints
    const end = performance.now() + 15_000
    for (let n = 0; hints === before; n++) {
      assert.ok(performance.now() < end, 'a hint arrives')
      await near.work.push(entryOf(newJob(`j${n}`)), null)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
  }
  await told()
  proxy.dropAll()
  await new Promise((resolve) => setTimeout(resolve, 50))
  await told()
})

test('another database at the same address is not written to', async (t) => {
  const { url, proxy, far } = await setUp(t)
  await onDatabase(url, 'UPDATE docspool.meta SET id = gen_random_uuid()')
  proxy.dropAll()
  await assert.rejects(far.accept(newJob('a')), { code: 'DATABASE_UNAVAILABLE', message: /Another database/ })
  assert.deepEqual(await onDatabase(url, 'SELECT job_id FROM docspool.jobs'), [])
})

test('programs end though no end of their connections answers', async (t) => {
  const { proxy, far } = await setUp(t)
  atEnd(
    t,
    far.watch('queue', () => undefined),
  )
  assert.equal(await far.accept(newJob('a')), true)
  proxy.setLink('deaf')
  await far.close()
})
