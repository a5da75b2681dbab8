import assert from 'node:assert/strict'
import { mkdtempSync } from 'node:fs'
import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { BudgetSpent } from '#generate/prose/ask.ts'
import { createLedger, type FileLedger, type LedgerOptions } from '#generate/prose/budget/ledger.ts'

const NO_LIMIT = { costUsd: 0, tokens: 0, calls: 0 }
/** 2026-11-25 in UTC. */
const NOON = Date.UTC(2026, 10, 25, 12)

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'docspool-spend-'))
  t.after(() => rm(folder, { recursive: true, force: true }))
  return path.join(folder, 'spend')
}

function open(folder: string, options: Partial<LedgerOptions> = {}): FileLedger & { logged: string[] } {
  const logged: string[] = []
  const ledger = createLedger({
    folder,
    job: 'job',
    perJob: NO_LIMIT,
    perDay: NO_LIMIT,
    priceOf: () => ({ input: 1, output: 10 }),
    log: (_, text) => void logged.push(text),
    now: () => NOON,
    ...options,
  })
  return { ...ledger, logged }
}

/** May cost US$ 0.0011 and 200 tokens. */
const BOUND = { model: 'm', about: 'a', inputTokens: 100, outputTokens: 100 }

test('what was used is what counts, exactly', (t) => {
  const ledger = open(newFolder(t))
  for (let at = 0; at < 10; at += 1) ledger.reserve(BOUND).settle({ inputTokens: 10, outputTokens: 9 })
  ledger.countCached()
  assert.deepEqual(ledger.spend(), { calls: 10, kept: 1, inputTokens: 100, outputTokens: 90, costUsd: 0.001 })
})

for (const [title, perJob, fits] of [
  ['money', { ...NO_LIMIT, costUsd: 0.0025 }, 2],
  ['tokens', { ...NO_LIMIT, tokens: 600 }, 3],
  ['calls', { ...NO_LIMIT, calls: 4 }, 4],
] as const) {
  for (const limit of ['perJob', 'perDay'] as const) {
    test(`no more is reserved than the limit of ${title} holds (${limit})`, (t) => {
      const ledger = open(newFolder(t), { [limit]: perJob })
      for (let at = 0; at < fits; at += 1) ledger.reserve(BOUND)
      assert.throws(() => ledger.reserve(BOUND), BudgetSpent)
    })
  }
}

test('what is settled for less leaves room, a call that failed counts as a call, one never sent as none', (t) => {
  const ledger = open(newFolder(t), { perDay: { costUsd: 0, tokens: 250, calls: 4 } })
  ledger.reserve(BOUND).settle({ inputTokens: 20, outputTokens: 20 })
  ledger.reserve(BOUND).settleFree()
  ledger.reserve(BOUND).release()
  ledger.reserve(BOUND).settleFree()
  const last = ledger.reserve(BOUND)
  assert.throws(() => ledger.reserve(BOUND), BudgetSpent)
  last.settle(null)
  last.settle({ inputTokens: 0, outputTokens: 0 })
  assert.deepEqual(ledger.spend(), { calls: 4, kept: 0, inputTokens: 120, outputTokens: 120, costUsd: 0.00132 })
})

describe('a usage that is missing or absurd is the bound', () => {
  for (const [title, said, isLogged] of [
    ['missing', null, false],
    ['half missing', { inputTokens: 100 }, false],
    ['negative', { inputTokens: -5, outputTokens: 100 }, true],
    ['no whole number', { inputTokens: 1.5, outputTokens: 100 }, true],
    ['a text', { inputTokens: '100', outputTokens: 100 }, true],
    ['enormous', { inputTokens: 1e9, outputTokens: 1e300 }, true],
  ] as const) {
    test(title, (t) => {
      const ledger = open(newFolder(t))
      ledger.reserve(BOUND).settle(said)
      const { inputTokens, outputTokens } = ledger.spend()
      assert.deepEqual({ inputTokens, outputTokens }, { inputTokens: 100, outputTokens: 100 })
      assert.equal(ledger.logged.length, isLogged ? 1 : 0)
    })
  }
})

test('a usage that is somewhat above the bound is believed', (t) => {
  const ledger = open(newFolder(t))
  ledger.reserve(BOUND).settle({ inputTokens: 400, outputTokens: 100 })
  assert.equal(ledger.spend().inputTokens, 400)
})

test('jobs share the day and not each other', (t) => {
  const folder = newFolder(t)
  const limits = { perJob: { ...NO_LIMIT, calls: 2 }, perDay: { ...NO_LIMIT, calls: 3 } }
  const one = open(folder, { ...limits, job: 'one' })
  const two = open(folder, { ...limits, job: 'two' })
  one.reserve(BOUND).settle(null)
  one.reserve(BOUND).settle(null)
  assert.throws(() => one.reserve(BOUND), /of the job/)
  two.reserve(BOUND)
  assert.throws(() => two.reserve(BOUND), /of the day/)
  assert.equal(two.spend().calls, 0)
  assert.equal(one.spend().calls, 2)
})

test('a job that is taken up again goes on with what it spent, and with what its dead worker had reserved', (t) => {
  const folder = newFolder(t)
  const perJob = { ...NO_LIMIT, calls: 3 }
  const dead = open(folder, { perJob })
  dead.reserve(BOUND).settle({ inputTokens: 1, outputTokens: 1 })
  dead.reserve(BOUND)
  const ledger = open(folder, { perJob, now: () => NOON + 13 * 3_600_000 })
  ledger.reserve(BOUND).settle({ inputTokens: 1, outputTokens: 1 })
  assert.throws(() => ledger.reserve(BOUND), BudgetSpent)
  assert.deepEqual(ledger.spend(), { calls: 2, kept: 0, inputTokens: 2, outputTokens: 2, costUsd: 0.000022 })
})

test('a new day has a budget of its own, and what was reserved before midnight is settled there', async (t) => {
  const folder = newFolder(t)
  let now = NOON
  const ledger = open(folder, { perDay: { ...NO_LIMIT, calls: 1 }, now: () => now })
  const late = ledger.reserve(BOUND)
  assert.throws(() => ledger.reserve(BOUND), BudgetSpent)
  now += 86_400_000
  ledger.reserve(BOUND).settle(null)
  late.settle(null)
  assert.equal((await readFile(path.join(folder, '2026-11-25.ndjson'), 'utf8')).match(/"settle"/g)?.length, 1)
  assert.equal((await readFile(path.join(folder, '2026-11-26.ndjson'), 'utf8')).match(/"settle"/g)?.length, 1)
})

test('lines that are torn, alien or empty are passed over, and what comes after a torn one is not', async (t) => {
  const folder = newFolder(t)
  const file = path.join(folder, '2026-11-25.ndjson')
  await mkdir(folder, { recursive: true })
  await writeFile(
    file,
    'rubbish\n{"t":"settle"}\n{"t":"reserve","id":"x","calls":-1}\n\n\0\0\n{"t":"reserve","id":"half',
  )
  const ledger = open(folder, { perDay: { ...NO_LIMIT, calls: 2 } })
  ledger.reserve(BOUND).settle(null)
  await appendFile(file, '{"t":"res')
  ledger.reserve(BOUND).settle(null)
  assert.throws(() => ledger.reserve(BOUND), BudgetSpent)
  assert.equal(ledger.spend().calls, 2)
  assert.equal(open(folder).spend().calls, 2)
})

test('of two that reserve at once the first in the file holds, for every reader', async (t) => {
  const folder = newFolder(t)
  await mkdir(folder, { recursive: true })
  const limit = { calls: 0, tokens: 500, microUsd: 0 }
  const line = (id: string, tokens: number): string =>
    JSON.stringify({
      t: 'reserve',
      id,
      at: 1,
      job: 'job',
      about: '',
      model: 'm',
      in: tokens,
      out: 0,
      microUsd: 0,
      limit,
    })
  const settle = (id: string): string => JSON.stringify({ t: 'settle', id, at: 1, in: 7, out: 0, microUsd: 0 })
  const lines = [
    line('a', 300),
    line('b', 300),
    line('c', 150),
    settle('b'),
    settle('a'),
    line('d', 300),
    settle('c'),
    settle('d'),
  ]
  await writeFile(path.join(folder, '2026-11-25.ndjson'), `${lines.join('\n')}\n`)
  assert.equal(open(folder).spend().inputTokens, 21, 'b did not hold, and so was never sent')
})

test('where nothing can be written down nothing is asked', async (t) => {
  const folder = newFolder(t)
  await writeFile(folder, 'in the way')
  assert.throws(
    () => open(folder).reserve(BOUND),
    (error) => error instanceof BudgetSpent && error.cause instanceof Error,
  )
})

test('the longest names fit into a line', (t) => {
  const ledger = open(newFolder(t), { job: '\u0000"漢'.repeat(500) })
  ledger.reserve({ ...BOUND, about: '"\n'.repeat(500), model: '\\'.repeat(500) }).settle(null)
  assert.equal(ledger.spend().calls, 1)
})

test('a limit of less than a millionth of a dollar is a limit', (t) => {
  const ledger = open(newFolder(t), { perJob: { ...NO_LIMIT, costUsd: 1e-9 } })
  assert.throws(() => ledger.reserve(BOUND), BudgetSpent)
})
