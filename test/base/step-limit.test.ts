import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createStepLimit } from '#base/step-limit.ts'

test('steps run in order, a few at a time, also after one that failed', async () => {
  const limited = createStepLimit(2)
  const begun: number[] = []
  let running = 0
  let most = 0
  const steps = Array.from({ length: 6 }, (_, n) =>
    limited(async () => {
      begun.push(n)
      most = Math.max(most, ++running)
      await new Promise((resolve) => setTimeout(resolve, 5))
      running -= 1
      if (n === 1) throw new Error('this one fails')
      return n
    }),
  )
  const ended = await Promise.allSettled(steps)
  assert.deepEqual(begun, [0, 1, 2, 3, 4, 5])
  assert.equal(most, 2)
  assert.deepEqual(
    ended.map((end) => (end.status === 'fulfilled' ? end.value : 'failed')),
    [0, 'failed', 2, 3, 4, 5],
  )
})
