/** Durable and atomic file operations. They know nothing of jobs or documents. */

import { constants, existsSync, mkdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from './errors.ts'
import { isOwnerGone, ownerName, parseOwner } from './owner.ts'

/** Prefix of names that are being written; listings leave them out. */
const TEMPORARY = '.tmp-'

export const isTemporaryName = (name: string): boolean => name.startsWith(TEMPORARY)

let counter = 0

/** A name for a file or folder that is being written: of this process alone. */
export function temporaryName(): string {
  return `${TEMPORARY}${ownerName()}-${Date.now().toString(36)}-${(counter++).toString(36)}`
}

/** Whether nobody writes it any more; `undefined` where the name does not tell, or the writer cannot be seen from here. */
export function isTemporaryLeft(name: string): boolean | undefined {
  const owner = parseOwner(/^\.tmp-(.+)-[0-9a-z]+-[0-9a-z]+$/.exec(name)?.[1] ?? '')
  return owner === undefined ? undefined : isOwnerGone(owner)
}

/**
 * Make a folder (mode 0700) and those above it that are missing. Node's own `recursive` loops for ever where the kernel says
 * ENOENT below a folder that exists: in /proc, and in a folder that was deleted while it is open.
 *
 * @throws A system error. What is there and is no folder is left to whoever uses it.
 */
export function makeFolders(folder: string): void {
  const above = path.dirname(folder)
  if (!existsSync(above)) makeFolders(above)
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  }
}

/** Make the entries of a folder durable. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Create a file (mode 0600) that must not exist and make its bytes durable; its name is not, before `syncFolder`. */
export async function writeNewFile(file: string, data: string | Uint8Array): Promise<void> {
  const handle = await open(
    file,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW,
    0o600,
  )
  try {
    await handle.writeFile(data)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
