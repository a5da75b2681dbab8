/** Following a job: the real spool, supervisors in this process, and logs written by hand where a moment matters. */
import assert from 'node:assert/strict'
import { appendFile, readFile, rm } from 'node:fs/promises'
import { type TestContext, test } from 'node:test'
import type { Backend } from '#queue/backend.ts'
import type { JobNews } from '#queue/contract.ts'
import { WorkerDied } from '#queue/errors.ts'
import type { Job, JobIn } from '#queue/job.ts'
import type { JobEvent } from '#queue/job-event.ts'
import { createJobObserver } from '#queue/job-observer.ts'
import { complete, createJob, start } from '#queue/job-transitions.ts'
import { openQueue } from '#queue/open-queue.ts'
import type { Run, RunContext } from '#queue/runner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { createEventStreams } from '#queue/stream-events.ts'
import { supervise } from '#queue/supervisor.ts'
import type { WatchJob } from '#queue/watch-job.ts'
import { atEnd, countWatches, type Fixture, makeQueue, request, result, settings, silent, until } from './support.ts'

const ID = 'acme--a'

function work(t: TestContext, { spoolDir, clock }: Fixture, run: Run, passing: readonly string[] = []) {
  const end = new AbortController()
  const signals = { signal: end.signal, hardSignal: end.signal }
  const isPassing = (code: string): boolean => passing.includes(code)
  const ended = supervise({ spoolDir, run, concurrency: 1, isPassing, graceMs: 0, log: silent, clock, ...signals })
  const stop = async () => {
    end.abort()
    await ended
  }
  atEnd(t, stop)
  return stop
}

interface Follower {
  news: JobNews[]
  stop(): void
  ended: Promise<void>
}

/** Follow until the end, keeping all that is told. */
function follow(t: TestContext, queue: Fixture['queue'], after: string | null = null, jobId = ID): Follower {
  const end = new AbortController()
  const news: JobNews[] = []
  const ended = (async () => {
    for await (const each of queue.streamEvents(jobId, after, end.signal)) news.push(each)
  })()
  atEnd(t, async () => {
    end.abort()
    await ended
  })
  return { news, ended, stop: () => end.abort() }
}

/** What was told, in short. */
const told = (news: JobNews[]): string[] =>
  news.map(({ type, data }) => {
    if (type === 'progress') return data.text
    if (type === 'log') return data.text
    return type === 'end' ? `end ${data.status}` : `is ${data.status}`
  })

const events = (news: JobNews[]): JobNews[] => news.filter(({ type }) => type !== 'state')

const saying =
  (...texts: string[]) =>
  async (context: RunContext) => {
    for (const text of texts) context.log('info', text)
  }

test('a follower is told of a job from the queue to its end, and of nothing internal', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  const follower = follow(t, fixture.queue)
  await until(() => follower.news.length === 1, 'the state')
  work(t, fixture, async (_, context) => {
    await until(() => told(follower.news).includes('is processing'), 'its start is told')
    await context.spawned(process.pid, '1')
    context.report({ stage: 'clone', percent: 10, text: 'Fetching' })
    await saying('one', 'two')(context)
    return result
  })
  await follower.ended
  assert.deepEqual(told(follower.news), [
    ...['is queued', 'is processing', 'Fetching', 'one', 'two', 'is completed', 'end completed'],
  ])
  const [first, second] = follower.news
  assert.ok(first?.type === 'state' && second?.type === 'state')
  assert.deepEqual([first.data.queue_position, second.data.epoch], [1, 1])
})

test('an event is told within a moment, and the position when it changes', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('acme--before'))
  await fixture.queue.submit(request(ID))
  const follower = follow(t, fixture.queue)
  await until(() => follower.news.length === 1, 'the state')
  await fixture.queue.cancel('acme--before')
  await until(() => follower.news.length === 2, 'the place')
  const positions = follower.news.map((each) => each.type === 'state' && each.data.queue_position)
  assert.deepEqual(positions, [2, 1])
  let say: ((text: string) => void) | undefined
  let finish: (() => void) | undefined
  work(t, fixture, async (_, context) => {
    say = (text) => context.log('info', text)
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    return result
  })
  const delays: number[] = []
  for (let n = 0; n < 5; n++) {
    const speak = await until(() => say, 'it runs')
    const before = performance.now()
    speak(`line ${n}`)
    await until(() => told(follower.news).includes(`line ${n}`), 'the line is told')
    delays.push(performance.now() - before)
  }
  finish?.()
  await follower.ended
  delays.sort((a, b) => a - b)
  t.diagnostic(`told after ${delays.map((ms) => ms.toFixed(0)).join(', ')} ms`)
  assert.ok((delays[2] ?? Infinity) < 500, 'hints are used, not only the look every second')
})

test('from the id of any event on, exactly the rest is told, also by another process', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  let tries = 0
  const run: Run = async (_, context) => {
    await saying(...Array.from({ length: 20 }, (_, n) => `try ${tries} line ${n} ${'x'.repeat(3_000)}`))(context)
    tries += 1
    if (tries < 3) throw new WorkerDied('It died.')
    return result
  }
  const follower = follow(t, fixture.queue)
  work(t, fixture, run)
  await follower.ended
  const all = events(follower.news)
  // Two claims also say why they ended.
  assert.equal(all.length, 3 * 21 + 2)
  assert.deepEqual(
    all.filter(({ type }) => type === 'end').map(({ id, data }) => [id.split('-')[0], 'status' in data && data.status]),
    [
      ['1', 'queued'],
      ['2', 'queued'],
      ['3', 'completed'],
    ],
  )
  assert.equal(new Set(all.map(({ id }) => id)).size, all.length, 'no two events have one id')
  const other = await openQueue(fixture.spoolDir, settings, { log: silent, clock: fixture.clock })
  atEnd(t, () => other.close())
  for (const index of [0, 7, 20, 21, 40, 41, 42, 61, 62]) {
    const again = follow(t, other, all[index]?.id ?? null)
    await again.ended
    assert.deepEqual(events(again.news), all.slice(index + 1), `after event ${index}`)
    assert.equal(again.news.length === 0, index === 64, 'after the end there is nothing')
  }
})

test('an id that means nothing begins with the newest claim', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  work(t, fixture, async (job, context) => {
    await saying(`claim ${job.epoch}`)(context)
    if (job.epoch === 1) throw new WorkerDied('It died.')
    return result
  })
  await follow(t, fixture.queue).ended
  for (const id of ['', 'x', '1', '1-', '2-999999', '2-3', '9-0', '-1-0', '1-0x', '0-5', `1-${'9'.repeat(40)}`]) {
    const follower = follow(t, fixture.queue, id)
    await follower.ended
    assert.deepEqual(told(follower.news), ['is completed', 'claim 2', 'end completed'], id)
  }
  const whole = follow(t, fixture.queue, '0-0')
  await whole.ended
  const died = 'The process of this job ended unexpectedly.'
  assert.deepEqual(told(whole.news), ['is completed', 'claim 1', died, 'end queued', 'claim 2', 'end completed'])
})

test('an end that the log does not tell is told from the record', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request('acme--b'))
  await fixture.queue.cancel('acme--b')
  const cancelled = follow(t, fixture.queue, null, 'acme--b')
  await cancelled.ended
  assert.deepEqual(told(cancelled.news), ['is failed', 'end failed'])
  const end = cancelled.news[1]
  assert.ok(end?.type === 'end')
  assert.equal(end.data.error?.code, 'CANCELLED')

  await fixture.queue.submit(request(ID))
  work(t, fixture, async (_, context) => {
    await saying('one')(context)
    return result
  })
  await follow(t, fixture.queue).ended
  const file = new SpoolPaths(fixture.spoolDir).events(ID, 1)
  const text = await readFile(file, 'utf8')
  await rm(file)
  await appendFile(file, text.slice(0, text.lastIndexOf('{"type":"end"') + 7))
  const torn = follow(t, fixture.queue)
  await torn.ended
  assert.deepEqual(told(torn.news), ['is completed', 'one', 'end completed'])
})

test('a job that is submitted anew shows nothing of what it did before, and then all of its new claim', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  const run: Run = async (job, context) => {
    await saying(`claim ${job.epoch}`)(context)
    return result
  }
  const stop = work(t, fixture, run)
  await follow(t, fixture.queue).ended
  await stop()
  await fixture.queue.retry(ID)
  const follower = follow(t, fixture.queue)
  await until(() => follower.news.length === 1, 'the state')
  assert.deepEqual((await fixture.queue.readLogEnd(ID, 10)).events, [])
  work(t, fixture, run)
  await follower.ended
  const lines = told(follower.news).filter((text) => text !== 'is processing')
  assert.deepEqual(lines, ['is queued', 'claim 2', 'is completed', 'end completed'])
})

test('a job that is cancelled before its second run starts shows nothing of the first', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  const stop = work(t, fixture, async (_, context) => {
    context.log('warn', 'of the first run')
    return result
  })
  await follow(t, fixture.queue).ended
  assert.equal((await fixture.queue.readLogEnd(ID, 10)).digest.warningCount, 1)
  await stop()
  await fixture.queue.retry(ID)
  await fixture.queue.cancel(ID)
  const { events: shown, digest } = await fixture.queue.readLogEnd(ID, 10)
  assert.deepEqual([shown, digest.warningCount], [[], 0])
  const follower = follow(t, fixture.queue)
  await follower.ended
  assert.deepEqual(told(follower.news), ['is failed', 'end failed'])
})

test('the end of a log comes with the id to follow from', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  const nothing = { stages: [], endedAt: null, warnings: [], warningCount: 0 }
  assert.deepEqual(await fixture.queue.readLogEnd(ID, 3), {
    events: [],
    earlier: { count: 0, stage: null },
    after: '0-0',
    digest: nothing,
  })
  let finish: (() => void) | undefined
  work(t, fixture, async (_, context) => {
    await context.spawned(process.pid, '1')
    context.report({ stage: 'clone', percent: 10, text: 'Fetching' })
    await saying(...Array.from({ length: 40 }, (_, n) => `line ${n} ${'y'.repeat(3_000)}`))(context)
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    context.log('info', 'last')
    return result
  })
  const {
    events: newest,
    earlier,
    after,
  } = await until(async () => {
    const found = await fixture.queue.readLogEnd(ID, 3)
    return JSON.stringify(found.events).includes('line 39') && found
  }, 'it has told all')
  assert.deepEqual(
    newest.map((event) => event.type === 'log' && event.text.slice(0, 7)),
    ['line 37', 'line 38', 'line 39'],
  )
  assert.deepEqual(earlier, { count: 38, stage: 'clone' })
  const follower = follow(t, fixture.queue, after)
  await until(() => follower.news.length === 1, 'the state')
  finish?.()
  await follower.ended
  assert.deepEqual(told(follower.news), ['is processing', 'last', 'is completed', 'end completed'])
  const piece = await fixture.queue.readLog(ID, 1, 0)
  assert.ok(piece?.isMore && piece.events.every(({ event }) => event.type !== ('spawn' as string)))
  assert.equal(await fixture.queue.readLog(ID, 2, 0), undefined)
})

test('following ends when the job is removed, is not there, or the signal fires', async (t) => {
  const fixture = await makeQueue(t)
  const none = follow(t, fixture.queue)
  await none.ended
  assert.deepEqual(none.news, [])
  await fixture.queue.submit(request(ID))
  const follower = follow(t, fixture.queue)
  await until(() => follower.news.length === 1, 'the state')
  follower.stop()
  await follower.ended
  assert.deepEqual(told(follower.news), ['is queued'])
  const late = new AbortController()
  late.abort()
  assert.deepEqual(await fixture.queue.streamEvents(ID, null, late.signal).next(), { value: undefined, done: true })
})

test('many who follow one job share a watch, read little, and leave nothing behind', async (t) => {
  const fixture = await makeQueue(t)
  await fixture.queue.submit(request(ID))
  const watches = () => countWatches(new SpoolPaths(fixture.spoolDir).job(ID))
  const followers = Array.from({ length: 200 }, () => follow(t, fixture.queue))
  await until(() => followers.every(({ news }) => news.length === 1), 'all know the state')
  assert.equal(await watches(), 1)
  const cpu = process.cpuUsage()
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const { user, system } = process.cpuUsage(cpu)
  t.diagnostic(`200 idle followers: ${((user + system) / 15_000).toFixed(2)} % of a core`)
  assert.ok(user + system < 300_000, 'idle followers cost next to nothing')
  for (const follower of followers) follower.stop()
  await Promise.all(followers.map(({ ended }) => ended))
  assert.equal(await watches(), 0)
})

/** A job whose record and log the test moves by hand. */
function byHand(t: TestContext) {
  const at = new Date(1_700_000_000_000).toISOString()
  const queued = createJob(request(ID), Date.parse(at))
  const running = start(queued, 'w', Date.parse(at))
  const log: JobEvent[] = [{ type: 'log', at, level: 'info', text: 'one' }]
  const spool = { job: running as Job, looks: 0, hint: () => undefined as unknown }
  const backend = {
    jobs: {
      async read() {
        spool.looks += 1
        return spool.job
      },
    },
    work: {},
    events: {
      readFrom: async (_: string, __: number, offset: number) => ({
        events: log.slice(offset).map((event, index) => ({ event, next: offset + index + 1 })),
        next: log.length,
        isMore: false,
      }),
      read: async () => log,
      lastProgress: async () => null,
    },
  } as unknown as Backend
  const watch: WatchJob = (_, onDue) => {
    spool.hint = onDue
    return () => undefined
  }
  const { streamEvents } = createEventStreams(backend, createJobObserver(backend, watch))
  const follower = follow(t, { streamEvents } as Fixture['queue'])
  /** Resolves when the follower has had a whole look. */
  const look = async (): Promise<void> => {
    const before = spool.looks
    spool.hint()
    await until(() => spool.looks > before, 'a look')
    spool.hint()
    await until(() => spool.looks > before + 1, 'another look')
  }
  const ended = { ...complete(running, result, Date.parse(at) + 10), rev: running.rev + 1 } as JobIn<'completed'>
  const end: JobEvent = { type: 'end', at: ended.completed_at, status: 'completed', error: null }
  return {
    spool,
    log,
    follower,
    look,
    ended,
    end,
    line: (text: string): JobEvent => ({ type: 'log', at, level: 'info', text }),
  }
}

test('a log that is ahead of the look is held back: the end comes after the state', async (t) => {
  const { spool, log, follower, look, ended, end } = byHand(t)
  await until(() => follower.news.length === 2, 'the first line')
  log.push(end)
  await look()
  assert.deepEqual(told(follower.news), ['is processing', 'one'])
  spool.job = ended
  spool.hint()
  await follower.ended
  assert.deepEqual(told(follower.news), ['is processing', 'one', 'is completed', 'end completed'])
  assert.equal(follower.news.at(-1)?.id, '1-2')
})

test('a record that is ahead of the log waits a moment for its last lines', async (t) => {
  const { spool, log, follower, look, ended, end, line } = byHand(t)
  await until(() => follower.news.length === 2, 'the first line')
  spool.job = ended
  await look()
  log.push(line('late'), end)
  spool.hint()
  await follower.ended
  assert.deepEqual(told(follower.news), ['is processing', 'one', 'late', 'is completed', 'end completed'])
})
