/** Text with a null character, which PostgreSQL does not take: nothing is found by it, and nothing with it is stored. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openDatabase } from '#database/database.ts'
import type { PlaceQuery } from '#queue/backend.ts'
import { openPostgres } from '#queue/postgres/open-postgres.ts'
import { atEnd, createClock, silent } from '../queue/support.ts'
import { sharedServer, takeDatabase } from './server.ts'

const SOME = 'SELECT 1 AS one WHERE $1 <> $2'

test('a query of a reader has no rows, a statement is refused, and the connection stays', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const database = openDatabase(url, { maxConnections: 1 })
  atEnd(t, () => database.close())
  const end = performance.now() + 60_000
  assert.deepEqual(await database.read(end, SOME, ['a\0', 'b']), [])
  assert.equal((await database.read(end, SOME, ['a', 'b'])).length, 1)
  const refused = { code: 'BAD_FIELD', message: /null character/ }
  await assert.rejects(database.run(SOME, ['a\0', 'b']), refused)
  await assert.rejects(database.run('SELECT unnest($1::text[])', [['a', '\0']]), refused)
  await assert.rejects(
    database.transaction((query) => query(SOME, ['a', '\0'])),
    refused,
  )
  assert.equal((await database.run('SELECT $1::bytea AS body', [Buffer.from([0])])).rows.length, 1)
  assert.equal((await database.transaction((query) => query(SOME, ['a', 'b']))).length, 1)
  assert.equal(database.failures, 0)
})

test('jobs of a repository and jobs by a part of their names are none', async (t) => {
  const { url, give } = await takeDatabase(await sharedServer())
  atEnd(t, give)
  const { catalog, close } = await openPostgres(url, {
    ...{ log: silent, clock: createClock(), leaseMs: 60_000, maxConnections: 4 },
  })
  atEnd(t, () => close())
  const queries: PlaceQuery[] = [
    { repoUrl: 'https://a/\0', limit: 5 },
    { nameHas: '\0', limit: 5 },
    { after: { submittedMs: 1, jobId: 'a\0' }, limit: 5 },
  ]
  for (const query of queries) assert.deepEqual(await catalog.newest(query), [])
})
