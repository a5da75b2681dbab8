/** Temporary files in `tmp/`, named after their process, so that files of dead processes can be recognised. */

import { lstat, readdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { isProcessAlive, readOwnStart } from '#base/process.ts'
import type { SpoolPaths } from './paths.ts'

const TEMPORARY_NAME = /^([0-9]{1,10})-([0-9]{1,20})-[0-9a-z]{1,12}$/
/** Younger files are kept, because their writer may be running in another container, where its process is not visible. */
const MIN_AGE_MS = 10 * 60_000

let counter = 0

/** A path for a new file or folder of this process. */
export function temporaryPath(paths: SpoolPaths): string {
  return path.join(paths.tmp, `${process.pid}-${readOwnStart() || '0'}-${(counter++).toString(36)}`)
}

export const isTemporaryFileName = (name: string): boolean => TEMPORARY_NAME.test(name)

/**
 * Remove files that dead processes have left in `tmp/`.
 *
 * @param reportSkipped - Called with files that docspool has not created. They are not removed.
 * @returns How many were removed.
 */
export async function sweepTemporary(
  paths: SpoolPaths,
  now: number,
  reportSkipped: (file: string) => void,
): Promise<number> {
  let swept = 0
  for (const name of await readdir(paths.tmp)) {
    const [, pid, start = ''] = TEMPORARY_NAME.exec(name) ?? []
    if (pid === undefined) reportSkipped(path.join(paths.tmp, name))
    if (pid === undefined || isProcessAlive(Number(pid), start)) continue
    const file = path.join(paths.tmp, name)
    try {
      if (now - (await lstat(file)).mtimeMs < MIN_AGE_MS) continue
      await rm(file, { recursive: true, force: true })
      swept += 1
    } catch (error) {
      if (!isErrno(error, 'ENOENT')) throw error
    }
  }
  return swept
}
