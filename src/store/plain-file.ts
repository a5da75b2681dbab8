/** Reads regular files in the folder of a set. Anything else, such as a symbolic link, counts as missing. */

import { lstat } from 'node:fs/promises'
import { isErrno, unlessGone } from '#base/errors.ts'
import { openPlain } from '#base/files.ts'

/** @returns `undefined` when there is no such regular file. */
export async function readPlainFile(file: string): Promise<Uint8Array | undefined> {
  try {
    const handle = await openPlain(file)
    try {
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'EISDIR')) return undefined
    throw error
  }
}

export const isPlainFile = async (file: string): Promise<boolean> =>
  (await lstat(file).catch(unlessGone))?.isFile() === true

/** Whether there is a folder, and not only a link to one. */
export const isPlainFolder = async (folder: string): Promise<boolean> =>
  (await lstat(folder).catch(unlessGone))?.isDirectory() === true
