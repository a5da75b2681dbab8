import assert from 'node:assert/strict'
import { test } from 'node:test'
import { withDeadline } from '#generate/clone/deadline.ts'
import { withCode } from './attempt.ts'

const never = new AbortController().signal

test('what the work makes is given, and its own error is kept', async () => {
  assert.equal(await withDeadline({ timeoutMs: 1_000, signal: never }, async () => 'made'), 'made')
  const failing = withDeadline({ timeoutMs: 1_000, signal: never }, async () => {
    throw new TypeError('its own')
  })
  await assert.rejects(failing, TypeError)
})

test('work that listens to nothing is given up at the deadline, and what it makes later is discarded', async () => {
  let finish = (_: string): void => {}
  const discarded: string[] = []
  const work = new Promise<string>((resolve) => {
    finish = resolve
  })
  const running = withDeadline(
    { timeoutMs: 20, signal: never },
    () => work,
    (late) => discarded.push(late),
  )
  await assert.rejects(running, withCode('CLONE_TIMED_OUT'))
  finish('late')
  await work
  await null
  assert.deepEqual(discarded, ['late'])
})

test('the work is told why it is over', async () => {
  const cancel = new AbortController()
  let told: unknown
  const running = withDeadline({ timeoutMs: 60_000, signal: cancel.signal }, (signal) => {
    signal.addEventListener('abort', () => {
      told = signal.reason
    })
    return new Promise(() => {})
  })
  cancel.abort()
  await assert.rejects(running, { code: 'ABORTED' })
  assert.equal((told as { code: string }).code, 'ABORTED')
})
