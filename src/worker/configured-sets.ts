/** What is in the database as configured, except for jobs: sets, and what machines share. A database is loaded only then. */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import type { SealedTokens } from '#cluster/git-tokens.ts'
import type { SharedJobQuota } from '#cluster/job-quota.ts'
import type { SpendStore } from '#cluster/spend-store.ts'
import type { PostgresIndex } from '#cross-search/postgres/postgres-index.ts'
import type { CountStore } from '#metrics/shared-counts.ts'
import { toSpoolError } from '#queue/errors.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'
import type { CachedSteps } from '#store/postgres/cached-steps.ts'
import type { SharedSets } from '#store/postgres/shared-sets.ts'

/** Those for jobs are others. */
const CONNECTIONS = 4

export interface DatabaseSets {
  /** All sets of the database. */
  shared: SharedSets
  /** The same, through the folder of this machine. */
  cached: CachedSets
  /** The index over all repositories. */
  index: PostgresIndex
  /** The cost of models. */
  spend: SpendStore
  /** `undefined` without `DOCSPOOL_SECRET_KEY`. */
  gitTokens: SealedTokens | undefined
  /** Unfinished jobs of clients. */
  clientJobs: SharedJobQuota
  /** Counts of supervisors. */
  counts: CountStore
  /** Results of single steps, through the folder of this machine. */
  steps: CachedSteps
  close(): Promise<void>
}

/** @returns `undefined` without a database. @throws What `openDocspoolDatabase` throws. */
export async function openDatabaseSets(
  { databaseUrl, spoolDir, docsCacheBytes, secretKey, access }: Config,
  log: Log,
  { isReading = false } = {},
): Promise<DatabaseSets | undefined> {
  if (databaseUrl === null) return undefined
  const { openDocspoolDatabase } = await import('#database/open.ts')
  const { createPostgresIndex } = await import('#cross-search/postgres/postgres-index.ts')
  const { createSharedSets } = await import('#store/postgres/shared-sets.ts')
  const { createCachedSets } = await import('#store/postgres/cached-sets.ts')
  const { createCachedSteps } = await import('#store/postgres/cached-steps.ts')
  const { createSharedSteps } = await import('#store/postgres/shared-steps.ts')
  const database = await openDocspoolDatabase(databaseUrl, { maxConnections: CONNECTIONS, isReading, log })
  const shared = createSharedSets(database)
  const cached = createCachedSets(path.join(spoolDir, 'docs'), { shared, maxBytes: docsCacheBytes, log })
  const { createSealedTokens } = await import('#cluster/git-tokens.ts')
  const { createCountStore } = await import('#cluster/job-counts.ts')
  const { createSharedJobQuota } = await import('#cluster/job-quota.ts')
  const { createSpendStore } = await import('#cluster/spend-store.ts')
  const index = withQueueErrors(createPostgresIndex(database))
  return {
    ...{ shared, index },
    cached: withQueueErrors(cached),
    spend: createSpendStore(database),
    gitTokens: secretKey === null ? undefined : withQueueErrors(createSealedTokens(database, secretKey, { log })),
    clientJobs: withQueueErrors(createSharedJobQuota(database, access.limits.jobsPerClient)),
    counts: createCountStore(database),
    steps: createCachedSteps(path.join(spoolDir, 'cache'), createSharedSteps(database), log),
    close: () => database.close(),
  }
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
