/** A program whose spool is away is started again until it is back, and counts as well meanwhile: nobody is to be restarted for it. */
import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { rename } from 'node:fs/promises'
import path from 'node:path'
import { test } from 'node:test'
import { isProcessAlive, readStart } from '#base/process.ts'
import { keepRunning } from '#processes/keep-running.ts'
import { pinSpool } from '#queue/pin-spool.ts'
import { makeSpool } from '../queue/faults/programs.ts'
import { atEnd, silent, until } from '../queue/support.ts'
import { descendants } from '../support/docspool.ts'

/** Never reached. */
const stopMs = 600_000

for (const command of ['serve', 'supervise']) {
  test(`${command} that ends for want of the spool waits, and is well`, async (t) => {
    const { spoolDir } = await makeSpool(t)
    const spool = await pinSpool(spoolDir, false)
    await rename(spoolDir, `${spoolDir}.away`)
    let isReady = false
    const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_EXPECT_SPOOL: spool, DOCSPOOL_PORT: '0' }
    const kept = keepRunning({
      ...{ command, env: { ...env, DOCSPOOL_LOG_LEVEL: 'silent' }, log: silent, pingMs: 2_000, stopMs },
      onReady: () => (isReady = true),
    })
    atEnd(t, async () => {
      kept.drain()
      await kept.ended
    })
    assert.equal(kept.isHealthy(), false)
    await until(() => kept.isWaiting(), 'it ends for want of the spool', 60_000)
    // It is started and ends some more times.
    for (const end = performance.now() + 6_000; performance.now() < end; ) {
      assert.deepEqual([kept.isHealthy(), kept.isWaiting()], [true, true])
      await new Promise((resolve) => setTimeout(resolve, 20))
    }
    await rename(`${spoolDir}.away`, spoolDir)
    if (command === 'serve') await until(() => isReady && !kept.isWaiting(), 'it listens', 60_000)
    await until(() => kept.isHealthy(), 'it is well', 60_000)
  })
}

test('a program that ends for another reason is not well', async (t) => {
  const kept = keepRunning({ command: 'no-such-command', env: process.env, log: silent, pingMs: 200, stopMs })
  atEnd(t, () => kept.drain())
  for (const end = performance.now() + 4_000; performance.now() < end; ) {
    assert.deepEqual([kept.isHealthy(), kept.isWaiting()], [false, false])
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
})

for (const command of ['serve', 'supervise']) {
  test(`${command} that hangs is killed when its time to stop is over`, async (t) => {
    const { spoolDir } = await makeSpool(t)
    const env = { ...process.env, DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0', DOCSPOOL_LOG_LEVEL: 'silent' }
    const kept = keepRunning({ command, env, log: silent, pingMs: 200, stopMs: 500 })
    const pid = await until(async () => (await descendants(process.pid, command))[0], 'it runs', 60_000)
    const pidStart = readStart(pid)
    atEnd(t, () => isProcessAlive(pid, pidStart) && process.kill(pid, 'SIGKILL'))
    process.kill(pid, 'SIGSTOP')
    kept.drain()
    let code: number | undefined
    void kept.ended.then((found) => {
      code = found
    })
    await until(() => code !== undefined, 'it is killed', 30_000)
    assert.equal(code, 1)
  })
}

for (const command of ['serve', 'supervise']) {
  test(`${command} that is starved while it starts is not killed`, async (t) => {
    const { spoolDir } = await makeSpool(t)
    // Its first answer is followed by a time without a turn, as on a busy machine.
    const starve = `const { send } = process
      process.send = (...args) => {
        process.send = send
        setImmediate(() => { const end = Date.now() + 3000; while (Date.now() < end); })
        return send.apply(process, args)
      }`
    const settings = { DOCSPOOL_SPOOL_DIR: spoolDir, DOCSPOOL_PORT: '0', DOCSPOOL_LOG_LEVEL: 'silent' }
    const preload = `--import data:text/javascript,${encodeURIComponent(starve)}`
    const faults: unknown[] = []
    const log = Object.assign(Object.create(silent), { error: (...args: unknown[]) => faults.push(args) })
    const env = { ...process.env, ...settings, NODE_OPTIONS: preload }
    const kept = keepRunning({ command, env, log, pingMs: 200, stopMs })
    atEnd(t, async () => {
      kept.drain()
      await kept.ended
    })
    await until(() => existsSync(path.join(spoolDir, 'LAYOUT')), 'it has opened the spool', 60_000)
    assert.deepEqual(faults, [])
  })
}

test('a program that the system cannot start is tried again', async () => {
  const errors: unknown[] = []
  const log = Object.assign(Object.create(silent), { error: (fields: object) => errors.push(fields) })
  // An argument list that is too long is one of the errors for which `spawn` throws.
  const env = { ...process.env, LONG: 'x'.repeat(3_000_000) }
  const kept = keepRunning({ command: 'serve', env, log, stopMs })
  await until(() => errors.length >= 3, 'it is tried three times', 10_000)
  assert.equal(kept.isHealthy(), false)
  kept.drain()
  assert.equal(await kept.ended, 0)
})
