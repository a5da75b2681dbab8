/** Durable and atomic file operations. They know nothing of jobs or documents. */

import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** Prefix of names that are being written; listings leave them out. */
const TEMPORARY = '.tmp-'

export const isTemporaryName = (name: string): boolean => name.startsWith(TEMPORARY)

let counter = 0

/** A name for a file or folder that is being written: unique in this machine's running processes. */
export function temporaryName(): string {
  return `${TEMPORARY}${process.pid}-${Date.now().toString(36)}-${(counter++).toString(36)}`
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
