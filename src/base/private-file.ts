/** Reads files with secrets, and refuses those that other users own, or can read or write. */

import { closeSync, constants, fstatSync, openSync, readFileSync, statSync } from 'node:fs'
import { isErrno } from './errors.ts'
import { BadConfiguration } from './setting-types.ts'

/**
 * Read a file with secrets.
 *
 * @param name - The name of the setting, for error messages.
 * @param spoolDir - The folder of the spool. A process of root reads the files of the user that owns it, too.
 * @throws {BadConfiguration} The file is missing, cannot be read or is not a regular file, or other users own it or can read or write
 *   it.
 */
export function readPrivateFile(file: string, name: string, spoolDir: string): string {
  let descriptor: number
  try {
    descriptor = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK)
  } catch (error) {
    const why = isErrno(error, 'ENOENT') ? 'does not exist' : 'cannot be read'
    throw new BadConfiguration(`${name}: ${file} ${why}`, { cause: error })
  }
  try {
    const found = fstatSync(descriptor)
    if (!found.isFile()) throw new BadConfiguration(`${name}: ${file} is not a file`)
    if (!mayOwn(found.uid, spoolDir)) {
      throw new BadConfiguration(`${name}: ${file} belongs to another user (uid ${found.uid}); run chown on it`)
    }
    if ((found.mode & 0o077) !== 0) {
      const mode = (found.mode & 0o777).toString(8).padStart(4, '0')
      throw new BadConfiguration(`${name}: others can read or write ${file} (mode ${mode}); run chmod 600 ${file}`)
    }
    return readFileSync(descriptor, 'utf8')
  } finally {
    closeSync(descriptor)
  }
}

/** Whether a user may own files with secrets: root, the user of this process, and to root the owner of the spool. */
function mayOwn(uid: number, spoolDir: string): boolean {
  const own = process.geteuid?.()
  if (own === undefined || uid === 0 || uid === own) return true
  return own === 0 && statSync(spoolDir, { throwIfNoEntry: false })?.uid === uid
}
