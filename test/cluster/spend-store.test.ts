/** Budgets hold over all machines, whoever reserves at the same time, dies or tries again. */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { createSpendStore, type SpendStore } from '#cluster/spend-store.ts'
import { BudgetSpent } from '#generate/prose/ask.ts'
import { createSharedLedger } from '#generate/prose/budget/shared-ledger.ts'
import { answerFromSpend, askSharedSpend, type SharedSpend } from '#generate/prose/budget/shared-spend.ts'
import { onDatabase } from '../postgres/start-server.ts'
import { connectMachines } from './machines.ts'

interface Machines {
  url: string
  stores: SpendStore[]
}

async function start(t: TestContext, count = 2): Promise<Machines> {
  const { url, databases } = await connectMachines(t, count)
  return { url, stores: databases.map(createSpendStore) }
}

const NO_LIMIT = { costUsd: 0, tokens: 0, calls: 0 }
const DAY = { ...NO_LIMIT, calls: 10 }
const bound = { model: 'm', about: 'a module', inputTokens: 100, outputTokens: 50 }

function ledgerOn(spend: SharedSpend, job: string, limits: { perJob?: object; perDay?: object } = {}) {
  const logged: string[] = []
  const ledger = createSharedLedger({
    ...{ spend, job, priceOf: () => ({ input: 1, output: 2 }) },
    perJob: { ...NO_LIMIT, ...limits.perJob },
    perDay: { ...NO_LIMIT, ...limits.perDay },
    log: (_level, text) => logged.push(text),
  })
  return { ledger, logged }
}

test('the limit of a day holds over machines that reserve at the same time', async (t) => {
  const { stores } = await start(t, 3)
  const ledgers = stores.map((store, at) => ledgerOn(store, `job ${at}`, { perDay: DAY }).ledger)
  const tries = ledgers.flatMap((ledger) => Array.from({ length: 8 }, () => ledger.reserve(bound)))
  const results = await Promise.allSettled(tries)
  const granted = results.filter(({ status }) => status === 'fulfilled')
  assert.equal(granted.length, 10)
  for (const result of results) {
    if (result.status === 'fulfilled') continue
    assert.ok(result.reason instanceof BudgetSpent)
    assert.equal(
      result.reason.message,
      'The budget of the day is 10 calls; 10 calls are spent or reserved, and the next request may cost 1 calls',
    )
  }
})

test('what a request did cost replaces what was reserved, once, and is shown by day and model', async (t) => {
  const { stores } = await start(t)
  const [one, two] = stores as [SpendStore, SpendStore]
  const { ledger } = ledgerOn(one, 'a', { perDay: { tokens: 300 } })
  const first = await ledger.reserve(bound)
  const second = await ledger.reserve(bound)
  await assert.rejects(async () => await ledger.reserve(bound), BudgetSpent)
  first.settle({ inputTokens: 80, outputTokens: 20 })
  first.settle({ inputTokens: 80, outputTokens: 20 })
  second.release()
  await ledger.settled()
  const other = ledgerOn(two, 'b', { perDay: { tokens: 300 } }).ledger
  ;(await other.reserve(bound)).settle(null)
  await other.settled()
  const days = await two.readDays()
  const day = new Date().toISOString().slice(0, 10)
  assert.deepEqual(days, [
    { day, model: 'm', calls: 2, kept: 0, input_tokens: 180, output_tokens: 70, cost_usd: 0.00032 },
  ])
  assert.deepEqual(await ledger.spend(), { calls: 1, kept: 0, inputTokens: 80, outputTokens: 20, costUsd: 0.00012 })
})

test('a job that another machine takes over keeps its limit and what it has spent', async (t) => {
  const { stores } = await start(t)
  const [one, two] = stores as [SpendStore, SpendStore]
  const { ledger } = ledgerOn(one, 'a', { perJob: { calls: 3 } })
  ;(await ledger.reserve(bound)).settle({ inputTokens: 10, outputTokens: 10 })
  await ledger.settled()
  // Its machine dies: what it had reserved counts in full.
  await ledger.reserve(bound)
  const resumed = ledgerOn(two, 'a', { perJob: { calls: 3 } }).ledger
  ;(await resumed.reserve(bound)).settleFree()
  await resumed.settled()
  await assert.rejects(async () => await resumed.reserve(bound), /The budget of the job is 3 calls/)
  assert.deepEqual(await resumed.spend(), { calls: 2, kept: 0, inputTokens: 10, outputTokens: 10, costUsd: 0.00003 })
  await ledgerOn(two, 'b', { perJob: { calls: 3 } }).ledger.reserve(bound)
})

test('a statement that is run again after a lost connection counts once', async (t) => {
  const { url, stores } = await start(t, 1)
  const [store] = stores as [SpendStore]
  const id = randomUUID()
  const limit = { calls: 1, tokens: 0, microUsd: 0 }
  const request = { id, job: 'a', model: 'm', inputTokens: 1, outputTokens: 1, microUsd: 5 }
  const asked = { ...request, jobLimit: limit, dayLimit: limit }
  assert.equal(await store.reserve(asked), undefined)
  assert.equal(await store.reserve(asked), undefined)
  const figures = { calls: 1, inputTokens: 1, outputTokens: 1, microUsd: 4 }
  await store.settle(id, figures)
  await store.settle(id, figures)
  assert.deepEqual(await store.spent('a'), figures)
  assert.deepEqual(await onDatabase(url, 'SELECT calls, micro_usd FROM docspool.spend_days'), [
    { calls: '1', micro_usd: '4' },
  ])
})

test('no request is sent while the storage is away; what cannot be recorded counts in full', async () => {
  const away = () => Promise.reject(new Error('away'))
  const { ledger, logged } = ledgerOn({ reserve: away, settle: away, release: away, spent: away }, 'a')
  await assert.rejects(async () => await ledger.reserve(bound), /Spending cannot be recorded, so no request is sent/)
  const unsettled = ledgerOn({ reserve: async () => undefined, settle: away, release: away, spent: away }, 'a')
  ;(await unsettled.ledger.reserve(bound)).settle({ inputTokens: 1, outputTokens: 1 })
  await unsettled.ledger.settled()
  assert.match(unsettled.logged.join('\n'), /The cost of a module cannot be recorded, so its maximum is counted: away/)
  assert.match(logged.join('\n'), /The spending of the job cannot be read/)
})

test('a process without the database reaches it through questions, which are checked', async (t) => {
  const { stores } = await start(t, 1)
  const [store] = stores as [SpendStore]
  const throughJson = async (question: unknown): Promise<unknown> =>
    JSON.parse(JSON.stringify(await answerFromSpend(store, JSON.parse(JSON.stringify(question)))))
  const { ledger } = ledgerOn(askSharedSpend(throughJson), 'a', { perDay: { calls: 1 } })
  ;(await ledger.reserve(bound)).settle({ inputTokens: 7, outputTokens: 3 })
  await assert.rejects(async () => await ledger.reserve(bound), BudgetSpent)
  await ledger.settled()
  assert.equal((await store.spent('a')).inputTokens, 7)
  for (const odd of [
    undefined,
    { type: 'drop' },
    { type: 'settle', id: 'x', figures: { calls: 1, inputTokens: 0, outputTokens: 0, microUsd: 0 } },
    { type: 'settle', id: randomUUID(), figures: { calls: -1, inputTokens: 0, outputTokens: 0, microUsd: 0 } },
    { type: 'spent', job: 'a'.repeat(1_000) },
  ]) {
    await assert.rejects(answerFromSpend(store, odd), { name: 'ZodError' })
  }
})

test('what is too old to count is removed; the days stay for 400 days', async (t) => {
  const { url, stores } = await start(t, 1)
  const [store] = stores as [SpendStore]
  await onDatabase(
    url,
    `INSERT INTO docspool.spend_days SELECT current_date - age, 'm', 1, 1, 1, 1 FROM unnest('{1,3,399,402}'::int[]) AS age;
     INSERT INTO docspool.spend_jobs SELECT 'a', current_date - age, 1, 1, 1, 1 FROM unnest('{1,4}'::int[]) AS age;
     INSERT INTO docspool.spend_reservations
     SELECT gen_random_uuid(), current_date - age, 'a', 'm', 1, 1, 1 FROM unnest('{1,4}'::int[]) AS age`,
  )
  assert.equal(await store.sweep(), 3)
  assert.equal(await store.sweep(), 0)
  assert.equal((await store.readDays()).length, 3)
})
