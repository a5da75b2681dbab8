/** The time in which a thread waits for a CPU, as the kernel counts it. */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { test } from 'node:test'
import { readCpuWait, readThreadId } from '#server/threads/cpu-wait.ts'
import { lacking } from '../../support/skips.ts'

const skip = !existsSync('/proc/thread-self/schedstat') && lacking('the statistics of the scheduler')

test('it grows while others have the CPUs', { skip }, (t) => {
  const before = readCpuWait(readThreadId())
  for (let n = 0; n <= availableParallelism(); n++) {
    const other = spawn('sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' })
    t.after(() => other.kill('SIGKILL'))
  }
  const startedAt = performance.now()
  while (readCpuWait(readThreadId()) < before + 20) {
    assert.ok(performance.now() < startedAt + 60_000, 'it waits')
  }
  const waitedMs = readCpuWait(readThreadId()) - before
  assert.ok(waitedMs <= performance.now() - startedAt + 1_000, `${waitedMs}`)
})

test('of a thread that is not known, and of one that there is not, it is 0', () => {
  assert.deepEqual([readCpuWait(undefined), readCpuWait(2 ** 31 - 1)], [0, 0])
})
