/**
 * Moves a damaged set out of the way, so that it counts as missing and the next submission generates it again. It stays beside
 * the sets for the operator, as `damaged-<key>`, until the set has been generated again, or for 30 days.
 */

import { lstat, rename, utimes } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'

const KEEP_MS = 30 * 24 * 3_600_000
const PREFIX = 'damaged-'

/** @param place - The folder of the set. */
export const asidePath = (place: string): string => path.join(path.dirname(place), `${PREFIX}${path.basename(place)}`)

/**
 * @param place - The folder of the set.
 * @returns The name of the folder that it was moved to; `undefined` if the set does not exist, or cannot be moved.
 */
export async function setAside(place: string): Promise<string | undefined> {
  const aside = asidePath(place)
  try {
    if ((await lstat(place)).isDirectory()) await remove(aside)
    await rename(place, aside)
    await utimes(aside, new Date(), new Date())
    return path.basename(aside)
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'EROFS', 'EIO', 'ENOTEMPTY', 'EEXIST', 'EISDIR'))
      return undefined
    throw error
  }
}

export const isAsideName = (name: string): boolean => name.startsWith(PREFIX)

/** Whether a damaged set that was set aside this many milliseconds ago has been kept long enough. */
export const isAsideOld = (ageMs: number): boolean => ageMs > KEEP_MS
