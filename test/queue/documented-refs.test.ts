import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RecordTooNew, SpoolUnavailable } from '#queue/errors.ts'
import { readDocumentedRefs } from '#queue/follows/documented-refs.ts'
import type { Follow } from '#queue/follows/follow-record.ts'
import type { Job } from '#queue/job.ts'

const COMMIT = 'a'.repeat(40)

async function refsOf(read: (jobId: string) => Promise<Job | undefined>): Promise<string[]> {
  const refs = ['HEAD', 'refs/tags/v1'].map((ref) => ({ ref, job_id: ref }))
  const backend = { jobs: { read } } as unknown as Parameters<typeof readDocumentedRefs>[0]
  const found = await readDocumentedRefs(backend, { refs } as unknown as Follow)
  return found.map(({ ref }) => ref)
}

test('one record that cannot be read costs its ref, a storage that is away the whole look', async () => {
  const job = { resolved_commit: COMMIT } as unknown as Job
  assert.deepEqual(await refsOf(async () => job), ['HEAD', 'refs/tags/v1'])
  const tooNew = async (id: string): Promise<Job> => {
    if (id === 'HEAD') throw new RecordTooNew('A newer version wrote it.')
    return job
  }
  assert.deepEqual(await refsOf(tooNew), ['refs/tags/v1'])
  const away = async (): Promise<Job> => {
    throw new SpoolUnavailable('The spool is away.')
  }
  await assert.rejects(refsOf(away), SpoolUnavailable)
})
