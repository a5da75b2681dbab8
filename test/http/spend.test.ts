/** What models cost, as data and as a line. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SpendReader } from '#http/spend.ts'
import { createFixture } from './fixture.ts'

const NOW = Date.parse('2026-11-25T23:59:59.999Z')
const figures = { calls: 9, kept: 3, input_tokens: 40_000, output_tokens: 5_210, cost_usd: 0.12 }
const reader: SpendReader = {
  readDays: async () => [
    { day: '2026-11-24', model: 'gpt-x', ...figures },
    { day: '2026-11-25', model: 'gpt-x', ...figures },
    { day: '2026-11-25', model: 'gpt-b', ...figures, kept: 0, cost_usd: 0 },
  ],
  limits: { cost_usd: 20, tokens: null, calls: 500 },
}

test('spend is told by day, newest first, with the sums of this day and of all', async (t) => {
  const app = await createFixture(t, { spend: reader, clock: () => NOW })
  const answer = await app.request('/api/spend')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  const { days, ...sums } = await answer.json()
  assert.deepEqual(sums, {
    day: '2026-11-25',
    today: { calls: 18, kept: 3, input_tokens: 80_000, output_tokens: 10_420, cost_usd: 0.12 },
    limits: reader.limits,
    total: { calls: 27, kept: 6, input_tokens: 120_000, output_tokens: 15_630, cost_usd: 0.24 },
  })
  assert.deepEqual(
    days.map(({ day, model }: { day: string; model: string }) => `${day} ${model}`),
    ['2026-11-25 gpt-b', '2026-11-25 gpt-x', '2026-11-24 gpt-x'],
  )
  const line = await app.request('/api/spend', { headers: { accept: 'text/plain' } })
  assert.equal(await line.text(), 'today  18 calls  3 kept  80000 tokens in  10420 tokens out  $0.12 of $20.00\n')
})

test('where nothing is known nothing was spent', async (t) => {
  const app = await createFixture(t)
  const { today, days, limits } = await (await app.request('/api/spend')).json()
  assert.deepEqual([today.calls, today.cost_usd, days, limits.cost_usd], [0, 0, [], null])
  assert.deepEqual(await (await app.request('/healthz')).json(), { status: 'ok' })
})
