import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { Aborted } from '#base/errors.ts'
import { Incidents } from '#generate/incidents.ts'
import { Stages, StageTimedOut } from '#generate/stages.ts'
import { inventoryOf } from './analyse/inventory-of.ts'

const LIMIT_MS = 20_000
const setUp = (limitMs = LIMIT_MS) => new Stages(new Incidents({ fileMs: 100, areFatal: false }), limitMs)
const forEver = (): never => {
  for (;;);
}

test('a stage that loops fails with a code that names it', () => {
  assert.throws(
    () => setUp(100).run('partition', forEver),
    (error) => error instanceof StageTimedOut && error.code === 'STAGE_TIMED_OUT' && /"partition"/.test(error.message),
  )
})

test('the file whose text holds a stage up is noted, and the stage is done without its text', async () => {
  const stages = setUp()
  const inventory = await inventoryOf({ 'a.py': 'x', 'b.py': 'evil', 'c.py': 'y' })
  const texts = stages.runOn('pages', inventory, ({ files }) =>
    files.map(({ path, text }) => [path, text === 'evil' ? forEver() : text]),
  )
  assert.deepEqual(texts, [
    ['a.py', 'x'],
    ['b.py', null],
    ['c.py', 'y'],
  ])
  assert.deepEqual(
    stages.incidents.list.map(({ stage, file, reason }) => [stage, file, reason]),
    [['pages', 'b.py', 'deadline']],
  )
})

test('a file whose path holds a stage up loses its place', async () => {
  const stages = setUp()
  const inventory = await inventoryOf({ 'a.py': 'x', 'b.py': 'y' })
  const paths = stages.runOn('pages', inventory, ({ files }) =>
    files.map(({ path }) => (path === 'a.py' ? forEver() : path)),
  )
  assert.deepEqual([paths, [...stages.incidents.files]], [['b.py'], ['a.py']])
})

test('a stage that no file holds up fails, and so does one that many do', async () => {
  const inventory = await inventoryOf({ 'a.py': 'x' })
  assert.throws(() => setUp(300).runOn('verify', inventory, forEver), { code: 'STAGE_TIMED_OUT' })
  const many = await inventoryOf(Object.fromEntries(Array.from({ length: 8 }, (_, i) => [`${i}.py`, 'evil'])))
  const stages = setUp(20_000)
  assert.throws(
    () => stages.runOn('pages', many, ({ files }) => files.map(({ text }) => text === 'evil' && forEver())),
    { code: 'STAGE_TIMED_OUT' },
  )
  assert.equal(stages.incidents.files.size, 5)
})

test('what a stage throws is thrown, and the inventory it gets is like the one given', async () => {
  const inventory = await inventoryOf({ 'a.py': 'x' })
  const stages = setUp()
  assert.throws(() => stages.runOn('pages', inventory, () => assert.fail('mine')), /mine/)
  stages.runOn('pages', inventory, ({ files }) => {
    const [copy] = files.map((file) => ({ ...file }))
    assert.deepEqual(copy, inventory.files[0])
    assert.deepEqual(structuredClone(files[0]), inventory.files[0])
  })
})

test('a stage that waits has a limit, too, which is told from an abort', async () => {
  const waiting = async (signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) await sleep(5)
    throw new Aborted('given up')
  }
  const outer = new AbortController()
  await assert.rejects(setUp(50).wait('analyse', outer.signal, waiting), { code: 'STAGE_TIMED_OUT' })
  setTimeout(() => outer.abort(), 20)
  await assert.rejects(setUp(60_000).wait('analyse', outer.signal, waiting), { code: 'ABORTED' })
})
