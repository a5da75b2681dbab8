import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRepairScheduler } from '#queue/repair-scheduler.ts'
import { silent } from './support.ts'

const TICK_MS = 10_000

test('a check that is asked for during another one runs after it, and only once', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] })
  let end = (): void => undefined
  let checks = 0
  const repairs = createRepairScheduler(() => {
    checks += 1
    return new Promise<void>((resolve) => {
      end = resolve
    })
  }, silent)
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))
  repairs.soon()
  repairs.soon()
  t.mock.timers.tick(TICK_MS)
  assert.equal(checks, 1)
  repairs.soon()
  repairs.soon()
  t.mock.timers.tick(TICK_MS)
  assert.equal(checks, 1)
  end()
  await turn()
  t.mock.timers.tick(TICK_MS)
  assert.equal(checks, 2)
  end()
  await turn()
  t.mock.timers.tick(TICK_MS)
  assert.equal(checks, 2)
  repairs.stop()
})
