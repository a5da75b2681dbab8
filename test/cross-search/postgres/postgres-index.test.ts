import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { createPostgresIndex, type PostgresIndex } from '#cross-search/postgres/postgres-index.ts'
import { openDocspoolDatabase } from '#database/open.ts'
import { sharedServer, takeDatabase } from '../../postgres/server.ts'
import { onDatabase } from '../../postgres/start-server.ts'
import { entry, setOf, testIndex, titles } from '../index-conformance.ts'

async function open(t: TestContext): Promise<{ index: PostgresIndex; url: string }> {
  const { url, give } = await takeDatabase(await sharedServer())
  const database = await openDocspoolDatabase(url, { maxConnections: 2 })
  t.after(async () => {
    await database.close()
    give()
  })
  return { index: createPostgresIndex(database), url }
}

testIndex(async (t) => {
  const { index } = await open(t)
  await index.put(setOf('z/never-asked-for', []))
  await index.remove('https://github.com/z/never-asked-for')
  return index
})

test('an index of another version counts as none, and is made anew', async (t) => {
  const { index, url } = await open(t)
  assert.equal(await index.search('parse', [], 10), undefined)
  await index.put(setOf('a/one', [entry('parse')]))
  await index.complete()
  assert.equal((await index.search('parse', [], 10))?.isComplete, true)
  await onDatabase(url, 'UPDATE docspool.search_state SET version = 0')
  assert.deepEqual([await index.search('parse', [], 10), await index.list()], [undefined, []])
  await index.put(setOf('b/two', [entry('parse')]))
  assert.deepEqual(await titles(index, 'parse'), ['b/two parse'])
  assert.equal((await index.search('parse', [], 10))?.isComplete, false)
})
