/** Determines the id of a spool, which a program passes to the programs that it starts. */

import { toSpoolError } from './errors.ts'
import { markBesideDatabase, refuseBesideDatabase } from './spool/database-mark.ts'
import { SpoolPaths } from './spool/paths.ts'
import { type Expectation, openRoot } from './spool/root.ts'

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
 * The same for the folder of the settings. Beside a database it is marked, and refused from then on when none is configured.
 *
 * @throws {SpoolBesideDatabase}
 * @throws What `openRoot` throws.
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
    if (databaseUrl !== null) await markBesideDatabase(spoolDir)
    return id
  } catch (error) {
    throw toSpoolError(error)
  }
}
