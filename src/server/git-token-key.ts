/** The key from which the ids of private jobs are derived. All servers of a spool share it, so that a token always results in the same id. */

import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno, unlessGone } from '#base/errors.ts'
import { temporaryName, writeNewFile } from '#base/files.ts'

const KEY_BYTES = 32
/** Names of the key file. A damaged file is left in place, since another server may be about to replace it: the next name is used. */
const KEY_FILES = ['key', 'key-2', 'key-3', 'key-4']

/**
 * Read the key, or create it. A key file is complete when it appears and never changes, so all servers read the same key.
 *
 * @param folder - The folder of the key, which exists.
 * @throws If all key files are damaged, or a system error.
 */
export async function readKey(folder: string): Promise<Buffer> {
  for (const name of KEY_FILES) {
    const file = path.join(folder, name)
    const key = (await readIfThere(file)) ?? (await createKey(folder, file))
    if (key.length === KEY_BYTES) return key
  }
  throw new Error(`The key files in ${folder} are damaged: expected ${KEY_BYTES} bytes.`)
}

async function createKey(folder: string, file: string): Promise<Buffer> {
  const temporary = path.join(folder, temporaryName())
  try {
    await writeNewFile(temporary, randomBytes(KEY_BYTES))
    // Atomic: the first server to link its key wins.
    await link(temporary, file).catch(unlessExists)
  } finally {
    await rm(temporary, { force: true })
  }
  return await readPlain(file)
}

const readPlain = (file: string): Promise<Buffer> => readFile(file, { flag: constants.O_RDONLY | constants.O_NOFOLLOW })

const readIfThere = (file: string): Promise<Buffer | undefined> => readPlain(file).catch(unlessGone)

function unlessExists(error: unknown): void {
  if (!isErrno(error, 'EEXIST')) throw error
}
