/** The queue itself: what `WorkQueue`, `Workers` and `watch` promise. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Entry } from '#queue/backend.ts'
import { LeaseLost } from '#queue/errors.ts'
import { createJob } from '#queue/job-transitions.ts'
import { createClock, request, until } from '../support.ts'
import type { OpenBackend } from './harness.ts'

const at = Date.parse('2026-01-01T00:00:00.000Z')
const entry = (jobId: string, priority = 5, submittedMs = at): Entry => ({ jobId, priority, submittedMs })
const namesOf = (entries: Entry[]): string[] => entries.map(({ jobId }) => jobId).sort()

export function testQueueing(open: OpenBackend): void {
  test('of many who claim at once, through both handles, each entry has one taker', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const workers = [await employ(), await employ()]
    for (let n = 0; n < 60; n++) await (n % 2 === 0 ? one : two).work.push(entry(`acme--${n}`, n % 10, at + n), null)
    const lanes = Array.from({ length: 12 }, async (_, n) => {
      const [{ work }, worker] = [n % 2 === 0 ? one : two, workers[n % 2]?.worker ?? '']
      const taken: string[] = []
      for (;;) {
        const claimed = await work.claim(worker)
        if (claimed === undefined) return taken
        taken.push(claimed.jobId)
      }
    })
    const taken = (await Promise.all(lanes)).flat()
    assert.deepEqual(taken.sort(), Array.from({ length: 60 }, (_, n) => `acme--${n}`).sort())
    const held = await Promise.all(workers.map(({ worker }) => one.work.claimedBy(worker)))
    assert.deepEqual(namesOf(held.flat()), taken)
  })

  test('entries of the same hour come by priority, then by the time of submission', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    const order = [entry('z', 0, at + 9), entry('y', 3, at + 1), entry('x', 3, at + 2), entry('a', 9, at)]
    for (const [n, item] of [3, 0, 2, 1].entries())
      await (n % 2 === 0 ? one : two).work.push(order[item] ?? entry(''), null)
    const positions = await Promise.all(order.map((item) => two.work.position(item)))
    assert.deepEqual(positions, [1, 2, 3, 4])
    assert.equal(await one.work.position(entry('m', 3, at + 3)), 4, 'where it would stand')
    const taken: (Entry | undefined)[] = []
    for (let n = 0; n < 4; n++) taken.push(await (n % 2 === 0 ? two : one).work.claim(worker))
    assert.deepEqual(taken, order)
    assert.equal(await one.work.claim(worker), undefined)
  })

  test('an hour of waiting is worth a step of priority', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    const hour = 3_600_000
    const order = [entry('old', 9, at), entry('urgent', 0, at + 9 * hour + 1), entry('plain', 5, at + 4 * hour + 2)]
    for (const item of [...order].reverse()) await one.work.push(item, null)
    assert.deepEqual(await Promise.all(order.map((item) => two.work.position(item))), [1, 2, 3])
    for (const item of order) assert.deepEqual(await two.work.claim(worker), item)
  })

  test('entries that are not admitted are passed over, and stay', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    for (const [n, id] of ['a', 'b', 'c'].entries()) await one.work.push(entry(id, 5, at + n), null)
    assert.equal((await two.work.claim(worker, ({ jobId }) => jobId !== 'a'))?.jobId, 'b')
    assert.equal(await one.work.claim(worker, ({ jobId }) => jobId === 'b'), undefined)
    assert.equal(await one.work.countWaiting(), 2)
    assert.equal((await one.work.claim(worker))?.jobId, 'a')
    assert.equal((await two.work.claim(worker, () => true))?.jobId, 'c')
  })

  test('an entry that is pushed twice is claimed once', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    await Promise.all([one, two, one, two].map(({ work }) => work.push(entry('a'), null)))
    await one.work.push(entry('late'), 5_000)
    await two.work.push(entry('late'), 5_000)
    assert.equal(await two.work.countWaiting(), 2)
    assert.deepEqual(await two.work.claim(worker), entry('a'))
    assert.equal(await one.work.claim(worker), undefined)
  })

  test('an entry in a worker’s hands goes back, or on to a later time, once', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    for (const id of ['a', 'b']) await one.work.push(entry(id), null)
    await one.work.claim(worker)
    await one.work.claim(worker)
    assert.deepEqual(namesOf(await two.work.claimedBy(worker)), ['a', 'b'])
    assert.deepEqual([await two.work.holds(worker, entry('a')), await two.work.isReady(entry('a'))], [true, false])
    await two.work.putBack(worker, entry('a'), null)
    await one.work.putBack(worker, entry('a'), null)
    await two.work.putBack(worker, entry('b'), 7_000)
    await two.work.putBack(worker, entry('c'), null)
    assert.deepEqual(await one.work.claimedBy(worker), [])
    assert.deepEqual([await one.work.isReady(entry('a')), await one.work.isReady(entry('b'))], [true, false])
    assert.equal(await one.work.isReady(entry('c')), false, 'it was in no hands')
    assert.equal(await two.work.countWaiting(), 2)
  })

  test('hold puts an entry into hands, drop takes it out; both may be repeated', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    await one.work.hold(worker, entry('a'))
    await two.work.hold(worker, entry('a'))
    assert.deepEqual(await one.work.claimedBy(worker), [entry('a')])
    await two.work.drop(worker, entry('a'))
    await one.work.drop(worker, entry('a'))
    assert.equal(await two.work.holds(worker, entry('a')), false)
    assert.equal(await one.work.countWaiting(), 0)
  })

  test('an entry for later is claimed when its time has come, and not before', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    await one.work.push(entry('late'), 9_000)
    await two.work.push(entry('soon'), 5_000)
    assert.equal(await two.work.promoteDue(4_999), 5_000)
    assert.equal(await one.work.claim(worker), undefined)
    assert.equal(await one.work.promoteDue(5_000), 9_000)
    assert.deepEqual(await two.work.claim(worker), entry('soon'))
    assert.equal(await two.work.promoteDue(60_000), undefined)
    assert.equal(await one.work.isReady(entry('late')), true)
    assert.deepEqual(await one.work.claim(worker), entry('late'))
  })

  test('a waiting entry is taken out wherever it waits, and no other one', async (t) => {
    const { one, two } = await open(t, createClock())
    const rest = [entry('b--a'), entry('a', 5, at + 1), entry('a', 4)]
    for (const item of [entry('a'), ...rest]) await one.work.push(item, null)
    await two.work.push(entry('a'), 5_000)
    await two.work.push(entry('b--a'), 5_000)
    await two.work.discard(entry('a'))
    await one.work.discard(entry('a'))
    await one.work.discard(entry('unknown'))
    assert.equal(await one.work.countWaiting(), 4)
    assert.equal(await one.work.isReady(entry('a')), false)
    for (const item of rest) assert.equal(await two.work.isReady(item), true, JSON.stringify(item))
  })

  test('an operator’s pause holds in every handle until it is taken back, and tells who paused first', async (t) => {
    const clock = createClock()
    const { one, two } = await open(t, clock)
    assert.deepEqual([await one.control.read(), await one.work.isPaused()], [undefined, false])
    const pause = await one.control.pause('first')
    assert.equal(pause.by, 'first')
    assert.deepEqual(await two.control.pause('second'), pause)
    assert.deepEqual(await two.control.read(), pause)
    assert.deepEqual([await one.work.isPaused(), await two.work.isPaused()], [true, true])
    assert.deepEqual([await two.control.resume(), await one.control.resume()], [true, false])
    assert.deepEqual([await one.control.read(), await two.work.isPaused()], [undefined, false])
  })

  test('a worker is registered, under an id of its own, until it lets go', async (t) => {
    const { one, two } = await open(t, createClock())
    const leases = [await one.workers.register(), await one.workers.register(), await two.workers.register()]
    assert.equal(new Set(leases.map(({ worker }) => worker)).size, 3)
    for (const { worker, lost } of leases) {
      assert.deepEqual([await one.workers.isRegistered(worker), await two.workers.isRegistered(worker)], [true, true])
      assert.equal(lost.aborted, false)
    }
    for (const { workers } of [one, two]) assert.deepEqual(await workers.listDead(), [])
    for (const lease of leases) {
      await lease.release()
      assert.equal(await two.workers.isRegistered(lease.worker), false)
    }
    assert.equal(await one.workers.isRegistered('nobody'), false)
  })

  test('a worker that died is listed, and struck off by one who has taken everything from it', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const [living, dying] = [await employ(), await employ()]
    await one.work.push(entry('a'), null)
    await one.work.claim(dying.worker)
    await dying.kill()
    for (const { workers } of [one, two]) {
      assert.deepEqual(
        (await workers.listDead()).map(({ worker }) => worker),
        [dying.worker],
      )
      assert.equal(await workers.isRegistered(dying.worker), true)
      assert.equal(await workers.retire(dying.worker), false, 'it holds something')
    }
    assert.deepEqual(await two.work.claimedBy(dying.worker), [entry('a')])
    await two.work.putBack(dying.worker, entry('a'), null)
    assert.equal(await two.workers.retire(dying.worker), true)
    assert.equal(await one.workers.retire(dying.worker), true, 'a second time')
    assert.equal(await one.workers.isRegistered(dying.worker), false)
    assert.deepEqual(await one.work.claimedBy(dying.worker), [])
    assert.deepEqual(await one.workers.listDead(), [])
    assert.equal(await one.workers.isRegistered(living.worker), true)
  })

  test('a worker that was struck off claims nothing, takes nothing away, and learns of it', async (t) => {
    const { one, two } = await open(t, createClock())
    const lease = await one.workers.register()
    assert.equal(await two.workers.retire(lease.worker), true)
    await two.work.push(entry('a'), null)
    await assert.rejects(one.work.claim(lease.worker), LeaseLost)
    assert.equal(await two.work.isReady(entry('a')), true)
    const other = await two.workers.register()
    assert.deepEqual(await two.work.claim(other.worker), entry('a'))
    await until(() => lease.lost.aborted, 'the lease is lost')
    await lease.release()
    await two.work.drop(other.worker, entry('a'))
    await other.release()
  })

  test('the statistics count live workers and give the time of the oldest waiting job', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    assert.deepEqual([await one.stats.oldestWaiting(), await one.stats.countWorkers()], [undefined, 0])
    assert.equal(await one.stats.lastBeat(), undefined)
    const [, dying] = [await employ(), await employ()]
    await one.work.push(entry('a', 0, at + 7), null)
    await one.work.push(entry('b', 5, at + 3), null)
    await two.work.push(entry('c', 5, at + 1), at + 9_000)
    for (const { stats } of [one, two]) {
      assert.deepEqual([await stats.oldestWaiting(), await stats.countWorkers()], [at + 1, 2])
      const age = Date.now() - ((await stats.lastBeat()) ?? 0)
      assert.ok(age > -60_000 && age < 60_000, `the newest sign of life is ${age} ms old`)
    }
    await dying.kill()
    await one.work.discard(entry('c', 5, at + 1))
    assert.deepEqual([await two.stats.oldestWaiting(), await two.stats.countWorkers()], [at + 3, 1])
  })

  test('who watches is called after a change, unless a look shows it first; and not after the end', async (t) => {
    const { one, two } = await open(t, createClock())
    const calls = { queue: 0, job: 0, ended: 0 }
    const job = createJob(request('acme--a'), at)
    await one.accept(job)
    t.after(one.watch('queue', () => (calls.queue += 1)))
    t.after(one.watch({ jobId: 'acme--a' }, () => (calls.job += 1)))
    one.watch('queue', () => (calls.ended += 1))()
    calls.ended = 0
    await two.accept(createJob(request('acme--b'), at))
    await until(async () => calls.queue > 0 || (await one.work.countWaiting()) === 2, 'the queue')
    await two.jobs.update(job, { ...job, force: true })
    await until(async () => calls.job > 0 || (await one.jobs.read('acme--a'))?.force, 'the job')
    assert.equal(calls.ended, 0)
  })
}
