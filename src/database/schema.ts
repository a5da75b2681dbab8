/** Reads the version of docspool's tables in a database, and creates or upgrades them. */

import type { Log } from '#base/log.ts'
import type { Query } from './client-pool.ts'
import type { Database } from './database.ts'
import { DatabaseTooNew, DatabaseUnusable } from './errors.ts'
import { MIGRATIONS, type Migration, SCHEMA_VERSION } from './migrations/list.ts'

/** The advisory lock that all docspool programs use for migrations. The number is arbitrary. */
const MIGRATION_LOCK = 7_164_325_118

export interface SchemaReport {
  /** The version of the tables; `undefined` if there are none yet. */
  version: number | undefined
  /** Missing migrations, in order. */
  missing: readonly Migration[]
}

/** @throws The errors of `readSchemaBy`. */
export async function readSchema({ run }: Pick<Database, 'run'>): Promise<SchemaReport> {
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
export async function applyMigrations({ transaction }: Database, log?: Log): Promise<readonly Migration[]> {
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
