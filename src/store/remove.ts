/** Deletes a set: out of sight in one step, then file by file. */

import { rename } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'
import { temporaryName } from '#base/files.ts'
import { readUse } from './use.ts'

/**
 * Delete a folder if `isDoomed` says so of its last use, which is asked for when nobody can find the folder any more: a
 * set that somebody has renewed in the last moment comes back. A reader may miss it in between.
 *
 * @returns Whether it is gone.
 */
export async function removeIf(place: string, isDoomed: (usedMs: number) => boolean): Promise<boolean> {
  const aside = path.join(path.dirname(place), temporaryName())
  try {
    await rename(place, aside)
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return true
    throw error
  }
  const usedMs = await readUse(aside)
  if (usedMs !== undefined && !isDoomed(usedMs) && (await putBack(aside, place))) return false
  await remove(aside)
  return true
}

/** @returns false when the set was published anew meanwhile. */
async function putBack(aside: string, place: string): Promise<boolean> {
  try {
    await rename(aside, place)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return false
    throw error
  }
}
