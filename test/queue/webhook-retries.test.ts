/** When a webhook is delivered again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { retryDelayMs } from '#queue/callbacks.ts'

const DAY_MS = 24 * 3_600_000

test('nine delays, from seconds to a day; then none', () => {
  const delays = Array.from({ length: 10 }, (_, tries) => retryDelayMs(tries, { retryAfterMs: 0, chance: 0 }))
  assert.equal(delays[0], 5_000)
  assert.equal(delays[8], DAY_MS)
  assert.equal(delays[9], undefined)
})

test('Retry-After lengthens a delay, up to a day; it never shortens one', () => {
  assert.equal(retryDelayMs(0, { retryAfterMs: 60_000, chance: 0 }), 60_000)
  assert.equal(retryDelayMs(0, { retryAfterMs: 30 * DAY_MS, chance: 0 }), DAY_MS)
  assert.equal(retryDelayMs(1, { retryAfterMs: 1_000, chance: 0 }), 300_000)
})

test('up to a fifth is added by chance', () => {
  assert.equal(retryDelayMs(0, { retryAfterMs: 0, chance: 0.5 }), 5_500)
})
