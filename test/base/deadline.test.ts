import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Deadline, startStopwatch } from '#base/deadline.ts'

test('time on the clock that others used does not count, until it is a multiple', (context) => {
  let now = 0
  let usedMs = 0
  context.mock.method(performance, 'now', () => now)
  context.mock.method(process, 'cpuUsage', (before?: NodeJS.CpuUsage) => ({
    user: usedMs * 1_000 - (before?.user ?? 0),
    system: 0,
  }))
  const deadline = new Deadline(100)
  assert.equal(deadline.isOver, false)
  now = 200
  usedMs = 50
  assert.equal(deadline.isOver, false)
  now = 601
  assert.equal(deadline.isOver, true)
  now = 200
  usedMs = 100
  assert.equal(deadline.isOver, true)
  now = 100
  assert.equal(deadline.isOver, false)
})

test('a stopwatch does not count time in which the process got no CPU', () => {
  const spentMs = startStopwatch()
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2_000)
  assert.ok(spentMs() < 1_000)
})
