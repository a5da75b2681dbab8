import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import pino from 'pino'
import { createSpendReader } from '#server/spend-file.ts'

const day = {
  ...{ day: '2026-11-25', model: 'gpt-x', calls: 9, kept: 3 },
  ...{ input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 },
}

async function setUp(t: TestContext) {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-spend-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  const logged: string[] = []
  const log = pino({}, { write: (line: string) => logged.push(line) })
  const reader = createSpendReader(folder, { costUsd: 20, tokens: 0, calls: 0 }, log)
  return { reader, logged, file: path.join(folder, 'spend.json') }
}

test('days are read anew each time; without a file there are none', async (t) => {
  const { reader, logged, file } = await setUp(t)
  assert.deepEqual(await reader.readDays(), [])
  await writeFile(file, JSON.stringify({ version: 1, days: [day] }))
  assert.deepEqual(await reader.readDays(), [day])
  await writeFile(file, JSON.stringify({ version: 1, days: [day, { ...day, day: '2026-11-26' }] }))
  assert.equal((await reader.readDays()).length, 2)
  assert.deepEqual(reader.limits, { cost_usd: 20, tokens: null, calls: null })
  assert.deepEqual(logged, [])
})

test('what is no such file counts as nothing and is logged once', async (t) => {
  const { reader, logged, file } = await setUp(t)
  for (const text of [
    '',
    '[]',
    '{"version":2,"days":[]}',
    JSON.stringify({ version: 1, days: [{ ...day, day: 'yesterday' }] }),
    JSON.stringify({ version: 1, days: [{ ...day, cost_usd: -1 }] }),
    `{"version":1,"days":[${JSON.stringify(day).replace('0.12', '1e999')}]}`,
    JSON.stringify({ version: 1, days: [{ ...day, model: { toString: 1 } }] }),
    `${'['.repeat(100_000)}`,
    ' '.repeat(5_000_000),
  ]) {
    await writeFile(file, text)
    assert.deepEqual(await reader.readDays(), [], text.slice(0, 60))
  }
  await rm(file)
  await mkdir(file)
  assert.deepEqual(await reader.readDays(), [])
  await rm(file, { recursive: true })
  await symlink('/dev/zero', file)
  assert.deepEqual(await reader.readDays(), [])
  assert.equal(logged.length, 1)
})
