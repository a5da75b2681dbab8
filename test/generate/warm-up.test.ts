import assert from 'node:assert/strict'
import { test } from 'node:test'
import { warmUp } from '#generate/warm-up.ts'

test('the threads that have rendered the sample render the pages of the job, even if it came before the end', async () => {
  for (const signal of [new AbortController().signal, AbortSignal.abort()]) {
    const renderer = await warmUp(signal)
    const [page] = await renderer.render([{ markdown: '# A' }])
    assert.deepEqual([page?.title, page?.fallback], ['A', null])
    await renderer.close()
  }
})
