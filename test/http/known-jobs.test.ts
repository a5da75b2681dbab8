/** Jobs whose documents were shown, as a server last knew them. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createKnownJobs } from '#http/known-jobs.ts'
import type { JobSnapshot } from '#queue/contract.ts'
import { SpoolUnavailable } from '#queue/errors.ts'

const snapshot = (docsKey: string | null): JobSnapshot => ({ docsKey }) as JobSnapshot

test('a job with documents is not read again within the time, one without is', async () => {
  let reads = 0
  let key: string | null = null
  const queue = { read: async () => (reads++, snapshot(key)) }
  const read = createKnownJobs(queue, 60_000)
  for (let n = 0; n < 3; n++) assert.equal((await read('a'))?.docsKey, null)
  assert.equal(reads, 3)
  key = 'k'
  for (let n = 0; n < 3; n++) assert.equal((await read('a'))?.docsKey, 'k')
  assert.equal(reads, 4)
})

test('by default each is read, and what is known answers while the queue is away', async () => {
  let isAway = false
  let reads = 0
  const read = createKnownJobs({
    read: async () => {
      reads += 1
      if (isAway) throw new SpoolUnavailable('away')
      return snapshot('k')
    },
  })
  for (let n = 0; n < 2; n++) assert.equal((await read('a'))?.docsKey, 'k')
  isAway = true
  assert.equal((await read('a'))?.docsKey, 'k')
  await assert.rejects(read('b'), SpoolUnavailable)
  assert.equal(reads, 4)
})
