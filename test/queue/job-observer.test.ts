/** A read of a log that failed is not remembered: the next one reads again. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Backend } from '#queue/backend.ts'
import { createJobObserver } from '#queue/job-observer.ts'

test('a failed read of a log is repeated, a successful one is cached', async () => {
  let reads = 0
  const piece = { events: [], next: 0, isMore: false }
  const backend = {
    jobs: { read: async () => undefined },
    events: {
      async readFrom() {
        reads += 1
        if (reads === 1) throw Object.assign(new Error('away'), { code: 'EIO' })
        return piece
      },
    },
  } as unknown as Backend
  const subscription = createJobObserver(backend, () => () => undefined)('acme--a')
  const { read } = (await subscription.next(new AbortController().signal)) ?? assert.fail()
  await assert.rejects(read(1, 0), { code: 'EIO' })
  assert.equal(await read(1, 0), piece)
  assert.equal(await read(1, 0), piece)
  assert.equal(reads, 2)
  subscription.leave()
})
