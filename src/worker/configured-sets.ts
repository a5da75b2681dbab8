/** What is in the database as configured, except for jobs: sets, and what machines share. A database is loaded only then. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import type { SpendStore } from '#cluster/spend-store.ts'
import type { PostgresIndex } from '#cross-search/postgres/postgres-index.ts'
import type { Database } from '#database/database.ts'
import { toSpoolError } from '#queue/errors.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'
import type { SharedSets } from '#store/postgres/shared-sets.ts'

/** Those for jobs are others. */
const CONNECTIONS = 3

export interface DatabaseSets {
  /** For what else machines share (`src/cluster`). */
  database: Database
  /** All sets of the database. */
  shared: SharedSets
  /** The same, through the folder of this machine. */
  cached: CachedSets
  /** The index over all repositories. */
  index: PostgresIndex
  /** The cost of models. */
  spend: SpendStore
  close(): Promise<void>
}

/** @returns `undefined` without a database. @throws What `openDocspoolDatabase` throws. */
export async function openDatabaseSets(
  { databaseUrl, spoolDir, docsCacheBytes }: Config,
  log: Log,
  { isReading = false } = {},
): Promise<DatabaseSets | undefined> {
  if (databaseUrl === null) return undefined
  const { openDocspoolDatabase } = await import('#database/open.ts')
  const { createPostgresIndex } = await import('#cross-search/postgres/postgres-index.ts')
  const { createSharedSets } = await import('#store/postgres/shared-sets.ts')
  const { createCachedSets } = await import('#store/postgres/cached-sets.ts')
  const database = await openDocspoolDatabase(databaseUrl, { maxConnections: CONNECTIONS, isReading, log })
  const shared = createSharedSets(database)
  const cached = createCachedSets(path.join(spoolDir, 'docs'), { shared, maxBytes: docsCacheBytes, log })
  const { createSpendStore } = await import('#cluster/spend-store.ts')
  const index = withQueueErrors(createPostgresIndex(database))
  const spend = createSpendStore(database)
  return { database, shared, cached: withQueueErrors(cached), index, spend, close: () => database.close() }
}

/** While the database is away, documents are answered like jobs. */
function withQueueErrors<T extends object>(sets: T): T {
  const calls = Object.entries(sets).map(([name, call]: [string, (...args: unknown[]) => unknown]) => [
    name,
    (...args: unknown[]) => {
      const answer = call(...args)
      if (!(answer instanceof Promise)) return answer
      return answer.catch((error) => {
        throw toSpoolError(error)
      })
    },
  ])
  return Object.fromEntries(calls) as T
}
