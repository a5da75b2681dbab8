/** Renames a new set to its final name. */

import { rename } from 'node:fs/promises'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { isErrno } from '#base/errors.ts'
import { temporaryName } from '#base/files.ts'

/**
 * A folder that already has the final name is the same set, perhaps damaged. It is replaced unless `isWhole` returns true.
 *
 * @param isWhole - Whether the existing folder is intact; always false by default.
 */
export async function moveIntoPlace(
  temporary: string,
  final: string,
  isWhole: () => Promise<boolean> = async () => false,
): Promise<void> {
  for (;;) {
    try {
      return await rename(temporary, final)
    } catch (error) {
      if (!isErrno(error, 'ENOTEMPTY', 'EEXIST')) throw error
    }
    if (await isWhole()) return remove(temporary)
    const aside = path.join(path.dirname(final), temporaryName())
    try {
      await rename(final, aside)
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
    await remove(aside)
  }
}
