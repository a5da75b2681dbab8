/** The event log of a claim. */
import assert from 'node:assert/strict'
import { appendFile, mkdir, stat } from 'node:fs/promises'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import type { JobEvent } from '#queue/contract.ts'
import { createEventLog } from '#queue/spool/events.ts'
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
