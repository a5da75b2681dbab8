/** Counts are written one at a time, again after a failure, and each outage is logged once. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import pino from 'pino'
import { writePeriodically } from '#metrics/write-periodically.ts'
import { silent, until } from '../queue/support.ts'

test('no write starts while another one is running, and the last one waits for it', async () => {
  let release = (): void => undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  const calls: boolean[] = []
  let atOnce = 0
  const stop = writePeriodically(
    async (isLast) => {
      calls.push(isLast)
      atOnce += 1
      assert.equal(atOnce, 1)
      await gate
      atOnce -= 1
    },
    { log: silent, everyMs: 1 },
  )
  await until(async () => calls.length > 0, 'the first write')
  let ticks = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (++ticks < 10) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  const stopped = stop()
  assert.deepEqual(calls, [false], 'ticks during a write are skipped')
  release()
  await stopped
  assert.deepEqual(calls, [false, true])
})

test('each outage is logged once', async () => {
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => void lines.push(line) })
  let isAway = true
  let calls = 0
  const stop = writePeriodically(
    async () => {
      calls += 1
      if (isAway) throw new Error('away')
    },
    { log, everyMs: 1 },
  )
  const next = async (): Promise<void> => {
    const before = calls
    await until(async () => calls > before + 1, 'two more writes')
  }
  await next()
  assert.equal(lines.length, 1)
  isAway = false
  await next()
  isAway = true
  await next()
  await stop()
  assert.equal(lines.length, 2)
})
