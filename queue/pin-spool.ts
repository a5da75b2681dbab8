/** Determines the id of a spool, which a program passes to the programs that it starts. */

import { toSpoolError } from './errors.ts'
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
