/** Deletes a set: renames it in one step, then removes its files. */

import { rename } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'
import { temporaryName } from '#base/files.ts'
import { readUse } from './use.ts'

/**
 * Delete a folder unless it has been used recently. Its last use is read after it was renamed, so a set that was renewed at the
 * last moment is put back. Until then, readers may not find it.
 *
 * @param isDoomed - Whether to delete a folder last used at this time, in milliseconds since the epoch.
 * @returns Whether the folder was deleted or did not exist.
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

/** @returns false when the set was published again in the meantime. */
async function putBack(aside: string, place: string): Promise<boolean> {
  try {
    await rename(aside, place)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) return false
    throw error
  }
}
