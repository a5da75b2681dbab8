/** Who is told that a job has ended, how often, and what is seen of it. The runner and the one who tells are stand-ins. */
import assert from 'node:assert/strict'
import { readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import type { CallbackView } from '#queue/contract.ts'
import { TooManyCallbacks } from '#queue/errors.ts'
import { fsck } from '#queue/fsck.ts'
import type { Run } from '#queue/runner.ts'
import type { Notice, NotifyResult } from '#queue/webhook-notice.ts'
import { startSupervisor } from './supervisor-here.ts'
import { type Fixture, makeQueue, request, result, silent, until } from './support.ts'

const callback = (name: string) => ({
  url: `https://hooks.example/${name}?key=s3cret`,
  origin: 'https://hooks.example',
})
const nameOf = ({ url }: Notice): string => new URL(url).pathname.slice(1)

interface Told {
  notices: Notice[]
  notify(notice: Notice): Promise<NotifyResult>
}

/** @param answers - One for each try; delivered when there are none left. */
function createTold(...answers: NotifyResult[]): Told {
  const notices: Notice[] = []
  return {
    notices,
    async notify(notice) {
      notices.push(notice)
      return answers[notices.length - 1] ?? { is: 'delivered' }
    },
  }
}

const done: Run = async () => result
const outboxOf = (fixture: Fixture): Promise<string[]> => readdir(path.join(fixture.spoolDir, 'outbox'))

async function callbacksOf({ queue }: Fixture, jobId = 'a--b'): Promise<CallbackView[]> {
  return (await queue.read(jobId))?.view.callbacks ?? []
}
const settled = (fixture: Fixture, jobId = 'a--b') =>
  until(async () => {
    const found = await callbacksOf(fixture, jobId)
    return (
      found.length > 0 &&
      found.every((one) => one.delivered_at ?? one.failed_at) &&
      (await outboxOf(fixture)).length === 0 &&
      found
    )
  }, 'all callbacks are settled')

async function start(t: TestContext, told: Told, run: Run = done): Promise<Fixture> {
  const fixture = await makeQueue(t)
  startSupervisor(t, fixture, run, { notify: told.notify })
  return fixture
}

test('who asked is told of the end, and nobody sees more than the origin', async (t) => {
  const told = createTold()
  const fixture = await start(t, told)
  await fixture.queue.submit(request('a--b', { callback: callback('x') }))
  const [found] = await settled(fixture)
  assert.equal(found?.origin, 'https://hooks.example')
  assert.equal(found?.tries, 1)
  const [notice] = told.notices
  assert.equal(notice?.job.status, 'completed')
  assert.deepEqual(notice?.job.callbacks, [])
  assert.match(notice?.id ?? '', /^msg_[0-9a-f]{32}$/)
  assert.doesNotMatch(JSON.stringify(await fixture.queue.read('a--b')), /s3cret/)
})

test('what fails is tried again later with the same id, until it works', async (t) => {
  const told = createTold(
    { is: 'failed', error: 'It answered 500.' },
    { is: 'failed', error: 'x', retryAfterMs: 3_600_000 },
  )
  const fixture = await start(t, told)
  await fixture.queue.submit(request('a--b', { callback: callback('x') }))
  const tried = (tries: number) => until(async () => (await callbacksOf(fixture))[0]?.tries === tries, `try ${tries}`)
  await tried(1)
  assert.equal((await callbacksOf(fixture))[0]?.last_error, 'It answered 500.')
  fixture.clock.aheadMs += 6_001
  await tried(2)
  // 5 minutes by the plan; the receiver wants an hour.
  fixture.clock.aheadMs += 3_500_000
  await until(async () => (await outboxOf(fixture)).length === 1, 'it waits')
  assert.equal(told.notices.length, 2)
  fixture.clock.aheadMs += 1_000_000
  const [found] = await settled(fixture)
  assert.deepEqual([found?.tries, found?.last_error], [3, null])
  assert.equal(new Set(told.notices.map(({ id }) => id)).size, 1)
})

test('ten tries are enough, and a receiver that is gone is asked once', async (t) => {
  const told = createTold(
    ...Array.from({ length: 20 }, (): NotifyResult => ({ is: 'failed', error: 'It answered 500.' })),
  )
  const fixture = await start(t, told)
  await fixture.queue.submit(request('a--b', { callback: callback('x') }))
  const given = until(async () => {
    fixture.clock.aheadMs += 3_600_000
    return (await callbacksOf(fixture))[0]?.failed_at != null
  }, 'given up')
  await given
  assert.equal((await settled(fixture))[0]?.tries, 10)
  assert.equal(told.notices.length, 10)

  const gone = createTold({ is: 'gone', error: 'It answered 410.' })
  const other = await start(t, gone)
  await other.queue.submit(request('a--b', { callback: callback('x') }))
  assert.ok((await settled(other))[0]?.failed_at)
  const before = (await other.queue.read('a--b'))?.view.epoch ?? 0
  await other.queue.retry('a--b')
  await until(async () => ((await other.queue.read('a--b'))?.view.epoch ?? 0) > before, 'it runs again')
  await until(async () => (await other.queue.read('a--b'))?.view.status === 'completed', 'it ends again')
  assert.deepEqual([gone.notices.length, await outboxOf(other)], [1, []])
})

test('who joins is told as well, the same address once, and a run that follows is waited for', async (t) => {
  const told = createTold()
  let goOn = (): void => undefined
  const going = new Promise<void>((resolve) => (goOn = resolve))
  const fixture = await start(t, told, async () => {
    await going
    return result
  })
  const { queue } = fixture
  await queue.submit(request('a--b', { callback: callback('x') }))
  await until(async () => (await queue.read('a--b'))?.view.status === 'processing', 'it runs')
  await queue.submit(request('a--b', { callback: callback('x') }))
  await queue.submit(request('a--b', { callback: callback('y'), force: true }))
  goOn()
  await settled(fixture)
  assert.deepEqual(told.notices.map(nameOf).sort(), ['x', 'y'])
  assert.ok(
    told.notices.every(({ job }) => job.epoch === 2),
    'of the end of the run that followed',
  )
})

test('an answer from the cache is told at once; a retry tells all again, as another message', async (t) => {
  const told = createTold()
  const fixture = await start(t, told)
  const { queue } = fixture
  await queue.submit(request('a--b', { callback: callback('x') }))
  await settled(fixture)
  assert.equal((await queue.submit(request('a--b', { callback: callback('y') }))).outcome, 'cached')
  await until(() => told.notices.length === 2, 'the second is told')
  await settled(fixture)
  await queue.retry('a--b')
  await until(() => told.notices.length === 4, 'both are told again')
  assert.equal(new Set(told.notices.map(({ id }) => id)).size, 4)
  assert.deepEqual(told.notices.map(nameOf).slice(2).sort(), ['x', 'y'])
})

test('a job that fails or is cancelled while it waits is told of', async (t) => {
  const told = createTold()
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('a--b', { callback: callback('x') }))
  await fixture.queue.cancel('a--b')
  assert.equal((await outboxOf(fixture)).length, 1)
  startSupervisor(t, fixture, done, { notify: told.notify })
  await settled(fixture)
  assert.deepEqual([told.notices[0]?.job.status, told.notices[0]?.job.error_code], ['failed', 'CANCELLED'])
})

test('a supervisor that cannot tell leaves it to one that can, and one that ends mid-way to the next', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('a--b', { callback: callback('x') }))
  const mute = startSupervisor(t, fixture, done)
  await until(async () => (await outboxOf(fixture)).length === 1, 'it ended')
  mute.drain.abort()
  await mute.ended
  let isAsked = false
  const stopped = startSupervisor(t, fixture, done, {
    notify: (_notice, signal) =>
      new Promise((_resolve, reject) => {
        isAsked = true
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      }),
  })
  await until(() => isAsked, 'it is being told')
  stopped.drain.abort()
  await stopped.ended
  assert.equal((await callbacksOf(fixture))[0]?.tries, 0)
  const told = createTold()
  startSupervisor(t, fixture, done, { notify: told.notify })
  await settled(fixture)
  assert.equal(told.notices.length, 1)
})

test('a full check finds what is to be told and stands nowhere', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('a--b', { callback: callback('x') }))
  await fixture.queue.cancel('a--b')
  await rm(path.join(fixture.spoolDir, 'outbox'), { recursive: true })
  await fsck(fixture.spoolDir, { log: silent, clock: fixture.clock })
  assert.equal((await outboxOf(fixture)).length, 1)
})

test('ten addresses may wait for one job', async (t) => {
  const { queue } = await makeQueue(t)
  for (let n = 0; n < 10; n++) await queue.submit(request('a--b', { callback: callback(`x${n}`) }))
  await assert.rejects(queue.submit(request('a--b', { callback: callback('more') })), TooManyCallbacks)
  assert.equal((await queue.submit(request('a--b', { callback: callback('x3') }))).outcome, 'joined')
})

test('addresses that never answer give way, also after the job was queued anew; those not tried yet do not', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  for (let n = 0; n < 10; n++) await queue.submit(request('a--b', { callback: callback(`dead${n}`) }))
  const told: string[] = []
  startSupervisor(t, fixture, async () => result, {
    async notify(notice) {
      told.push(nameOf(notice))
      return nameOf(notice).startsWith('dead') ? { is: 'failed', error: 'no route' } : { is: 'delivered' }
    },
  })
  const tries = async () => (await callbacksOf(fixture)).map((each) => each.tries)
  await until(async () => (await tries()).every((count) => count > 0), 'each was tried')
  const epoch = (await queue.read('a--b'))?.view.epoch ?? 0
  await queue.submit(request('a--b', { callback: callback('live'), force: true }))
  assert.ok(
    (await tries()).slice(0, 9).every((count) => count > 0),
    'failed tries count on',
  )
  await until(() => told.includes('live'), 'the new one is told')
  assert.ok(((await queue.read('a--b'))?.view.epoch ?? 0) > epoch)
  const countOpen = async () => (await callbacksOf(fixture)).filter(({ delivered_at }) => delivered_at === null).length
  await until(async () => (await countOpen()) === 9, 'its delivery is recorded')
})

test('an idempotency key stands for the callback as well', async (t) => {
  const { queue } = await makeQueue(t)
  const asked = request('a--b', { callback: callback('x'), idempotencyKey: 'k' })
  await queue.submit(asked)
  assert.equal((await queue.submit(asked)).job.view.callbacks.length, 1)
  await assert.rejects(queue.submit({ ...asked, callback: callback('y') }), { code: 'IDEMPOTENCY_KEY_REUSED' })
})
