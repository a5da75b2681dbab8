/** Reads regular files in the folder of a set. Anything else, such as a symbolic link, counts as missing. */

import { lstat } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
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

export async function isPlainFile(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile()
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}

/** Whether there is a folder, and not only a link to one. */
export async function isPlainFolder(folder: string): Promise<boolean> {
  try {
    return (await lstat(folder)).isDirectory()
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}
