/** Checks for read-only commands that there is a spool, so that a mistyped folder does not become an empty one. */

import { NoSpool } from './errors.ts'
import { SpoolPaths } from './spool/paths.ts'
import { isSpool } from './spool/recognise-spool.ts'
import { requireUsable } from './spool/usable-folders.ts'
import { toSpoolError } from './to-spool-error.ts'

/**
 * Writes nothing. A spool without its LAYOUT file is accepted; opening it restores the file.
 *
 * @param spoolDir - The absolute path of the spool.
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

/** For a folder that is not opened as a spool: none of its folders may be a link. @throws {SpoolFolderUnusable} */
export function requireUsableFolder(spoolDir: string): void {
  try {
    requireUsable(new SpoolPaths(spoolDir))
  } catch (error) {
    throw toSpoolError(error)
  }
}
