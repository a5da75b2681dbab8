import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type TestContext, test } from 'node:test'
import { createLedger } from '#generate/prose/budget/ledger.ts'
import { readSummary, summarise } from '#generate/prose/budget/summarise.ts'

const NOON = Date.UTC(2026, 10, 25, 12)
const DAY_MS = 86_400_000
const NO_LIMIT = { costUsd: 0, tokens: 0, calls: 0 }

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'docspool-spend-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return path.join(folder, 'spend')
}

const ledgerAt = (folder: string, ms: number) =>
  createLedger({
    folder,
    job: 'job',
    perJob: NO_LIMIT,
    perDay: NO_LIMIT,
    priceOf: (model) => ({ input: model === 'b' ? 2 : 1, output: 0 }),
    log: () => {},
    now: () => ms,
  })

const bound = (model: string) => ({ model, about: '', inputTokens: 1_000, outputTokens: 10 })

test('days and models are added up, and what was never settled stands beside', async (t) => {
  const folder = newFolder(t)
  ledgerAt(folder, NOON - DAY_MS)
    .reserve(bound('a'))
    .settle({ inputTokens: 500, outputTokens: 5 })
  const today = ledgerAt(folder, NOON)
  today.reserve(bound('b')).settle({ inputTokens: 500, outputTokens: 5 })
  today.reserve(bound('a')).settle({ inputTokens: 100, outputTokens: 1 })
  today.reserve(bound('a')).settleFree()
  today.reserve(bound('a'))
  const { days } = await summarise(folder, () => NOON)
  const told = days.map(({ journal_bytes, ...row }) => row)
  const [yesterday, now] = ['2026-11-24', '2026-11-25']
  assert.deepEqual(told, [
    {
      day: yesterday,
      model: 'a',
      calls: 1,
      kept: 0,
      input_tokens: 500,
      output_tokens: 5,
      cost_usd: 0.0005,
      open_usd: 0,
    },
    { day: now, model: 'a', calls: 2, kept: 0, input_tokens: 100, output_tokens: 1, cost_usd: 0.0001, open_usd: 0.001 },
    { day: now, model: 'b', calls: 1, kept: 0, input_tokens: 500, output_tokens: 5, cost_usd: 0.001, open_usd: 0 },
  ])
  const file = path.join(path.dirname(folder), 'spend.json')
  assert.deepEqual(await readSummary(file), { version: 1, days })
  assert.deepEqual((await readdir(path.dirname(folder))).sort(), ['spend', 'spend.json'])
})

test('a day that did not change is not read again', async (t) => {
  const folder = newFolder(t)
  ledgerAt(folder, NOON).reserve(bound('a')).settle(null)
  await summarise(folder, () => NOON)
  const journal = path.join(folder, '2026-11-25.ndjson')
  const text = await readFile(journal, 'utf8')
  await writeFile(journal, ' '.repeat(text.length))
  assert.equal((await summarise(folder, () => NOON)).days[0]?.calls, 1)
  await writeFile(journal, `${text}\n`)
  ledgerAt(folder, NOON).reserve(bound('a')).settle(null)
  assert.equal((await summarise(folder, () => NOON)).days[0]?.calls, 2)
})

test('journals of more than 400 days ago are dropped, other files are left', async (t) => {
  const folder = newFolder(t)
  ledgerAt(folder, NOON - 401 * DAY_MS)
    .reserve(bound('a'))
    .settle(null)
  ledgerAt(folder, NOON - 399 * DAY_MS)
    .reserve(bound('a'))
    .settle(null)
  await writeFile(path.join(folder, 'notes.txt'), '')
  const { days } = await summarise(folder, () => NOON)
  assert.equal(days.length, 1)
  assert.deepEqual((await readdir(folder)).length, 2)
})

test('a summary of another form is made anew, and where nothing was spent there is none', async (t) => {
  const folder = newFolder(t)
  assert.deepEqual(await summarise(folder), { version: 1, days: [] })
  assert.deepEqual(await readdir(path.dirname(folder)), [])
  await writeFile(path.join(path.dirname(folder), 'spend.json'), '{"days": [')
  ledgerAt(folder, NOON).reserve(bound('a')).settle(null)
  assert.equal((await summarise(folder, () => NOON)).days.length, 1)
})
