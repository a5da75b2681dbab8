/** For commands that look at what is there: a mistyped folder must not become an empty spool. */

import { lstat } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { NoSpool, toSpoolError } from './errors.ts'
import { SpoolPaths } from './spool/paths.ts'

/**
 * Nothing is written, whether there is a spool or not. One that has lost its LAYOUT is a spool; opening it mends that.
 *
 * @param spoolDir - Absolute.
 * @throws {NoSpool}
 * @throws {SpoolUnavailable} The folder cannot be read.
 */
export async function requireSpool(spoolDir: string): Promise<void> {
  const { layout, jobs } = new SpoolPaths(spoolDir)
  for (const mark of [layout, jobs]) if (await isThere(mark)) return
  throw new NoSpool(`There is no spool in ${spoolDir}.`)
}

async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw toSpoolError(error)
  }
}
