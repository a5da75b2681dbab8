/** A query that a reader causes and that takes too long is ended, and never holds up what else the program does. */
import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import pg from 'pg'
import { INDEX_VERSION } from '#cross-search/plan.ts'
import { createPostgresIndex } from '#cross-search/postgres/postgres-index.ts'
import { openDatabase } from '#database/database.ts'
import { createCatalog } from '#queue/postgres/catalog.ts'
import { sharedServer, takeDatabase } from './server.ts'
import { onDatabase } from './start-server.ts'

async function start(t: TestContext, maxConnections = 4) {
  const { url, give } = await takeDatabase(await sharedServer())
  const database = openDatabase(url, { maxConnections })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  t.after(async () => {
    await client.end()
    await database.close()
    give()
  })
  /** Until the test ends, whoever reads the table waits. */
  const lock = async (table: string): Promise<void> => {
    await client.query('BEGIN')
    await client.query(`LOCK TABLE docspool.${table} IN ACCESS EXCLUSIVE MODE`)
  }
  return { url, database, lock }
}

const within = (ms: number): number => performance.now() + ms

test('a query is ended at its time, its connection goes on, and the limit is its own', async (t) => {
  const { database } = await start(t, 1)
  await assert.rejects(database.read(within(200), 'SELECT pg_sleep(60)'), {
    code: 'TOOK_TOO_LONG',
    message: 'Creating the response took too long.',
  })
  const { rows } = await database.run('SHOW statement_timeout')
  assert.deepEqual(rows, [{ statement_timeout: '0' }])
  assert.deepEqual(await database.read(within(10_000), 'SELECT $1::int AS one', [1]), [{ one: 1 }])
  await assert.rejects(database.read(within(-1), 'SELECT 1'), { code: 'TOOK_TOO_LONG' })
  await assert.rejects(database.read(within(10_000), 'DELETE FROM docspool.jobs'), { code: 'DATABASE_UNAVAILABLE' })
  assert.equal(
    database.failures,
    1,
    'a reader’s query writes nothing; what took too long is no failure of the database',
  )
})

test('readers leave half of the connections to others; too many are refused', async (t) => {
  const { database, lock } = await start(t)
  await lock('keys')
  const slow = Array.from({ length: 120 }, () => database.read(within(2_000), 'SELECT FROM docspool.keys'))
  const ends = Promise.allSettled(slow)
  const [row] = (
    await database.run<{ busy: number }>(
      `SELECT count(*) AS busy FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT FROM docspool.keys%'`,
    )
  ).rows
  assert.ok((row?.busy ?? 9) <= 2, `${row?.busy} connections are busy`)
  const codes = (await ends).map((end) => (end.status === 'rejected' ? end.reason.code : 'done'))
  assert.equal(codes.filter((code) => code === 'SERVER_BUSY').length, 18)
  assert.equal(codes.filter((code) => code === 'TOOK_TOO_LONG').length, 102)
})

test('lists and searches of jobs, and the search over all repositories, are ended', async (t) => {
  const { url, database, lock } = await start(t)
  await onDatabase(url, `INSERT INTO docspool.search_state VALUES (true, ${INDEX_VERSION}, true)`)
  const catalog = createCatalog(database, 300)
  const index = createPostgresIndex(database, 300)
  assert.deepEqual(await catalog.newest({ limit: 10 }), [])
  assert.equal((await index.search('router', [], 10))?.hits.length, 0)
  await lock('jobs, docspool.search_entries, docspool.search_sets')
  await assert.rejects(catalog.newest({ limit: 10 }), { code: 'TOOK_TOO_LONG' })
  await assert.rejects(catalog.newest({ limit: 10, nameHas: 'router' }), { code: 'TOOK_TOO_LONG' })
  await assert.rejects(index.search('router', [], 10), { code: 'TOOK_TOO_LONG' })
  await assert.rejects(index.links('https://h/a'), { code: 'TOOK_TOO_LONG' })
})
