/** The temporary folders of commands that generate documents: for the clone, and for the output. Those of killed commands are removed. */

import { lstat, mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { remove } from 'fs-extra/esm'
import { AppError } from '#base/errors.ts'
import { isTemporaryLeftover } from '#base/files.ts'
import { hasText } from '#base/find-text.ts'
import { isOwnerGone, ownerName, parseOwner, readOwner } from '#base/owner.ts'
import { removeIfKilled } from '#processes/run-in-child.ts'

/** Thrown when there is no folder for temporary files. */
export class NoTemporaryFolder extends AppError {
  readonly code = 'NO_TEMPORARY_FOLDER'
  override readonly hint = 'Set TMPDIR to a folder where you may write.'
}

const PREFIX = 'docspool-'
/** Folders of processes from before the last boot are removed after this time: on a network file system, they may belong to another machine. */
const OTHER_BOOT_MS = 24 * 3_600_000

/**
 * Create a folder for a clone. It is removed if this process is killed by its parent, and otherwise, when it is killed, by the next
 * command.
 *
 * @throws {NoTemporaryFolder}
 */
export async function makeWorkFolder(): Promise<string> {
  const parent = tmpdir()
  try {
    await removeLeftovers(parent, (name) => {
      const owner = parseOwner(/^docspool-(.+)-[A-Za-z0-9]{6}$/.exec(name)?.[1] ?? '')
      return owner !== undefined && isOwnerGone(owner) === true
    })
    const folder = await mkdtemp(path.join(parent, `${PREFIX}${ownerName()}-`))
    removeIfKilled(folder)
    return folder
  } catch (error) {
    throw new NoTemporaryFolder(`Nothing can be written to ${parent}: ${(error as Error).message}`, { cause: error })
  }
}

/** Remove unfinished output folders of killed commands. @param parent - The folder that contains the output folder. */
export const removeLeftoverOutput = (parent: string): Promise<void> =>
  removeLeftovers(parent, (name) => isTemporaryLeftover(name) === true)

/** Remove folders of this user that dead processes have left. Those that cannot be removed are skipped. */
async function removeLeftovers(parent: string, isLeftover: (name: string) => boolean): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!isLeftover(name)) continue
    const folder = path.join(parent, name)
    const found = await lstat(folder).catch(() => undefined)
    if (found?.isDirectory() !== true || found.uid !== process.geteuid?.()) continue
    if (!hasText(name, `-${readOwner().boot}-`) && Date.now() - found.mtimeMs < OTHER_BOOT_MS) continue
    await remove(folder).catch(() => undefined)
  }
}
