import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runLookUp } from '#ask-model/look-ups.ts'
import type { SetGround } from '#ask-model/set-ground.ts'

const JOB = 'acme--shop'

/** Run a look-up of a model with these arguments. @returns What the model is told, and the paths that were asked for. */
async function lookUp(name: string, args: Record<string, unknown>) {
  const asked: string[] = []
  const service = {
    async fetch(path: string) {
      asked.push(path)
      return new Response('{"code":"NO","detail":"There is none."}', { status: 404 })
    },
  }
  const { message } = await runLookUp(
    { id: '1', name, arguments: JSON.stringify(args) },
    { service, jobId: JOB, ground: {} as SetGround, signal: new AbortController().signal, maxTokens: 1_000 },
  )
  return { told: String(message.content), asked }
}

test('a model looks up only in the documents that the question is about', async () => {
  for (const name of ['repo', 'repository', 'commit', 'commit_id', 'ref', 'branch', 'version']) {
    const { told, asked } = await lookUp('callers', { symbol: 'main', [name]: 'a'.repeat(40) })
    assert.deepEqual(asked, [], name)
    assert.ok(told.includes(name), `${name}: ${told}`)
  }
  for (const args of [{ symbol: 'main', repoName: 'other', revision: 'a'.repeat(40) }, { name: 'main' }]) {
    const { asked } = await lookUp('callers', args)
    assert.ok(asked.length > 0 && asked.every((path) => path.includes(JOB)), `${asked}`)
  }
})
