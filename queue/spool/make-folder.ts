/** Creates a folder of the spool. */

import { lstat, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { SpoolUnavailable } from '#queue/errors.ts'

/** @returns Whether the folder was missing. @throws {SpoolUnavailable} Something other than a folder has the name. */
export async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 })
    return true
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
    if ((await lstat(folder)).isDirectory()) return false
    throw new SpoolUnavailable(`Expected a folder in the spool: ${path.basename(folder)}.`)
  }
}
