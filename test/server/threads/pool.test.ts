import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { threadId } from 'node:worker_threads'
import { ThreadPool } from '#server/threads/pool.ts'
import type { EchoTask } from './echo-thread.ts'

interface Echo {
  threadId: number
  workerData: unknown
}

type PoolParameters = ConstructorParameters<typeof ThreadPool<EchoTask, Echo>>

function createPool(t: TestContext, options: Partial<PoolParameters[0]> = {}, deps?: PoolParameters[1]) {
  const pool = new ThreadPool<EchoTask, Echo>(
    {
      script: new URL('./echo-thread.ts', import.meta.url),
      ...{ data: 'data', threads: 1, maxWaiting: 3, maxWaitingPerClient: 2, deadlineMs: 60_000, maxHeapMb: 64 },
      ...options,
    },
    deps,
  )
  t.after(() => pool.close())
  return pool
}

/** A task that holds its thread until it is let go. */
function holding(): { task: EchoTask; letGo(): void } {
  const wait = new SharedArrayBuffer(4)
  return {
    task: { wait },
    letGo() {
      Atomics.store(new Int32Array(wait), 0, 1)
      Atomics.notify(new Int32Array(wait), 0)
    },
  }
}

const codeOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => 'answered',
    (error) => error.code,
  )

test('a task runs in another thread, which serves the next one, too', async (t) => {
  const pool = createPool(t)
  const [first, second] = [await pool.run('where'), await pool.run('where')]
  assert.notEqual(first.threadId, threadId)
  assert.deepEqual([second.threadId, second.workerData], [first.threadId, 'data'])
})

test('beyond so many that wait, in all and of one client, a task is refused at once', async (t) => {
  const pool = createPool(t)
  const { task, letGo } = holding()
  const held = pool.run(task, { client: 'a' })
  const waiting = [pool.run('where', { client: 'a' }), pool.run('where', { client: 'a' })]
  assert.equal(await codeOf(pool.run('where', { client: 'a' })), 'SERVER_BUSY')
  waiting.push(pool.run('where', { client: 'b' }))
  assert.equal(await codeOf(pool.run('where', { client: 'c' })), 'SERVER_BUSY')
  letGo()
  const ids = (await Promise.all([held, ...waiting])).map((answer) => answer.threadId)
  assert.equal(new Set(ids).size, 1)
  assert.equal(await codeOf(pool.run('where')), 'answered')
})

test('many tasks of one client do not keep the first one of another waiting', async (t) => {
  const pool = createPool(t, { maxWaiting: 64, maxWaitingPerClient: 16 })
  const { task, letGo } = holding()
  const order: string[] = []
  const run = (name: string, client: string | undefined, what: EchoTask = 'where') =>
    pool.run(what, { client }).then(() => order.push(name))
  const all = [run('a', 'a', task), ...Array.from({ length: 16 }, (_, n) => run(`a${n}`, 'a'))]
  all.push(run('b0', 'b'), run('b1', 'b'), run('c0', 'c'))
  letGo()
  await Promise.all(all)
  assert.deepEqual(order.slice(0, 6), ['a', 'b0', 'c0', 'a0', 'b1', 'a1'])
  assert.equal(order.length, all.length)
})

/** A pool whose tasks `where` share a run. */
const createShared = (t: TestContext, options: Parameters<typeof createPool>[1] = {}) =>
  createPool(t, { keyOf: (task) => (task === 'where' || task === 'throw' ? task : undefined), ...options })

test('equal tasks share one run, and one caller who leaves takes nobody along', async (t) => {
  const pool = createShared(t, { maxWaiting: 2, maxWaitingPerClient: 1 })
  const { task, letGo } = holding()
  const held = pool.run(task, { client: 'a' })
  const gone = new AbortController()
  const first = codeOf(pool.run('where', { client: 'a', signal: gone.signal }))
  const others = ['a', 'b', 'b', 'c', undefined].map((client) => pool.run('where', { client }))
  const alone = codeOf(pool.run('throw', { client: 'd' }))
  assert.equal(await codeOf(pool.run('break', { client: 'e' })), 'SERVER_BUSY', 'two tasks wait')
  assert.equal(await codeOf(pool.run('where', { client: 'd' })), 'SERVER_BUSY', 'a client has one place')
  gone.abort()
  assert.equal(await first, 'ABORTED')
  letGo()
  await held
  const answers = await Promise.all(others)
  assert.equal(new Set(answers).size, 1, 'it is the same object')
  assert.equal(await alone, 'INTERNAL')
  assert.notEqual(await pool.run('where'), answers[0], 'nothing is kept')
})

test('a task that nobody waits for any more is not run', async (t) => {
  const pool = createShared(t, { maxWaiting: 1 })
  const { task, letGo } = holding()
  const held = pool.run(task)
  const gone = new AbortController()
  const left = ['a', 'b'].map((client) => codeOf(pool.run('where', { client, signal: gone.signal })))
  gone.abort()
  assert.deepEqual(await Promise.all(left), ['ABORTED', 'ABORTED'])
  const next = pool.run('throw')
  letGo()
  await held
  assert.equal(await codeOf(next), 'INTERNAL')
})

test('who joins a task does not wait behind the other tasks of the client that began it', async (t) => {
  const pool = createShared(t, { maxWaiting: 64, maxWaitingPerClient: 16 })
  const { task, letGo } = holding()
  const order: string[] = []
  const run = (name: string, client: string, what: EchoTask) =>
    codeOf(pool.run(what, { client })).then(() => order.push(name))
  const held = run('held', 'a', task)
  const later = Array.from({ length: 8 }, () => {
    const { task: own, letGo: end } = holding()
    end()
    return run('later', 'a', own)
  })
  const all = [held, ...later, run('joined', 'a', 'where'), run('joining', 'b', 'where')]
  letGo()
  await Promise.all(all)
  assert.deepEqual(order.slice(0, 3), ['held', 'joined', 'joining'])
})

test('a task that is running is joined, too', async (t) => {
  const { task, letGo } = holding()
  const pool = createPool(t, { keyOf: (each) => (each === task ? 'held' : undefined), maxWaiting: 1 })
  const gone = new AbortController()
  const both = [pool.run(task, { client: 'a', signal: gone.signal }), pool.run(task, { client: 'b' })]
  gone.abort()
  letGo()
  assert.equal(new Set(await Promise.all(both)).size, 1)
})

test('who leaves the line makes room, and what was not begun is not done', async (t) => {
  const pool = createPool(t, { maxWaiting: 1 })
  const { task, letGo } = holding()
  const held = pool.run(task)
  const gone = new AbortController()
  const left = codeOf(pool.run('where', { signal: gone.signal }))
  gone.abort()
  assert.equal(await left, 'ABORTED')
  const next = pool.run('where')
  letGo()
  assert.equal((await held).threadId, (await next).threadId)
  assert.equal(await codeOf(pool.run('where', { signal: gone.signal })), 'ABORTED')
})

test('what takes too long, or breaks its thread, costs the thread; what throws does not', async (t) => {
  const pool = createPool(t, { deadlineMs: 2_000 })
  const first = await pool.run('where')
  const [thrown, after] = [codeOf(pool.run('throw')), pool.run('where')]
  assert.equal(await thrown, 'INTERNAL')
  assert.equal((await after).threadId, first.threadId)
  const [looped, next] = [codeOf(pool.run('loop')), pool.run('where')]
  assert.equal(await looped, 'TOOK_TOO_LONG')
  const second = await next
  assert.notEqual(second.threadId, first.threadId)
  assert.equal(await codeOf(pool.run('break')), 'TOOK_TOO_LONG')
  assert.notEqual((await pool.run('where')).threadId, second.threadId)
})

test('time in which the thread waits for a CPU does not count, up to ten times the limit', async (t) => {
  let looks = 0
  const readCpuWait = (): number => {
    looks += 1
    return performance.now()
  }
  const pool = createPool(t, { deadlineMs: 200 }, { readCpuWait })
  const first = await pool.run('where')
  looks = 0
  const { task, letGo } = holding()
  const held = pool.run(task)
  // The first look is at the start of the task, the second when its limit would be reached.
  const looked = async (): Promise<void> => {
    while (looks < 3) await new Promise((resolve) => setTimeout(resolve, 5).unref())
  }
  await Promise.race([held, looked()])
  letGo()
  assert.equal((await held).threadId, first.threadId)
  assert.equal(await codeOf(pool.run('loop')), 'TOOK_TOO_LONG')
})

test('a pool without work has no thread', async (t) => {
  const pool = createPool(t, { idleMs: 1 })
  const first = await pool.run('where')
  for (let next = first; next.threadId === first.threadId; ) {
    await new Promise((resolve) => setTimeout(resolve, 20))
    next = await pool.run('where')
  }
})

test('a pool that is closed ends what runs and refuses what waits', async (t) => {
  const pool = createPool(t)
  const all = [pool.run('loop'), pool.run('where')].map(codeOf)
  await pool.close()
  assert.deepEqual(await Promise.all(all), ['SHUTTING_DOWN', 'SHUTTING_DOWN'])
  assert.equal(await codeOf(pool.run('where')), 'SHUTTING_DOWN')
})

test('a thread that cannot be ended is refused at its deadline and replaced, but there is never a third', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-pool-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const fifos = ['first', 'second'].map((name) => path.join(folder, name))
  execFileSync('mkfifo', fifos)
  const pool = createPool(t, { deadlineMs: 500 })
  const first = await pool.run('where')
  const release = (fifo: string | undefined) => open(fifo ?? '', 'w').then((file) => file.close())
  let isFree = false
  try {
    assert.equal(await codeOf(pool.run({ fifo: fifos[0] ?? '' })), 'TOOK_TOO_LONG')
    const second = await pool.run('where')
    assert.notEqual(second.threadId, first.threadId)
    assert.equal(await codeOf(pool.run({ fifo: fifos[1] ?? '' })), 'TOOK_TOO_LONG')
    const third = pool.run('where').then((answer) => ({ answer, isFree }))
    for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
    isFree = true
    await release(fifos[0])
    const { answer, isFree: wasFree } = await third
    assert.notEqual(answer.threadId, second.threadId)
    assert.ok(wasFree)
  } finally {
    if (!isFree) await release(fifos[0])
    await release(fifos[1])
  }
})
