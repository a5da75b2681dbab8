/** What a job may ask for, and what its documents cost: kept through every move, and readable in records of before. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { IdempotencyKeyReused } from '#queue/errors.ts'
import { Job } from '#queue/job.ts'
import { JobOptions } from '#queue/job-options.ts'
import { FromChild, ToChild } from '#queue/job-process-messages.ts'
import type { JobSpend } from '#queue/job-spend.ts'
import * as move from '#queue/job-transitions.ts'
import { NO_CONTEXT, toView } from '#queue/job-view.ts'
import type { ClaimedJob, RunResult } from '#queue/runner.ts'
import { openSpool } from '#queue/spool/open-spool.ts'
import { startSupervisor } from './supervisor-here.ts'
import { makeQueue, request, result, silent, until } from './support.ts'

const options: JobOptions = { model: 'gpt-x', language: 'de', notes: 'One.\n\tTwo.', max_cost_usd: 0.5 }
const spend: JobSpend = { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 }
const processing = move.start(move.createJob(request('acme--a', { options }), 1_000), 'w1', 2_000)

test('options are taken at their bounds and refused beyond them', () => {
  for (const good of [
    {},
    options,
    { model: 'x'.repeat(200), notes: '💡'.repeat(2_000), max_cost_usd: 0 },
    { max_cost_usd: 1_000_000, language: 'ko' },
  ]) {
    assert.deepEqual(JobOptions.parse(good), good)
  }
  for (const bad of [
    { model: '' },
    { model: 'x'.repeat(201) },
    { language: 'tlh' },
    { language: 'DE' },
    { notes: 'x'.repeat(4_001) },
    { notes: 'bell\u0007' },
    { notes: 'line\r\nline' },
    { notes: 'next\u0085line' },
    { max_cost_usd: -0.01 },
    { max_cost_usd: 1_000_001 },
    { max_cost_usd: Number.NaN },
    { max_cost_usd: '1' },
    { temperature: 1 },
  ]) {
    assert.equal(JobOptions.safeParse(bad).success, false, JSON.stringify(bad).slice(0, 60))
  }
})

test('what documents cost stays with them: also when nothing has changed, and through a run that fails', () => {
  const first = move.complete(processing, { ...result, spend, degraded: 'budget' }, 3_000)
  assert.deepEqual([first.spend, first.degraded, first.options], [spend, 'budget', options])
  const again = move.start(move.resubmit(first, { priority: 1, force: false, mainModel: 'gpt-x' }, 4_000), 'w2', 5_000)
  assert.deepEqual([again.spend, again.degraded], [spend, 'budget'])
  const unchanged = move.complete(again, result, 6_000)
  assert.deepEqual([unchanged.spend, unchanged.degraded], [spend, 'budget'])
  const failed = move.fail(again, { code: 'X', message: 'x', hint: null }, 6_000)
  assert.deepEqual([failed.spend, failed.degraded], [spend, 'budget'])
  const whole = move.complete(again, { ...result, spend, degraded: null }, 6_000)
  assert.deepEqual([whole.spend, whole.degraded], [spend, null])
  const other = move.complete(again, { ...result, docsKey: 'k2' }, 6_000)
  assert.deepEqual([other.spend, other.degraded], [null, null])
  for (const job of [first, again, failed]) assert.deepEqual(Job.parse(JSON.parse(JSON.stringify(job))), job)
})

test('a view shows the options, the cost and what is missing', () => {
  const view = toView(move.complete(processing, { ...result, spend, degraded: 'model' }, 3_000), NO_CONTEXT)
  assert.deepEqual([view.options, view.spend, view.degraded], [options, spend, 'model'])
})

test('a record of before has no cost', () => {
  for (const job of [processing, move.complete(processing, result, 3_000)]) {
    const { spend: _, degraded: __, ...before } = { ...job, options: {} }
    assert.deepEqual(Job.parse(before), { ...before, spend: null, degraded: null })
  }
})

test('options go to the process of the job, and the cost comes back', async (t) => {
  const job: ClaimedJob = {
    ...{ jobId: 'a', repoUrl: 'x', commitId: null, options, mainModel: 'gpt-x', epoch: 1 },
    ...{ submittedAt: '2026-11-02T08:00:00.000Z', previous: null, force: false, workDir: '/nowhere' },
  }
  assert.deepEqual(ToChild.parse({ type: 'job', job }), { type: 'job', job })
  const told: RunResult = { ...result, spend, degraded: 'budget' }
  assert.deepEqual(FromChild.parse({ type: 'done', result: told }), { type: 'done', result: told })
  assert.deepEqual(FromChild.parse({ type: 'done', result }), { type: 'done', result })

  const fixture = await makeQueue(t)
  const claimed: ClaimedJob[] = []
  startSupervisor(t, fixture, async (job) => {
    claimed.push(job)
    return told
  })
  await fixture.queue.submit(request('acme--a', { options, mainModel: 'gpt-x' }))
  const view = await until(async () => {
    const now = (await fixture.queue.read('acme--a'))?.view
    return now?.status === 'completed' && now
  }, 'it ends')
  assert.deepEqual([claimed[0]?.options, claimed[0]?.mainModel], [options, 'gpt-x'])
  assert.deepEqual([view.options, view.spend, view.degraded], [options, spend, 'budget'])
})

test('documents of another model are not the answer; a retry takes the model of the options, else that of the server', async (t) => {
  const fixture = await makeQueue(t)
  const { queue } = fixture
  startSupervisor(t, fixture, async () => result)
  const ended = (jobId: string) =>
    until(async () => (await queue.read(jobId))?.view.status === 'completed', `${jobId} ends`)
  await queue.submit(request('acme--a'))
  await ended('acme--a')
  assert.equal((await queue.submit(request('acme--a'))).outcome, 'cached')
  const { outcome, job } = await queue.submit(request('acme--a', { mainModel: 'gpt-x' }))
  assert.deepEqual([outcome, job.view.main_model], ['created', 'gpt-x'])
  await ended('acme--a')
  assert.equal((await queue.retry('acme--a', 'gpt-y'))?.view.main_model, 'gpt-y')
  await queue.submit(request('acme--b', { options: { model: 'gpt-x' }, mainModel: 'gpt-x' }))
  await ended('acme--b')
  assert.equal((await queue.retry('acme--b', 'gpt-y'))?.view.main_model, 'gpt-x')
})

test('a key that was taken before there were options holds on, whatever model the server has now', async (t) => {
  const { queue, spoolDir, clock } = await makeQueue(t)
  const backend = await openSpool(spoolDir, { log: silent, clock, leaseMs: 15_000 })
  const of = (entries: unknown[]): string =>
    createHash('sha256')
      .update(JSON.stringify(['acme--a', 'https://github.com/acme/acme--a', null, entries, 5, false, 'offline']))
      .digest('hex')
  await backend.keys.take('k', { request: of([]), jobId: 'acme--a', outcome: null })
  await backend.close()
  const keyed = { idempotencyKey: 'k', mainModel: 'gpt-x' }
  assert.equal((await queue.submit(request('acme--a', keyed))).outcome, 'created')
  await assert.rejects(queue.submit(request('acme--a', { ...keyed, options })), IdempotencyKeyReused)
})
