/** Prepared statements that the session does not know any more, or knows otherwise: they are run unprepared from then on. */
import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { type TestContext, test } from 'node:test'
import { type Database, openDatabase } from '#database/database.ts'
import { atEnd } from '../queue/support.ts'
import { makeEmptyDatabase, sharedServer } from './server.ts'

/** With one connection, which is the session. */
async function open(t: TestContext): Promise<Database> {
  const database = openDatabase(await makeEmptyDatabase(await sharedServer()), { maxConnections: 1 })
  atEnd(t, () => database.close())
  await database.run('CREATE TABLE things (n integer)')
  await database.run('INSERT INTO things VALUES (1)')
  return database
}

const TEXT = 'SELECT * FROM things WHERE n = $1'
const ask = async ({ run }: Database) => (await run(TEXT, [1], { isPrepared: true })).rows
const names = async ({ run }: Database) => (await run('SELECT name FROM pg_prepared_statements')).rows

test('a statement is prepared once', async (t) => {
  const database = await open(t)
  for (let n = 0; n < 3; n++) assert.deepEqual(await ask(database), [{ n: 1 }])
  assert.equal((await names(database)).length, 1)
})

test('a statement that was forgotten is run, and no longer prepared', async (t) => {
  const database = await open(t)
  await ask(database)
  await database.run('DEALLOCATE ALL')
  for (let n = 0; n < 2; n++) assert.deepEqual(await ask(database), [{ n: 1 }])
  assert.deepEqual(await names(database), [])
  assert.equal(database.failures, 0)
})

test('a statement whose name another client has used is run', async (t) => {
  const database = await open(t)
  const name = `docspool_${createHash('sha256').update(TEXT).digest('hex').slice(0, 32)}`
  await database.run(`PREPARE ${name} AS SELECT 'other'`)
  assert.deepEqual(await ask(database), [{ n: 1 }])
})

test('a statement whose table has changed is run', async (t) => {
  const database = await open(t)
  await ask(database)
  await database.run('ALTER TABLE things ADD more integer')
  assert.deepEqual(await ask(database), [{ n: 1, more: null }])
})
