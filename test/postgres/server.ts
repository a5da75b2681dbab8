/** A PostgreSQL for all tests of a file, which ends with them, and a database for each test. */
import { rm } from 'node:fs/promises'
import { after } from 'node:test'
import { migrate } from '#database/open.ts'
import { onDatabase, startServer, type TestServer } from './start-server.ts'

let shared: Promise<TestServer> | undefined
let databases = 0

/** One server for all tests of a file. */
export function sharedServer(): Promise<TestServer> {
  shared ??= startServer()
  return shared
}

// Here, and not with the first test that needs a server: it would end with that test.
after(async () => {
  const server = await shared
  await server?.stop()
  if (server !== undefined) await rm(server.folder, { recursive: true, force: true })
})

/** Databases whose tests have ended: to empty one is faster than to make one. */
const free: string[] = []

/** A database with empty tables of docspool. `give` lets another test have it. */
export async function takeDatabase(server: TestServer): Promise<{ url: string; give(): void }> {
  const url = free.pop() ?? (await makeEmptyDatabase(server))
  await migrate(url)
  const rows = await onDatabase(url, `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'docspool'`)
  const tables = rows.map(({ name }) => String(name)).filter((name) => name !== 'meta')
  await onDatabase(url, tables.map((name) => `DELETE FROM docspool.${name}`).join(';'))
  return { url, give: () => free.push(url) }
}

/** A new database without any tables. */
export async function makeEmptyDatabase(server: TestServer): Promise<string> {
  const name = `docspool_${databases++}`
  await server.admin(`CREATE DATABASE ${name} TEMPLATE template0`)
  return server.url(name)
}
