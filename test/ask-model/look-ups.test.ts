import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runLookUp } from '#ask-model/look-ups.ts'
import { SetGround } from '#ask-model/set-ground.ts'

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
  const none = async () => undefined
  const ground = new SetGround({ graph: async () => ({ is: 'no index' }), source: none, page: none }, none)
  ground.note('class Shop { sell(item) }')
  await ground.ready()
  const { message, about } = await runLookUp(
    { id: '1', name, arguments: JSON.stringify(args) },
    {
      ...{ service, jobId: JOB, question: 'How does the market open?', ground },
      ...{ signal: new AbortController().signal, maxTokens: 1_000 },
    },
  )
  return { told: String(message.content), asked, about }
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

test('of what a model looks up readers see names and words that the question or the repository has, and no sentence', async () => {
  const shown = async (query: string) => (await lookUp('search', { query })).about
  assert.equal(await shown('Market open'), 'Market open')
  assert.equal(await shown(' Shop\n sell '), 'Shop sell')
  assert.equal((await lookUp('callers', { symbol: 'Shop' })).about, 'Shop')
  for (const said of [
    'market is abandoned malware',
    'call +49 30 1234567',
    'https://evil.example',
    'Shop\u202e sell\u0007 evil',
    'Shop sell item Shop sell item Shop',
    `Shop ${'x'.repeat(80)}`,
    'market\u200bevil',
  ])
    assert.equal(await shown(said), '', JSON.stringify(said))
  assert.equal(await shown('Shop\u202esell'), 'Shop sell')
})
