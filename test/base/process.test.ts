/** Telling processes apart. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { test } from 'node:test'
import {
  isProcessAlive,
  killGroup,
  killOrphans,
  listGroup,
  readGroupMemory,
  readOwnStart,
  readStart,
} from '#base/process.ts'
import { until } from '../queue/support.ts'

/** A leader of a group with a child of its own. */
async function startGroup() {
  const child = spawn('sh', ['-c', 'sleep 60 & wait'], { detached: true, stdio: 'ignore' })
  const pid = child.pid ?? assert.fail()
  await until(() => listGroup(pid).length === 2, 'the group is up')
  return { child, pid, start: readStart(pid) }
}

test('a process is known by its id and its start time', () => {
  assert.equal(isProcessAlive(process.pid, readOwnStart()), true)
  assert.equal(isProcessAlive(process.pid, '1'), false)
  assert.equal(isProcessAlive(2 ** 22 + 1, ''), false)
})

test('a group is ended as a whole', async () => {
  const { pid } = await startGroup()
  assert.ok(readGroupMemory(pid) > 100_000)
  assert.equal(await killGroup(pid, 5_000), true)
  assert.deepEqual(listGroup(pid), [])
})

test('orphans are ended by the start time of their leader, also when it is gone', async () => {
  const one = await startGroup()
  assert.equal(await killOrphans(one.pid, one.start, 5_000), true)
  assert.deepEqual(listGroup(one.pid), [])
  const two = await startGroup()
  two.child.kill('SIGKILL')
  await until(() => listGroup(two.pid).length === 1, 'the leader is gone')
  assert.equal(await killOrphans(two.pid, two.start, 5_000), true)
  assert.deepEqual(listGroup(two.pid), [])
})

test('a process that got the same id later is left alone', async () => {
  const { pid } = await startGroup()
  assert.equal(await killOrphans(pid, '12345', 1_000), false)
  assert.equal(listGroup(pid).length, 2)
  await killGroup(pid, 5_000)
})
