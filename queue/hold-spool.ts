/** Holds a spool open, so that a process that does not use the queue writes to this spool or to none. */

import { closeSync, existsSync, openSync } from 'node:fs'
import { SpoolUnavailable } from './errors.ts'
import { readLayout } from './spool/layout.ts'
import { toSpoolError } from './to-spool-error.ts'

/**
 * Open the root of the spool and keep it open.
 *
 * @param spoolDir - The absolute path of the spool.
 * @param id - The id of the spool.
 * @returns A path that refers to this folder as long as this process lives, even if something is mounted or moved in the
 *   meantime. Other processes cannot use this path. Without /proc, it is `spoolDir`.
 * @throws {SpoolUnavailable}
 */
export function holdSpool(spoolDir: string, id: string): string {
  let handle: number | undefined
  try {
    handle = openSync(spoolDir, 'r')
    const name = existsSync(`/proc/self/fd/${handle}`) ? `/proc/self/fd/${handle}` : spoolDir
    if (readLayout(name)?.id === id) return name
  } catch (error) {
    if (handle !== undefined) closeSync(handle)
    throw toSpoolError(error)
  }
  closeSync(handle)
  throw new SpoolUnavailable('The spool is unavailable: another folder is in its place.')
}
