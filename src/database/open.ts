/** Opens docspool's database: checks the server, brings the schema up to date, and refuses connections to any other database. */

import { setTimeout as delay } from 'node:timers/promises'
import type { Log } from '#base/log.ts'
import { PROGRAM } from '#base/program.ts'
import type { Query } from './client-pool.ts'
import { connectionConfig } from './connection.ts'
import { type Database, openDatabase } from './database.ts'
import {
  DatabaseFull,
  DatabaseNotMigrated,
  DatabaseTooNew,
  DatabaseUnavailable,
  DatabaseUnreachable,
  DatabaseUnusable,
} from './errors.ts'
import { MIGRATIONS, type Migration, SCHEMA_VERSION } from './migrations/list.ts'
import { codeOf } from './retried-errors.ts'

/** PostgreSQL 14, as `server_version_num`. */
const MIN_SERVER_VERSION = 140_000
/** Clocks that differ by less are considered equal. */
const CLOCK_TOLERANCE_MS = 500
/** The advisory lock that all docspool programs use for migrations. The number is arbitrary. */
const MIGRATION_LOCK = 7_164_325_118
/** How long to wait for a server that is starting. */
const STARTUP_TIMEOUT_MS = 5_000
const RETRY_MS = 500

export interface OpenedDatabase extends Database {
  /** Identifies the database; a copy with newly created tables has another id. */
  readonly id: string
  /** How far the database's clock is ahead of this machine's, measured at the newest connection; 0 if they agree. */
  clockAheadMs(): number
}

export interface SchemaReport {
  /** The version of the tables; `undefined` if there are none yet. */
  version: number | undefined
  /** Missing migrations, in order. */
  missing: readonly Migration[]
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

async function readSchema({ run }: Pick<Database, 'run'>): Promise<SchemaReport> {
  return await readSchemaBy(async (text) => (await run<never>(text)).rows)
}

/** @throws {DatabaseTooNew} @throws {DatabaseUnusable} The schema belongs to another program. */
async function readSchemaBy(query: Query): Promise<SchemaReport> {
  const [found] = await query<{ owned: boolean; meta: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = 'docspool') AS owned,
            EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'docspool' AND c.relname = 'meta') AS meta`,
  )
  if (found?.meta !== true) {
    if (found?.owned === true && (await hasTables(query))) {
      throw new DatabaseUnusable('The database has a schema named docspool that belongs to another program.', {
        hint: 'Name another database in DOCSPOOL_DATABASE_URL.',
      })
    }
    return { version: undefined, missing: MIGRATIONS }
  }
  const [meta] = await query<{ version: number; oldest_program: number }>(
    'SELECT version, oldest_program FROM docspool.meta',
  )
  const version = meta?.version ?? 0
  if ((meta?.oldest_program ?? 0) > SCHEMA_VERSION) {
    throw new DatabaseTooNew(
      `The tables of the database have version ${version}; this version of docspool supports up to ${SCHEMA_VERSION}.`,
    )
  }
  return { version, missing: MIGRATIONS.slice(version) }
}

async function hasTables(query: Query): Promise<boolean> {
  const [found] = await query<{ any: boolean }>(
    `SELECT EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                    WHERE n.nspname = 'docspool') AS any`,
  )
  return found?.any === true
}

/** Apply all missing migrations in one transaction, under a lock. */
async function applyMigrations({ transaction }: Database, log?: Log): Promise<readonly Migration[]> {
  return await transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [MIGRATION_LOCK])
    const { version, missing } = await readSchemaBy(query)
    if (version === undefined) {
      await query('CREATE SCHEMA IF NOT EXISTS docspool')
      await query(
        `CREATE TABLE docspool.meta (
           only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
           id uuid NOT NULL DEFAULT gen_random_uuid(),
           version integer NOT NULL,
           oldest_program integer NOT NULL
         )`,
      )
      await query('INSERT INTO docspool.meta (version, oldest_program) VALUES (0, 0)')
    }
    for (const migration of missing) {
      await query(migration.sql)
      await query('UPDATE docspool.meta SET version = $1, oldest_program = $2', [
        migration.version,
        migration.oldestProgram,
      ])
      log?.info({ version: migration.version, name: migration.name }, 'migrated the database')
    }
    return missing
  })
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

/** A SQLSTATE: all connections of the server, of the database or of the user are in use. */
const TOO_MANY_CONNECTIONS = '53300'

/** Message and hint for permanent errors, keyed by SQLSTATE. */
const REFUSALS: Readonly<Record<string, readonly [string, string]>> = {
  '28P01': ['The database refuses the password.', 'Check user and password in DOCSPOOL_DATABASE_URL.'],
  '28000': ['The database refuses this user or address.', 'Check the user, and pg_hba.conf of the server.'],
  '3D000': ['There is no such database.', 'Create it with `createdb`, or name another in DOCSPOOL_DATABASE_URL.'],
  '42501': [
    'The database user lacks privileges.',
    `Run \`${PROGRAM} migrate\` as the owner of the database, and see the grants in docs/postgres.md.`,
  ],
}

function toStartError(error: unknown): unknown {
  if (error instanceof DatabaseUnreachable || error instanceof DatabaseFull) return error
  const cause = error instanceof DatabaseUnavailable && error.cause !== undefined ? error.cause : error
  const code = codeOf(cause)
  const refusal = REFUSALS[code]
  if (refusal !== undefined)
    return new DatabaseUnusable(`${refusal[0].slice(0, -1)} (${code}).`, { hint: refusal[1], cause })
  if (isTlsError(cause)) {
    return new DatabaseUnusable(`The encrypted connection to the database failed: ${(cause as Error).message}.`, {
      hint: 'Check sslmode and sslrootcert in DOCSPOOL_DATABASE_URL.',
      cause,
    })
  }
  if (code === TOO_MANY_CONNECTIONS) {
    return new DatabaseUnreachable(
      `The database has no free connection (${code}).`,
      { cause },
      'Close other connections to the server, or raise its max_connections.',
    )
  }
  if (error instanceof DatabaseUnavailable) {
    const what = code === 'ENOTFOUND' ? 'The host of the database is unknown' : 'The database cannot be reached'
    return new DatabaseUnreachable(`${what} (${code}).`, { cause })
  }
  return error
}

/** Whether an error concerns a certificate, or a server without TLS. */
const isTlsError = (error: unknown): boolean =>
  error instanceof Error &&
  (/SSL connections|self.signed|certificate/i.test(error.message) ||
    /^(?:CERT_|ERR_TLS_|DEPTH_ZERO|UNABLE_TO_)/.test(codeOf(error)))
