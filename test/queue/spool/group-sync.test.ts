/** Folder syncs that many share. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createGroupSync } from '#queue/spool/group-sync.ts'

/** A sync that ends when told. */
function createManual() {
  const calls: { folder: string; finish(error?: Error): void }[] = []
  const sync = (folder: string) =>
    new Promise<void>((resolve, reject) => {
      calls.push({ folder, finish: (error) => (error ? reject(error) : resolve()) })
    })
  return { calls, groupSync: createGroupSync(sync) }
}

const tick = () => new Promise((resolve) => setImmediate(resolve))

test('all who ask while a sync runs share the next one, and none is served by one that began before', async () => {
  const { calls, groupSync } = createManual()
  const done: string[] = []
  const first = groupSync('a').then(() => done.push('first'))
  const later = [1, 2, 3].map((n) => groupSync('a').then(() => done.push(`later ${n}`)))
  await tick()
  assert.equal(calls.length, 1)
  calls[0]?.finish()
  await first
  await tick()
  assert.equal(calls.length, 2)
  assert.deepEqual(done, ['first'])
  calls[1]?.finish()
  await Promise.all(later)
  assert.equal(calls.length, 2)
})

test('folders do not wait for each other', async () => {
  const { calls, groupSync } = createManual()
  const both = [groupSync('a'), groupSync('b')]
  assert.deepEqual(
    calls.map((call) => call.folder),
    ['a', 'b'],
  )
  for (const call of calls) call.finish()
  await Promise.all(both)
})

test('a sync that fails tells those who waited for it, and the next one runs', async () => {
  const { calls, groupSync } = createManual()
  const first = groupSync('a')
  const second = groupSync('a')
  calls[0]?.finish(new Error('EIO'))
  await assert.rejects(first, /EIO/)
  await tick()
  calls[1]?.finish()
  await second
  const third = groupSync('a')
  assert.equal(calls.length, 3)
  calls[2]?.finish()
  await third
})
