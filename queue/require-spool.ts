/** For commands that look at what is there: a mistyped folder must not become an empty spool. */

import { NoSpool, toSpoolError } from './errors.ts'
import { SpoolPaths } from './spool/paths.ts'
import { isThere } from './spool/root.ts'

/**
 * Nothing is written, whether there is a spool or not. One that has lost its LAYOUT is a spool; opening it mends that.
 *
 * @param spoolDir - Absolute.
 * @throws {NoSpool}
 * @throws {SpoolUnavailable} The folder cannot be read.
 */
export async function requireSpool(spoolDir: string): Promise<void> {
  const { layout, jobs } = new SpoolPaths(spoolDir)
  try {
    for (const mark of [layout, jobs]) if (await isThere(mark)) return
  } catch (error) {
    throw toSpoolError(error)
  }
  throw new NoSpool(`There is no spool in ${spoolDir}.`)
}
