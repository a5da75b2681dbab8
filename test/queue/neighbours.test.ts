import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordUnreadable } from '#queue/errors.ts'
import type { Follow } from '#queue/follows/follow-record.ts'
import { readNeighbours } from '#queue/follows/neighbours.ts'
import type { Job } from '#queue/job.ts'

const follow = {
  refs: ['v1', 'v2', 'v3'].map((name) => ({ ref: `refs/tags/${name}`, job_id: name })),
} as unknown as Follow
const jobOf = (id: string): Job => ({ job_id: id, docs_key: `set of ${id}` }) as unknown as Job
const keysWith = (errors: Readonly<Record<string, Error>>): Promise<string[]> =>
  readNeighbours(
    {
      jobs: {
        async read(id: string) {
          if (errors[id] !== undefined) throw errors[id]
          return jobOf(id)
        },
      } as never,
    },
    follow,
    jobOf('v3'),
  )

test('a job that cannot be read is left out; other errors are thrown', async () => {
  assert.deepEqual(await keysWith({}), ['set of v3', 'set of v2', 'set of v1'])
  assert.deepEqual(await keysWith({ v2: new RecordUnreadable('damaged') }), ['set of v3', 'set of v1'])
  await assert.rejects(keysWith({ v2: new Error('the storage is gone') }), /the storage is gone/)
})
