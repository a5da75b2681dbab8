/** Following a job and its log over HTTP. */
import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { readConfig } from '#base/config.ts'
import { toBody } from '#http/streamed-response.ts'
import type { JobNews, ShownEvent } from '#queue/contract.ts'
import type { Run } from '#queue/runner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { supervise } from '#queue/supervisor.ts'
import { startServer } from '#server/serve.ts'
import { countWatches, silent, until } from '../queue/support.ts'
import { createFixture, type Fixture } from './fixture.ts'
import { MemoryQueue } from './memory-queue.ts'

const ID = 'pallets--flask'
const EVENTS = `/api/job/${ID}/events`
const at = '2026-01-02T03:04:05.678Z'

const say = (text: string): ShownEvent => ({ type: 'log', at, level: 'info', text })
const done: ShownEvent = { type: 'end', at, status: 'completed', error: null }

interface Told {
  id: string
  event: string
  data: Record<string, unknown>
}

/** Server-Sent Events as a browser reads them; comments and `retry` are left out. */
function parse(text: string): Told[] {
  return text.split('\n\n').flatMap((block) => {
    const fields = new Map(
      block.split('\n').map((line) => [/^[^:]*/.exec(line)?.[0] ?? '', line.replace(/^[^:]*: ?/, '')]),
    )
    const data = fields.get('data')
    if (data === undefined) return []
    return [{ id: fields.get('id') ?? '', event: fields.get('event') ?? '', data: JSON.parse(data) }]
  })
}

/** A job that has run and ended well. */
function ended(app: Fixture): void {
  app.queue.move(ID, { status: 'processing' })
  app.queue.tell(ID, { type: 'progress', at, stage: 'clone', percent: 7, text: 'Fetching' }, say('one'), done)
  app.queue.move(ID, { status: 'completed' }, app.docsKey)
}

test('events are told as Server-Sent Events under both names, up to the end', async (t) => {
  const app = await createFixture(t)
  ended(app)
  for (const url of [EVENTS, `/api/jobs/${ID}/events`]) {
    const answer = await app.request(url)
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('content-type'), 'text/event-stream')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    assert.equal(answer.headers.get('x-accel-buffering'), 'no')
    const text = await answer.text()
    assert.match(text, /^retry: \d+\n\n/)
    const told = parse(text)
    assert.deepEqual(
      told.map(({ id, event }) => [id, event]),
      [
        ['1-0', 'state'],
        ['1-1', 'progress'],
        ['1-2', 'log'],
        ['1-3', 'end'],
      ],
    )
    assert.equal(told[0]?.data.status, 'completed')
    assert.deepEqual(told[2]?.data, { at, level: 'info', text: 'one' })
    assert.deepEqual(told[3]?.data, { at, status: 'completed', error: null })
  }
})

test('Last-Event-ID goes on after that event, before ?after, and a browser that has seen the end is told to stop', async (t) => {
  const app = await createFixture(t)
  ended(app)
  const ids = async (url: string, headers = {}) =>
    parse(await (await app.request(url, { headers })).text()).map(({ id }) => id)
  assert.deepEqual(await ids(EVENTS, { 'last-event-id': '1-2' }), ['1-2', '1-3'])
  assert.deepEqual(await ids(`${EVENTS}?after=1-1`), ['1-1', '1-2', '1-3'])
  assert.deepEqual(await ids(`${EVENTS}?after=1-0`, { 'last-event-id': '1-2' }), ['1-2', '1-3'])
  const over = await app.request(EVENTS, { headers: { 'last-event-id': '1-3' } })
  assert.deepEqual([over.status, await over.text(), over.headers.get('content-type')], [204, '', null])
  const bad = await app.request(`${EVENTS}?since=1`)
  assert.equal(bad.status, 400)
})

test('a text that looks like a field or an event stays data', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'completed', progress: 'x\n\nevent: end\ndata: {}\n\n' })
  const text = 'a\r\nevent: end\ndata: 1\n\n\u2028id: 9'
  app.queue.tell(ID, say(text), done)
  const told = parse(await (await app.request(EVENTS)).text())
  assert.deepEqual(
    told.map(({ event }) => event),
    ['state', 'log', 'end'],
  )
  assert.equal(told[1]?.data.text, text)
})

test('a terminal gets a line each, without control characters, and last how it ended', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'queued', queue_position: 3 })
  const answer = await app.request(EVENTS, { headers: { accept: 'text/plain' } })
  assert.equal(answer.headers.get('content-type'), 'text/plain; charset=UTF-8')
  const text = answer.text()
  while (app.queue.watchers === 0) await turn()
  app.queue.move(ID, { status: 'processing', percent: 2, progress: 'Starting' })
  app.queue.tell(ID, say('\u001b[2Jwiped\nsecond \u202eline\u009b'))
  app.queue.tell(ID, { type: 'progress', at, stage: 'pages', percent: 70, text: 'Writing\u0007' })
  app.queue.move(ID, { status: 'failed', error_code: 'X', error_message: 'It \u001b]0;broke\u0007.' })
  app.queue.tell(ID, { type: 'end', at, status: 'failed', error: { code: 'X', message: 'It broke.', hint: null } })
  assert.deepEqual((await text).split('\n'), [
    `queued  ${ID}  #3  Waiting`,
    ...((await text).includes('Starting') ? [`processing  ${ID}  2 %  Starting`] : []),
    '03:04:05  info   wiped second  line',
    '03:04:05  pages  70 %  Writing',
    `failed  ${ID}  It  ]0;broke . (X)`,
    '',
  ])
})

test('a terminal that waits for a queued job gets an empty line now and then, so that nobody closes the connection', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'queued', queue_position: 3 })
  t.mock.timers.enable({ apis: ['setTimeout'] })
  const answer = await app.request(EVENTS, { headers: { accept: 'text/plain' } })
  const reader = (answer.body ?? assert.fail('no body')).getReader()
  const read = async () => new TextDecoder().decode((await reader.read()).value)
  assert.match(await read(), /^queued /)
  for (let beat = 0; beat < 2; beat++) {
    const next = read()
    for (let at = 0; at < 10; at++) await Promise.resolve()
    t.mock.timers.tick(30_000)
    assert.equal(await next, '\n')
  }
  await reader.cancel()
})

test('HEAD and unknown jobs hold nothing', async (t) => {
  const app = await createFixture(t)
  assert.equal((await app.request(EVENTS)).status, 404)
  assert.equal((await app.request('/api/job/..%2fx/events')).status, 404)
  app.queue.move(ID, { status: 'processing' })
  const head = await app.request(EVENTS, { method: 'HEAD' })
  assert.deepEqual([head.status, head.headers.get('content-type'), head.body], [200, 'text/event-stream', null])
  for (let n = 0; n < 1_000; n++) await app.request(EVENTS, { method: 'HEAD' })
  const still = await app.request(EVENTS)
  assert.equal(still.status, 200, 'none of them counts')
  await still.body?.cancel()
  assert.equal(app.queue.watchers, 0)
  const post = await app.request(EVENTS, { method: 'POST' })
  assert.deepEqual([post.status, post.headers.get('allow')], [405, 'GET, HEAD'])
})

test('at most 1,000 follow at once; who leaves makes room, and a shutdown ends all', { timeout: 60_000 }, async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'processing' })
  const streams = await Promise.all(Array.from({ length: 1_000 }, () => app.request(EVENTS)))
  assert.ok(streams.every(({ status }) => status === 200))
  const refused = await app.request(EVENTS)
  assert.equal(refused.status, 503)
  assert.equal(refused.headers.get('retry-after'), '10')
  assert.equal(((await refused.json()) as { code: string }).code, 'TOO_MANY_STREAMS')
  await streams.pop()?.body?.cancel()
  const caller = new AbortController()
  assert.equal((await app.request(EVENTS, { signal: caller.signal })).status, 200)
  assert.equal((await app.request(EVENTS)).status, 503)
  caller.abort()
  streams.push(await app.request(EVENTS))
  assert.equal(streams.at(-1)?.status, 200)
  const texts = Promise.all(streams.map((stream) => stream.text()))
  while (app.queue.watchers < 1_000) await turn()
  app.shutdown.abort()
  for (const text of await texts) assert.equal(parse(text).length, 1)
  assert.equal(app.queue.watchers, 0)
  assert.equal((await app.request(EVENTS)).status, 503)
})

test('a stream that has nothing to tell beats, and asks its source only when it is read', async () => {
  let asked = 0
  let isEnded = 0
  let wake: (() => void) | undefined
  async function* source() {
    try {
      for (;;) {
        asked += 1
        yield asked
        if (asked === 3) await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      isEnded += 1
    }
  }
  const write = (item: number): string => (item === 2 ? '' : `${item};`)
  const reader = toBody(source(), { write, opening: 'o;', beat: { text: ':', everyMs: 5 } }).getReader()
  const read = async () => new TextDecoder().decode((await reader.read()).value)
  await turn()
  assert.equal(asked, 0)
  assert.deepEqual([await read(), await read()], ['o;', '1;'])
  await turn()
  assert.equal(asked, 1)
  assert.deepEqual([await read(), await read(), await read()], ['3;', ':', ':'])
  wake?.()
  assert.equal(await read(), '4;')
  await reader.cancel()
  assert.equal(isEnded, 1)
})

/** A queue whose log never ends; counts what was taken from it. */
class Endless extends MemoryQueue {
  taken = 0
  left = 0

  override async *streamEvents(_: string, __: string | null, signal: AbortSignal): AsyncGenerator<JobNews, void> {
    try {
      while (!signal.aborted) {
        this.taken += 1
        yield { id: `1-${this.taken}`, type: 'log', data: { at, level: 'info', text: 'x'.repeat(60_000) } }
      }
    } finally {
      this.left += 1
    }
  }
}

async function serve(t: TestContext, queue?: MemoryQueue) {
  const spoolDir = await mkdtemp(path.join(tmpdir(), 'docspool-events-'))
  const end = new AbortController()
  const config = readConfig({ DOCSPOOL_PORT: '0', DOCSPOOL_SPOOL_DIR: spoolDir }, {})
  const given = queue === undefined ? {} : { openQueue: async () => queue }
  const server = await startServer({ config, log: silent, signal: end.signal, ...given })
  let working: Promise<void> = Promise.resolve()
  t.after(async () => {
    end.abort()
    await Promise.all([server.close(2_000), working])
    await rm(spoolDir, { recursive: true, force: true })
  })
  return {
    server,
    spoolDir,
    work(run: Run) {
      const signals = { signal: end.signal, hardSignal: end.signal }
      working = supervise({
        spoolDir,
        run,
        concurrency: 1,
        isPassing: () => false,
        graceMs: 0,
        log: silent,
        ...signals,
      })
    },
  }
}

test('a reader that reads nothing makes the service read nothing, and one that goes away ends it', async (t) => {
  const queue = new Endless()
  queue.move(ID, { status: 'processing' })
  const { server } = await serve(t, queue)
  const socket = connect(server.port, '127.0.0.1')
  socket.pause()
  socket.write(`GET ${EVENTS} HTTP/1.1\r\nHost: localhost\r\n\r\n`)
  let before = -1
  await until(async () => {
    const isStill = queue.taken > 0 && queue.taken === before
    before = queue.taken
    await new Promise((resolve) => setTimeout(resolve, 50))
    return isStill
  }, 'it waits for the reader')
  t.diagnostic(`${((queue.taken * 60_000) / 1_048_576).toFixed(1)} MiB are on their way`)
  assert.ok(queue.taken < 500, `${queue.taken} events of 60 kB`)
  assert.equal(queue.left, 0)
  socket.destroy()
  await until(() => queue.left === 1, 'the source is left')
})

test('over a real spool a job is followed live, through a restart of the stream, to its end', {
  timeout: 60_000,
}, async (t) => {
  const { server, spoolDir, work } = await serve(t)
  const fields = new URLSearchParams({ repo_url: 'https://github.com/pallets/flask' })
  assert.equal((await fetch(server.url, { method: 'POST', body: fields })).status, 202)
  const watches = () => countWatches(new SpoolPaths(spoolDir).job(ID))
  const caller = new AbortController()
  const first = await fetch(server.url + EVENTS, { signal: caller.signal })
  const reader = first.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.ok(reader)
  let text = ''
  const readUntil = async (part: string): Promise<void> => {
    while (!text.includes(part)) text += (await reader.read()).value ?? assert.fail('the stream ended')
  }
  await readUntil('event: state')
  let finish: (() => void) | undefined
  work(async (_, context) => {
    context.log('info', 'one')
    context.log('warn', 'two\u001b[2J')
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    context.log('info', 'three')
    return { docsKey: 'none', resolvedCommit: 'a'.repeat(40), summary: 'Done.' }
  })
  await readUntil('"two')
  assert.equal(await watches(), 1)
  caller.abort()
  await until(async () => (await watches()) === 0, 'nothing is watched for a caller that is gone')
  const id = parse(text).find(({ data }) => data.text === 'one')?.id ?? ''
  const second = fetch(server.url + EVENTS, { headers: { 'last-event-id': id } }).then((answer) => answer.text())
  finish?.()
  const told = parse(await second).filter(({ event }) => event !== 'state')
  assert.deepEqual(
    told.map(({ event, data }) => [event, data.text ?? data.status]),
    [
      ['log', 'two\u001b[2J'],
      ['log', 'three'],
      ['end', 'completed'],
    ],
  )
  const log = await fetch(`${server.url}/api/job/${ID}/log`)
  assert.equal(log.headers.get('content-disposition'), `attachment; filename="${ID}.1.log"`)
  assert.match(
    await log.text(),
    /^\S+Z {2}info {2}one\n\S+Z {2}warn {2}two\n\S+Z {2}info {2}three\n\S+Z {2}completed\n$/,
  )
})

test('the log of a claim is downloaded whole, as text or as it is', async (t) => {
  const app = await createFixture(t)
  app.queue.move(ID, { status: 'queued', epoch: 0 })
  const code = async (to: string) => ((await (await app.request(to)).json()) as { code: string }).code
  assert.equal(await code(`/api/job/${ID}/log`), 'NO_LOG')
  app.queue.move(ID, { status: 'completed', epoch: 1 })
  app.queue.tell(ID, ...['a', 'b', 'c', 'd\u001b[0m'].map(say), done)
  const raw = await app.request(`/api/jobs/${ID}/log?format=ndjson`)
  assert.equal(raw.headers.get('content-type'), 'application/x-ndjson')
  assert.equal(raw.headers.get('content-disposition'), `attachment; filename="${ID}.1.ndjson"`)
  const lines = (await raw.text()).trimEnd().split('\n')
  assert.deepEqual(
    lines.map((line) => JSON.parse(line)),
    [...['a', 'b', 'c', 'd\u001b[0m'].map(say), done],
  )
  const text = await (await app.request(`/api/job/${ID}/log?epoch=1`)).text()
  assert.deepEqual(text.split('\n'), [
    ...['a', 'b', 'c', 'd'].map((each) => `${at}  info  ${each}`),
    `${at}  completed`,
    '',
  ])
  for (const query of ['epoch=2', 'epoch=999999999']) assert.equal(await code(`/api/job/${ID}/log?${query}`), 'NO_LOG')
  for (const query of ['epoch=0', 'epoch=x', 'format=xml', 'a=b', 'epoch=1&epoch=1']) {
    assert.equal((await app.request(`/api/job/${ID}/log?${query}`)).status, 400, query)
  }
  assert.equal(await code('/api/job/none/log'), 'NO_SUCH_JOB')
})
