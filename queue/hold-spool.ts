/** Pins a spool by an open handle, so that a process that does not use the queue writes into this spool or nowhere. */

import { closeSync, existsSync, openSync } from 'node:fs'
import { SpoolUnavailable, toSpoolError } from './errors.ts'
import { readLayout } from './spool/layout.ts'

/**
 * Open the root of the spool and keep it open.
 *
 * @param spoolDir - Absolute.
 * @param id - The id of the spool.
 * @returns A path that refers to this folder as long as this process lives, whatever is mounted or moved meanwhile. Other
 *   processes cannot use it. Without /proc, it is `spoolDir`.
 * @throws {SpoolUnavailable}
 */
export function holdSpool(spoolDir: string, id: string): string {
  try {
    const handle = openSync(spoolDir, 'r')
    const name = existsSync(`/proc/self/fd/${handle}`) ? `/proc/self/fd/${handle}` : spoolDir
    if (readLayout(name)?.id === id) return name
    closeSync(handle)
  } catch (error) {
    throw toSpoolError(error)
  }
  throw new SpoolUnavailable('The spool is unavailable: another folder is in its place.')
}
