/** Opens docspool's database: checks the server, brings the schema up to date, and refuses connections to any other database. */

import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '#base/log.ts'
import { connectionConfig } from './connection.ts'
import { type Database, openDatabase } from './database.ts'
import { DatabaseNotMigrated, DatabaseUnavailable, DatabaseUnreachable, DatabaseUnusable } from './errors.ts'
import { type Migration, SCHEMA_VERSION } from './migrations/list.ts'
import { applyMigrations, readSchema, type SchemaReport } from './schema.ts'
import { toStartError } from './start-errors.ts'

/** PostgreSQL 14, as `server_version_num`. */
const MIN_SERVER_VERSION = 140_000
/** Clocks that differ by less are considered equal. */
const CLOCK_TOLERANCE_MS = 500
/** How long to wait for a server that is starting. */
const STARTUP_TIMEOUT_MS = 5_000
const RETRY_MS = 500

export interface OpenedDatabase extends Database {
  /** Identifies the database; a copy with newly created tables has another id. */
  readonly id: string
  /** How far the database's clock is ahead of this machine's, measured at the newest connection; 0 if they agree. */
  clockAheadMs(): number
}

export interface OpenOptions {
  maxConnections?: number
  /** Change nothing; the schema must exist and be up to date. */
  isReading?: boolean
  log?: Log
}

/**
 * Connect, and create or upgrade the tables.
 *
 * @throws {DatabaseUnreachable} No primary server has responded, or it has had no free connection, for some seconds.
 * @throws {DatabaseFull} The tables cannot be created or upgraded.
 * @throws {DatabaseUnusable} The database refuses this program, or does not meet docspool's requirements.
 * @throws {DatabaseTooNew}
 * @throws {DatabaseNotMigrated} With `isReading`.
 */
export async function openDocspoolDatabase(url: string, options: OpenOptions = {}): Promise<OpenedDatabase> {
  const id = await withStart(url, async (database) => {
    await checkServer(database)
    const report = await readSchema(database)
    if (report.missing.length === 0) return await readId(database)
    if (options.isReading === true) throw notMigrated(report)
    await applyMigrations(database, options.log)
    return await readId(database)
  })
  const { maxConnections } = options
  let clockAheadMs = 0
  const database = openDatabase(url, {
    ...(maxConnections !== undefined && { maxConnections }),
    async check(query) {
      const sentMs = Date.now()
      const [found] = await query<{ id: string; now_ms: number }>(
        'SELECT id, (extract(epoch FROM clock_timestamp()) * 1000)::float8 AS now_ms FROM docspool.meta',
      )
      if (found?.id !== id) throw new DatabaseUnavailable('Another database is at the address.')
      const receivedMs = Date.now()
      const aheadMs = found.now_ms - (sentMs + receivedMs) / 2
      clockAheadMs = Math.abs(aheadMs) > CLOCK_TOLERANCE_MS + (receivedMs - sentMs) / 2 ? aheadMs : 0
    },
  })
  return Object.assign(database, { id, clockAheadMs: () => clockAheadMs })
}

/** Read the files that the URL names, for later connections of this process. @throws {DatabaseUnusable} */
export function readCertificates(url: string): void {
  try {
    connectionConfig(url)
  } catch (error) {
    throw unreadableUrl(error)
  }
}

/** Report what `docspool migrate` would do, without changing anything. @throws The errors of `openDocspoolDatabase`. */
export function inspectSchema(url: string): Promise<SchemaReport> {
  return withStart(url, async (database) => {
    await checkServer(database)
    return await readSchema(database)
  })
}

/** Bring the schema up to date. @returns The migrations that were applied. @throws The errors of `openDocspoolDatabase`. */
export function migrate(url: string): Promise<readonly Migration[]> {
  return withStart(url, async (database) => {
    await checkServer(database)
    return await applyMigrations(database)
  })
}

/**
 * Run a step at startup with a connection of its own, retrying while the server is starting. Errors are converted to ones with
 * a hint.
 */
async function withStart<T>(url: string, step: (database: Database) => Promise<T>): Promise<T> {
  let database: Database
  try {
    database = openDatabase(url, { maxConnections: 1 })
  } catch (error) {
    throw unreadableUrl(error)
  }
  const end = performance.now() + STARTUP_TIMEOUT_MS
  try {
    for (;;) {
      try {
        return await step(database)
      } catch (error) {
        const known = toStartError(error)
        if (!(known instanceof DatabaseUnreachable) || performance.now() > end) throw known
      }
      await delay(RETRY_MS)
    }
  } finally {
    await database.close()
  }
}

async function checkServer(database: Database): Promise<void> {
  const { rows } = await database.run<{ version: string; encoding: string; standby: boolean }>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_encoding') AS encoding,
            pg_is_in_recovery() AS standby`,
  )
  const [{ version, encoding, standby } = { version: '0', encoding: '', standby: false }] = rows
  if (Number(version) < MIN_SERVER_VERSION) {
    const found = Math.floor(Number(version) / 10_000)
    throw new DatabaseUnusable(`The server is PostgreSQL ${found}; docspool needs 14 or newer.`, {
      hint: 'Upgrade the server.',
    })
  }
  if (encoding !== 'UTF8') {
    throw new DatabaseUnusable(`The encoding of the database is ${encoding}; docspool needs UTF8.`, {
      hint: 'Create the database with ENCODING UTF8.',
    })
  }
  if (standby) {
    // During a failover, the address may lead to a standby for a while.
    throw new DatabaseUnreachable(
      'The server is a standby, which is read-only.',
      {},
      'Name the primary server in DOCSPOOL_DATABASE_URL.',
    )
  }
}

async function readId({ run }: Database): Promise<string> {
  const { rows } = await run<{ id: string }>('SELECT id FROM docspool.meta')
  return rows[0]?.id ?? ''
}

const notMigrated = ({ version }: SchemaReport): DatabaseNotMigrated =>
  new DatabaseNotMigrated(
    version === undefined
      ? 'The database has no docspool tables.'
      : `The tables of the database have version ${version}; this version of docspool needs ${SCHEMA_VERSION}.`,
  )

const unreadableUrl = (cause: unknown): DatabaseUnusable =>
  new DatabaseUnusable('DOCSPOOL_DATABASE_URL is not valid.', { hint: SEE_DOCS, cause })

const SEE_DOCS = 'See docs/postgres.md.'
