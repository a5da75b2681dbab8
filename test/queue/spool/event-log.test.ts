/** The event log of a claim. */
import assert from 'node:assert/strict'
import { appendFile, mkdir, readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import type { JobEvent } from '#queue/job-event.ts'
import { createEventLog } from '#queue/spool/event-log.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'
import { makeFolder, silent } from '../support.ts'

const at = '2026-01-01T00:00:00.000Z'

async function setUp(t: TestContext) {
  const paths = new SpoolPaths(path.join(await makeFolder(t), 'spool'))
  await mkdir(paths.job('acme--a'), { recursive: true })
  return { log: createEventLog(paths, silent), file: paths.events('acme--a', 1) }
}

test('events are read back in order, and the last progress is found', async (t) => {
  const { log } = await setUp(t)
  const events: JobEvent[] = [
    { type: 'spawn', at, pid: 7, pidStart: '9' },
    { type: 'progress', at, stage: 'clone', percent: 1, text: 'a' },
    { type: 'progress', at, stage: 'pages', percent: 50, text: 'b' },
    { type: 'log', at, level: 'info', text: 'x' },
    { type: 'end', at, status: 'failed', error: { code: 'X', message: 'x', hint: null } },
  ]
  const sink = log.open('acme--a', 1)
  await Promise.all(events.map((event) => sink.append(event)))
  await sink.close()
  assert.deepEqual(await log.read('acme--a', 1), events)
  assert.deepEqual(await log.lastProgress('acme--a', 1), { stage: 'pages', percent: 50, text: 'b' })
  assert.deepEqual(await log.read('acme--a', 2), [])
  assert.equal(await log.lastProgress('acme--a', 2), null)
})

test('a full log says so once, and progress still has room', async (t) => {
  const { log, file } = await setUp(t)
  const sink = log.open('acme--a', 1)
  for (let n = 0; n < 400; n++) await sink.append({ type: 'log', at, level: 'info', text: 'x'.repeat(9_000) })
  await sink.append({ type: 'progress', at, stage: 'pages', percent: 9, text: 'on' })
  await sink.close()
  assert.ok((await stat(file)).size <= 1_048_576 + 200)
  const events = await log.read('acme--a', 1)
  assert.equal(events.filter((event) => event.type === 'log' && /is full/.test(event.text)).length, 1)
  assert.equal((await log.lastProgress('acme--a', 1))?.text, 'on')
})

test('half a line and foreign lines are left out', async (t) => {
  const { log, file } = await setUp(t)
  await appendFile(
    file,
    `nonsense\n{"type":"log"}\n${JSON.stringify({ type: 'log', at, level: 'info', text: 'x' })}\n{"type":"lo`,
  )
  assert.deepEqual(await log.read('acme--a', 1), [{ type: 'log', at, level: 'info', text: 'x' }])
})

test('a log that cannot be written costs no job', async (t) => {
  const { log, file } = await setUp(t)
  await mkdir(file)
  const sink = log.open('acme--a', 1)
  await sink.append({ type: 'log', at, level: 'info', text: 'x' })
  await sink.close()
})

const line = (text: string): JobEvent => ({ type: 'log', at, level: 'info', text })

test('a log is read on from the place after any event, without what lies before', async (t) => {
  const { log } = await setUp(t)
  const sink = log.open('acme--a', 1)
  for (const text of ['ä', 'b', '😀', 'd']) await sink.append(line(text))
  const all = await log.readFrom('acme--a', 1, 0)
  assert.ok(all)
  assert.deepEqual([all.events.length, all.isMore], [4, false])
  for (const [index, { next }] of all.events.entries()) {
    const rest = await log.readFrom('acme--a', 1, next)
    assert.deepEqual(rest?.events, all.events.slice(index + 1))
    assert.equal(await log.readFrom('acme--a', 1, next - 1), undefined, 'no line begins there')
  }
  assert.equal(await log.readFrom('acme--a', 1, all.next + 1), undefined)
  assert.equal(await log.readFrom('acme--a', 2, 0), undefined)
  await sink.append(line('e'))
  await sink.close()
  assert.deepEqual(
    (await log.readFrom('acme--a', 1, all.next))?.events.map(({ event }) => event),
    [line('e')],
  )
})

test('a piece of a log has a bound, and the pieces make the whole', async (t) => {
  const { log } = await setUp(t)
  const sink = log.open('acme--a', 1)
  const events = Array.from({ length: 60 }, (_, n) => line(`${n} ${'\u0001'.repeat(n % 7 === 0 ? 4_100 : 300)}`))
  for (const event of events) await sink.append(event)
  await sink.close()
  const read: JobEvent[] = []
  let pieces = 0
  for (let offset = 0, isMore = true; isMore; pieces++) {
    const piece = await log.readFrom('acme--a', 1, offset)
    assert.ok(piece)
    assert.ok(piece.next - offset <= 32_768)
    read.push(...piece.events.map(({ event }) => event))
    ;({ next: offset, isMore } = piece)
  }
  assert.ok(pieces > 5, String(pieces))
  assert.deepEqual(read, await log.read('acme--a', 1))
  assert.equal(read.length, 60)
})

test('half a line is waited for, and a line too long to be one is skipped', async (t) => {
  const { log, file } = await setUp(t)
  const text = `${JSON.stringify(line('x'))}\n`
  await appendFile(file, `${text}nonsense\n${text.slice(0, 20)}`)
  const first = await log.readFrom('acme--a', 1, 0)
  assert.deepEqual([first?.events.length, first?.next, first?.isMore], [1, text.length + 9, false])
  await appendFile(file, text.slice(20))
  assert.deepEqual((await log.readFrom('acme--a', 1, first?.next ?? 0))?.events[0]?.event, line('x'))

  await appendFile(file, 'z'.repeat(100_000))
  const end = 2 * text.length + 9
  assert.deepEqual(await log.readFrom('acme--a', 1, end), { events: [], next: end, isMore: false })
  await appendFile(file, `\n${text}`)
  const skipped = await log.readFrom('acme--a', 1, end)
  assert.deepEqual([skipped?.next, skipped?.isMore], [end + 100_001, true])
  assert.deepEqual((await log.readFrom('acme--a', 1, skipped?.next ?? 0))?.events[0]?.event, line('x'))
})

test('what is appended after half a line begins a line of its own', async (t) => {
  const { log, file } = await setUp(t)
  await appendFile(file, '{"type":"lo')
  const sink = log.open('acme--a', 1)
  await sink.append(line('after'))
  await sink.close()
  assert.deepEqual(await log.read('acme--a', 1), [line('after')])
})

test('of a job that is claimed again and again the newest eight logs stay', async (t) => {
  const { log, file } = await setUp(t)
  for (let epoch = 1; epoch <= 11; epoch++) {
    const sink = log.open('acme--a', epoch)
    await sink.append({ type: 'progress', at, stage: 'clone', percent: 1, text: String(epoch) })
    await sink.close()
  }
  const names = (await readdir(path.dirname(file))).map((name) => Number(name.split('.')[1])).sort((a, b) => a - b)
  assert.deepEqual(names, [4, 5, 6, 7, 8, 9, 10, 11])
})
