/** Sweeps do not pile up behind one that takes long, and stopping waits for it. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sweepRegularly } from '#cluster/sweep-regularly.ts'
import { silent, until } from '../queue/support.ts'

test('no sweep starts or waits while another one is running', async () => {
  let release = (): void => undefined
  const gate = new Promise<void>((resolve) => {
    release = resolve
  })
  let started = 0
  const sweep = async (): Promise<number> => {
    started += 1
    await gate
    return 0
  }
  // The timer of the sweeps does not keep the process running.
  const alive = setInterval(() => undefined, 1_000)
  const stop = sweepRegularly([{ sweep }], silent, 1)
  await until(async () => started === 1, 'the first sweep')
  let ticks = 0
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      if (++ticks < 10) return
      clearInterval(timer)
      resolve()
    }, 1)
  })
  const stopped = stop()
  release()
  await stopped
  clearInterval(alive)
  assert.equal(started, 1)
})
