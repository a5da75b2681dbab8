/** Determines the id of a spool, which a program passes to the programs that it starts. */

import { AppError } from '#base/errors.ts'
import { createLog } from '#base/log.ts'
import { LEASE_MS } from './lease.ts'
import { openToMove } from './open-storage.ts'
import {
  FolderHasJobs,
  hasRecords,
  isBesideDatabase,
  markBesideDatabase,
  refuseBesideDatabase,
} from './spool/database-mark.ts'
import { SpoolPaths } from './spool/paths.ts'
import { type Expectation, openRoot } from './spool/root.ts'
import { toSpoolError } from './to-spool-error.ts'

/**
 * Find the spool, or create it if `expect` allows that.
 *
 * @param spoolDir - The absolute path of the spool.
 * @returns The id of the spool.
 * @throws The errors of `openRoot`.
 */
export async function pinSpool(spoolDir: string, expect: Expectation): Promise<string> {
  try {
    return (await openRoot(new SpoolPaths(spoolDir), { expect, isReading: false })).id
  } catch (error) {
    throw toSpoolError(error)
  }
}

/**
 * Like `pinSpool`, for the folder of the settings. The folder of a machine that uses a database is marked; without a configured
 * database, it is refused from then on.
 *
 * @throws {SpoolBesideDatabase}
 * @throws {FolderHasJobs}
 * @throws The errors of `openRoot`.
 */
export async function pinFolder({
  spoolDir,
  expectSpool,
  databaseUrl,
}: {
  spoolDir: string
  expectSpool: Expectation
  databaseUrl: string | null
}): Promise<string> {
  try {
    if (databaseUrl === null) await refuseBesideDatabase(spoolDir)
    const id = await pinSpool(spoolDir, expectSpool)
    if (databaseUrl !== null && !(await isBesideDatabase(spoolDir))) {
      if ((await hasRecords(spoolDir)) && !(await hasMoved(id, databaseUrl))) throw new FolderHasJobs(spoolDir)
      await markBesideDatabase(spoolDir)
    }
    return id
  } catch (error) {
    throw toSpoolError(error)
  }
}

/** Whether everything of this spool has been moved to the database. */
async function hasMoved(id: string, databaseUrl: string): Promise<boolean> {
  const options = { log: createLog('move', 'silent'), clock: Date.now, leaseMs: LEASE_MS, isReading: true }
  const backend = await openToMove({ databaseUrl }, options).catch((error) => {
    if (error instanceof AppError && error.code === 'DATABASE_NOT_MIGRATED') return undefined
    throw error
  })
  if (backend === undefined) return false
  try {
    const move = await backend.transfer.readMove()
    return move?.isFinished === true && move.source === `spool ${id}`
  } finally {
    await backend.close()
  }
}
