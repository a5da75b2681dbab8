import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import type { IndexedSet } from '#cross-search/contract.ts'
import { createSetStore } from '#store/sets.ts'
import { createIndexWriter } from '#worker/keep-index.ts'
import { exampleSet } from '../http/fixture.ts'

test('a set for an index in a database is brought to this machine, and read and parsed in a thread', async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'docspool-index-'))
  t.after(() => rm(folder, { recursive: true }))
  const key = await createSetStore(path.join(folder, 'docs')).publish(exampleSet)
  const stored: IndexedSet[] = []
  const writer = createIndexWriter(folder, {
    // There is no other way to the set than the thread.
    cached: { hold: async (wanted) => wanted === key },
    index: {
      put: async (set) => void stored.push(set),
      list: async () => [],
      remove: async () => undefined,
      complete: async () => undefined,
    },
  })
  t.after(() => writer.close())
  const job = { jobId: 'pallets--flask', repoUrl: 'https://github.com/pallets/flask', key, since: 7 }
  assert.equal(await writer.put(job), true)
  assert.equal(await writer.put({ ...job, key: 'f'.repeat(32) }), false)
  assert.deepEqual(
    stored.map(({ jobId, repoUrl, since, name }) => [jobId, repoUrl, since, name]),
    [['pallets--flask', job.repoUrl, 7, 'pallets/flask']],
  )
  assert.equal(stored[0]?.entries[0]?.kind, 'repository')
})
