/** For read-only commands: a mistyped folder must not become an empty spool. */

import { NoSpool, toSpoolError } from './errors.ts'
import { SpoolPaths } from './spool/paths.ts'
import { isSpool } from './spool/recognise.ts'

/**
 * Nothing is written, whether there is a spool or not. One that has lost its LAYOUT is a spool; opening it mends that.
 *
 * @param spoolDir - Absolute.
 * @throws {NoSpool}
 * @throws {SpoolUnavailable} The folder cannot be read.
 */
export async function requireSpool(spoolDir: string): Promise<void> {
  try {
    if (isSpool(new SpoolPaths(spoolDir))) return
  } catch (error) {
    throw toSpoolError(error)
  }
  throw new NoSpool(`There is no spool in ${spoolDir}.`)
}
