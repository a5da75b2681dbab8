/** What lies beside the records: what `Catalog`, `EventLog` and the frame of the storage promise. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Backend, entryOf, type ListPosition } from '#queue/backend.ts'
import type { JobIn } from '#queue/job.ts'
import type { JobEvent } from '#queue/job-event.ts'
import { cancelQueued, createJob } from '#queue/job-transitions.ts'
import { createClock, request, until } from '../support.ts'
import type { OpenBackend } from './harness.ts'

const at = Date.parse('2026-01-01T00:00:00.000Z')
const time = new Date(at).toISOString()
const error = { code: 'X', message: 'x', hint: null }
const idsOf = (places: ListPosition[]): string[] => places.map(({ jobId }) => jobId)

/** A job of a repository, `ageMs` after the first. */
async function accept(backend: Backend, jobId: string, ageMs: number, repoUrl: string): Promise<JobIn<'queued'>> {
  const job = createJob(request(jobId, { repoUrl }), at + ageMs)
  assert.equal(await backend.accept(job), true)
  return job
}

async function end({ jobs, work, catalog }: Backend, job: JobIn<'queued'>): Promise<JobIn<'failed'>> {
  const ended = (await jobs.update(job, cancelQueued(job, error, at))) ?? assert.fail()
  await catalog.addEnded(ended)
  await work.discard(entryOf(job))
  return ended
}

/** A catalog may lag: look until it shows this. */
async function shows<T>(look: () => Promise<T>, expected: T): Promise<void> {
  let seen: T | undefined
  const isSame = async (): Promise<boolean> => {
    seen = await look()
    return JSON.stringify(seen) === JSON.stringify(expected)
  }
  await until(isSame, 'the catalog shows it', 3_000).catch(() => assert.deepEqual(seen, expected))
}

export function testIndexes(open: OpenBackend): void {
  test('jobs are listed newest first by their submission, by state and repository, in pages', async (t) => {
    const { one, two, employ } = await open(t, createClock())
    const { worker } = await employ()
    const day = 86_400_000
    const first = await accept(one, 'first', 0, 'https://a/x')
    const held = await accept(two, 'held', 1, 'https://a/x')
    const late = await accept(one, 'late', 2, 'https://a/y')
    await accept(two, 'ready', 3, 'https://a/x')
    const last = await accept(two, 'last', 3 * day, 'https://a/x')
    await end(one, first)
    await end(two, last)
    await one.work.discard(entryOf(held))
    await one.work.hold(worker, entryOf(held))
    await two.work.discard(entryOf(late))
    await two.work.push(entryOf(late), 5_000)
    for (const { catalog } of [one, two]) {
      const list = async (query: Omit<Parameters<typeof catalog.newest>[0], 'limit'>, limit = 10) =>
        idsOf(await catalog.newest({ ...query, limit }))
      await shows(() => list({}), ['last', 'ready', 'late', 'held', 'first'])
      await shows(() => list({ status: 'queued' }), ['ready', 'late'])
      await shows(() => list({ status: 'processing' }), ['held'])
      await shows(() => list({ status: 'failed' }), ['last', 'first'])
      await shows(() => list({ status: 'completed' }), [])
      await shows(() => list({ repoUrl: 'https://a/y' }), ['late'])
      await shows(() => list({ repoUrl: 'https://a/x', status: 'failed' }), ['last', 'first'])
      await shows(() => list({}, 2), ['last', 'ready'])
      await shows(() => list({ after: { jobId: 'ready', submittedMs: at + 3 } }, 2), ['late', 'held'])
      await shows(() => list({ before: { jobId: 'late', submittedMs: at + 2 } }, 2), ['ready', 'last'])
      await shows(() => list({ before: { jobId: 'last', submittedMs: at + 3 * day } }), [])
      await shows(() => list({ before: { jobId: 'first', submittedMs: at } }, 1), ['held'])
      await shows(() => list({ nameHas: 'LA' }), ['last', 'late'])
      await shows(() => list({ nameHas: 'a', status: 'failed' }), ['last'])
      await shows(() => catalog.counts(), { queued: 2, processing: 1, completed: 0, failed: 2 })
    }
  })

  test("jobs that are for those alone who know their ids are in no list but an operator's", async (t) => {
    const { one } = await open(t, createClock())
    const secret = `a--b~p${'0123456789abcdef'.repeat(2)}`
    await accept(one, 'a--b', 0, 'https://a/x')
    await accept(one, secret, 1, 'https://a/x')
    await end(one, await accept(one, `c-${secret}`, 2, 'https://a/x'))
    const list = async (query = {}) => idsOf(await one.catalog.newest({ limit: 10, ...query }))
    await shows(() => list(), ['a--b'])
    await shows(() => list({ repoUrl: 'https://a/x' }), ['a--b'])
    await shows(() => list({ nameHas: secret }), [])
    await shows(() => list({ status: 'failed' }), [])
    await shows(() => list({ withPrivate: true }), [`c-${secret}`, secret, 'a--b'])
  })

  test('jobs of one millisecond are listed once each, also across pages', async (t) => {
    const { one, two } = await open(t, createClock())
    const ids = ['a', 'b', 'c', 'd', 'e']
    for (const id of ids) await accept(one, id, 0, 'https://a/x')
    const seen: string[] = []
    let after: ListPosition | undefined
    for (let page = 0; page < 3; page++) {
      const places = await two.catalog.newest({ limit: 2, ...(after !== undefined && { after }) })
      seen.push(...idsOf(places))
      after = places.at(-1)
    }
    assert.deepEqual(seen.sort(), ids)
  })

  test('notes may be made and taken back twice', async (t) => {
    const { one, two } = await open(t, createClock())
    const ended = await end(one, await accept(one, 'a', 0, 'https://a/x'))
    for (const { catalog } of [one, two]) {
      await catalog.note(ended)
      await catalog.addEnded(ended)
    }
    await shows(async () => (await two.catalog.counts()).failed, 1)
    for (const { catalog } of [one, two]) {
      await catalog.removeEnded(ended)
      await catalog.forget(ended)
    }
    await shows(async () => (await one.catalog.counts()).failed, 0)
    await shows(async () => idsOf(await two.catalog.newest({ limit: 5, repoUrl: 'https://a/x' })), [])
  })

  test('jobs that ended are found oldest first by their submission, in pages, up to an age', async (t) => {
    const { one, two } = await open(t, createClock())
    const day = 86_400_000
    for (const [n, id] of ['c', 'a', 'd', 'b'].entries()) await end(one, await accept(one, id, n * day, 'https://a/x'))
    await accept(one, 'waiting', 0, 'https://a/x')
    const beforeMs = at + 3 * day
    const first = await two.expiry.oldestEnded({ beforeMs, limit: 2 })
    assert.deepEqual(idsOf(first), ['c', 'a'])
    const after = first.at(-1) ?? assert.fail()
    assert.deepEqual(idsOf(await one.expiry.oldestEnded({ beforeMs, limit: 2, after })), ['d'])
    await two.expiry.removeEmptyDays(beforeMs)
    assert.deepEqual(idsOf(await one.expiry.oldestEnded({ beforeMs: at + 9 * day, limit: 9 })), ['c', 'a', 'd', 'b'])
    assert.deepEqual((await two.expiry.jobsOf('https://a/x')).sort(), ['a', 'b', 'c', 'd', 'waiting'])
    assert.deepEqual(await two.expiry.jobsOf('https://a/y'), [])
  })

  test('it is known for a while that a job was removed for its age', async (t) => {
    const clock = createClock()
    const { one, two } = await open(t, clock)
    for (const id of ['a', 'b']) await one.expiry.mark(id)
    await one.expiry.mark('a')
    const marked = () => Promise.all(['a', 'b', 'c'].map((id) => two.expiry.isMarked(id)))
    assert.deepEqual(await marked(), [true, true, false])
    await two.expiry.unmark('b')
    await one.expiry.unmark('b')
    assert.deepEqual(await marked(), [true, false, false])
    const sweep = async (beforeMs: number, isDry: boolean): Promise<number> => {
      for (let swept = 0; ; ) {
        const some = await two.expiry.sweepMarks({ beforeMs, isDry })
        swept += some.swept
        if (some.isEnd) return swept
      }
    }
    const later = clock() + 60_000
    assert.deepEqual(
      [await sweep(later - 120_000, false), await sweep(later, true), await sweep(later, false)],
      [0, 1, 1],
    )
    assert.deepEqual(await marked(), [false, false, false])
  })

  test('the events of a claim are read in their order by anybody, and apart from those of other claims', async (t) => {
    const { one, two } = await open(t, createClock())
    await accept(one, 'a', 0, 'https://a/x')
    const events: JobEvent[] = [
      { type: 'spawn', at: time, pid: 7, pidStart: '9' },
      { type: 'progress', at: time, stage: 'clone', percent: 1, text: 'one' },
      { type: 'progress', at: time, stage: 'pages', percent: 50, text: 'two' },
      { type: 'log', at: time, level: 'info', text: 'three' },
      { type: 'end', at: time, status: 'failed', error },
    ]
    const sink = one.events.open('a', 1)
    assert.deepEqual(await two.events.read('a', 1), [])
    assert.equal(await two.events.lastProgress('a', 1), null)
    await Promise.all(events.map((event) => sink.append(event)))
    assert.deepEqual(await two.events.read('a', 1), events)
    assert.deepEqual(await two.events.lastProgress('a', 1), { stage: 'pages', percent: 50, text: 'two' })
    assert.deepEqual(await one.events.read('a', 2), [])
    await sink.close()
    await sink.close()
    await sink.append({ type: 'log', at: time, level: 'info', text: 'too late' })
    assert.equal((await one.events.read('a', 1)).length, events.length)
  })

  test('a log is read on from where a reader stopped, piece by piece, without gaps and repetitions', async (t) => {
    const { one, two } = await open(t, createClock())
    await accept(one, 'a', 0, 'https://a/x')
    assert.equal(await two.events.readFrom('a', 1, 0), undefined, 'no such log')
    const sink = one.events.open('a', 1)
    const seen: string[] = []
    let offset = 0
    for (let round = 0; round < 3; round++) {
      const write = (n: number) =>
        sink.append({ type: 'log', at: time, level: 'info', text: `${round} ${n} ${'x'.repeat(900)}` })
      await Promise.all(Array.from({ length: 120 }, (_, n) => write(n)))
      for (let isMore = true; isMore; ) {
        const piece = (await two.events.readFrom('a', 1, offset)) ?? assert.fail('no log')
        for (const { event } of piece.events) seen.push(event.type === 'log' ? (event.text.split(' x')[0] ?? '') : '')
        const [first] = piece.events
        if (first !== undefined) {
          const [again] = (await one.events.readFrom('a', 1, first.next))?.events ?? []
          if (piece.events.length > 1) assert.deepEqual(again?.event, piece.events[1]?.event)
        }
        offset = piece.next
        isMore = piece.isMore
      }
    }
    await sink.close()
    const expected = [0, 1, 2].flatMap((round) => Array.from({ length: 120 }, (_, n) => `${round} ${n}`))
    assert.deepEqual(seen, expected)
    assert.deepEqual(await one.events.readFrom('a', 1, offset), { events: [], next: offset, isMore: false })
    assert.equal(await one.events.readFrom('a', 1, offset + 1_000_000), undefined, 'no place of this log')
  })

  test('another writer of the same claim, as the one that takes over, goes on behind', async (t) => {
    const { one, two } = await open(t, createClock())
    await accept(one, 'a', 0, 'https://a/x')
    const first = one.events.open('a', 1)
    await first.append({ type: 'log', at: time, level: 'info', text: 'before' })
    const second = two.events.open('a', 1)
    await second.append({ type: 'end', at: time, status: 'queued', error: null })
    await Promise.all([first.close(), second.close()])
    assert.deepEqual(
      (await one.events.read('a', 1)).map(({ type }) => type),
      ['log', 'end'],
    )
  })

  test('a log that is full says so once, and progress still has room', async (t) => {
    const { one, two } = await open(t, createClock())
    await accept(one, 'a', 0, 'https://a/x')
    const sink = one.events.open('a', 1)
    const text = 'x'.repeat(4_000)
    await Promise.all(Array.from({ length: 1_100 }, () => sink.append({ type: 'log', at: time, level: 'info', text })))
    await sink.append({ type: 'progress', at: time, stage: 'pages', percent: 9, text: 'on' })
    await sink.close()
    const events = await two.events.read('a', 1)
    assert.ok(events.length < 1_100, `${events.length} events`)
    assert.equal(events.filter((event) => event.type === 'log' && /full/.test(event.text)).length, 1)
    assert.equal((await two.events.lastProgress('a', 1))?.text, 'on')
  })

  test('a sound storage lacks nothing, can be written, and may be closed while others go on', async (t) => {
    const { one, two } = await open(t, createClock())
    await accept(one, 'a', 0, 'https://a/x')
    assert.deepEqual([await one.prepare(), await two.prepare()], [false, false])
    await one.probe()
    await one.close()
    assert.equal((await two.jobs.read('a'))?.status, 'queued')
  })
}
