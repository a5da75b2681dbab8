/**
 * Opens everything that a configured database stores besides jobs: sets, and state shared by all machines. Loads database code
 * only if a database is configured.
 */

import path from 'node:path'
import type { Config } from '#base/config.ts'
import type { Log } from '#base/log.ts'
import type { SealedTokens } from '#cluster/git-tokens.ts'
import type { SharedJobQuota } from '#cluster/job-quota.ts'
import type { SpendStore } from '#cluster/spend-store.ts'
import type { PostgresIndex } from '#cross-search/postgres/postgres-index.ts'
import type { CountStore } from '#metrics/shared-counts.ts'
import { loadDatabaseQueue } from '#queue/open-storage.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import type { CachedSets } from '#store/postgres/cached-sets.ts'
import type { CachedSteps } from '#store/postgres/cached-steps.ts'
import type { SharedSets } from '#store/postgres/shared-sets.ts'

/** Limit on connections to the database; the queue has its own. */
const MAX_CONNECTIONS = 4

export interface DatabaseSets {
  /** All sets in the database. */
  shared: SharedSets
  /** The same sets, read through the folder of this machine. */
  cached: CachedSets
  /** The search index over all repositories. */
  index: PostgresIndex
  /** The cost of models. */
  spend: SpendStore
  /** Git tokens, sealed; `undefined` without `DOCSPOOL_SECRET_KEY`. */
  gitTokens: SealedTokens | undefined
  /** The quota of unfinished jobs per client. */
  clientJobs: SharedJobQuota
  /** The counts of supervisors, for metrics. */
  counts: CountStore
  /** Results of individual generation steps, copied to and from the folder of this machine. */
  steps: CachedSteps
  close(): Promise<void>
}

/** @returns `undefined` if no database is configured. @throws The errors of `openDocspoolDatabase`. */
export async function openDatabaseSets(
  { databaseUrl, spoolDir, docsCacheBytes, secretKey, access }: Config,
  log: Log,
  { isReading = false } = {},
): Promise<DatabaseSets | undefined> {
  if (databaseUrl === null) return undefined
  const code = await loadDatabaseCode()
  const database = await code.openDocspoolDatabase(databaseUrl, { maxConnections: MAX_CONNECTIONS, isReading, log })
  const shared = code.createSharedSets(database)
  const cached = code.createCachedSets(path.join(spoolDir, 'docs'), { shared, maxBytes: docsCacheBytes, log })
  const index = withQueueErrors(code.createPostgresIndex(database))
  return {
    shared,
    index,
    cached: withQueueErrors(cached),
    spend: code.createSpendStore(database),
    gitTokens: secretKey === null ? undefined : withQueueErrors(code.createSealedTokens(database, secretKey, { log })),
    clientJobs: withQueueErrors(code.createSharedJobQuota(database, access.limits.jobsPerClient)),
    counts: code.createCountStore(database),
    steps: code.createCachedSteps(path.join(spoolDir, 'cache'), code.createSharedSteps(database), log),
    close: () => database.close(),
  }
}

async function loadDatabaseCode() {
  return {
    ...(await import('#database/open.ts')),
    ...(await import('#cross-search/postgres/postgres-index.ts')),
    ...(await import('#store/postgres/shared-sets.ts')),
    ...(await import('#store/postgres/cached-sets.ts')),
    ...(await import('#store/postgres/cached-steps.ts')),
    ...(await import('#store/postgres/shared-steps.ts')),
    ...(await import('#cluster/git-tokens.ts')),
    ...(await import('#cluster/job-counts.ts')),
    ...(await import('#cluster/job-quota.ts')),
    ...(await import('#cluster/spend-store.ts')),
  }
}

/** Load the code for a database, and the certificates named in its URL, before the user changes: the next one may lack permission. */
export async function prepareDatabase(url: string): Promise<void> {
  await Promise.all([loadDatabaseCode(), loadDatabaseQueue()])
  const { readCertificates } = await import('#database/open.ts')
  readCertificates(url)
}

/**
 * Converts the errors of all methods to those of the queue, so that requests fail the same way while the database is unavailable.
 */
function withQueueErrors<T extends object>(service: T): T {
  const calls = Object.entries(service).map(([name, call]: [string, (...args: unknown[]) => unknown]) => [
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
