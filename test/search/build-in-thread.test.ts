import assert from 'node:assert/strict'
import { test } from 'node:test'
import { buildInThread } from '#search/build-in-thread.ts'
import { type BuildTask, build } from '#search/build-task.ts'

const FILES = [{ path: 'src/a.ts', text: 'export const queueName = 1', isTest: false }]
const PAGE = { file: 'a.md', title: 'Queue', standing: 'own' as const, headings: [], sections: [] }
const LIMIT_MS = 60_000

test('an index built in a thread is the same', async () => {
  const { signal } = new AbortController()
  for (const task of [{ fileWords: [FILES] }, { search: [[PAGE], []] }] satisfies BuildTask[])
    assert.deepEqual(await buildInThread<BuildTask>(task, LIMIT_MS, signal), build<BuildTask>(task))
})

test('a thread that fails, takes too long or is aborted has no answer', async () => {
  const { signal } = new AbortController()
  const broken = { fileWords: [[{ ...FILES[0], path: null }]] } as unknown as BuildTask
  assert.equal(await buildInThread(broken, LIMIT_MS, signal), undefined)
  assert.equal(await buildInThread<BuildTask>({ fileWords: [FILES] }, 0, signal), undefined)
  assert.equal(await buildInThread<BuildTask>({ fileWords: [FILES] }, LIMIT_MS, AbortSignal.abort()), undefined)
})
