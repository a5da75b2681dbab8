/**
 * Gives files that root left in a spool back to the spool's owner. The owner may be hostile and change folders while this runs.
 * Therefore each folder is opened through the handle of its parent, links are not followed, and the kernel must prevent users
 * from linking root's own files into the spool.
 */

import {
  closeSync,
  constants,
  fchownSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  type Stats,
} from 'node:fs'
import { isErrno } from '#base/errors.ts'
import { mayWrite, type Owner } from '#queue/spool/owner.ts'
import { SpoolPaths } from '#queue/spool/paths.ts'

/**
 * Only for root. The folder itself keeps its owner if the owner of the spool may write in it. Skips other file systems below the
 * folder, and names in the folder that are not docspool's, such as `lost+found`.
 *
 * @param folder - The folder of the spool, absolute.
 * @returns The number of changed files and folders; 0 if the kernel lets users link files of others
 *   (`fs.protected_hardlinks=0`), because changing owners would not be safe.
 */
export function restoreOwnership(folder: string, owner: Owner): number {
  if (owner.uid === 0 || !areLinksProtected()) return 0
  const names = [...new SpoolPaths(folder).rootNames]
  const changed = inFolder(folder, (handle) => {
    const found = fstatSync(handle)
    const inside = walk(handle, found.dev, owner, names)
    return mayWrite(found, owner) ? inside : inside + changeOwner(handle, found.dev, owner)
  })
  return changed ?? 0
}

/** @param only - Only these names in the folder, if they exist; by default, all. */
function walk(handle: number, dev: number, owner: Owner, only?: readonly string[]): number {
  const folder = `/proc/self/fd/${handle}`
  let changed = 0
  for (const name of only ?? readdirSync(folder)) {
    const file = `${folder}/${name}`
    const found = lstatSync(file, { throwIfNoEntry: false })
    if (found?.isDirectory())
      changed +=
        inFolder(file, (inner) => (isOn(inner) ? walk(inner, dev, owner) + changeOwner(inner, dev, owner) : 0)) ?? 0
    else if (found?.isFile() && found.uid === 0)
      changed += opened(file, constants.O_NONBLOCK, (inner) => changeOwner(inner, dev, owner)) ?? 0
  }
  return changed

  function isOn(inner: number): boolean {
    return fstatSync(inner).dev === dev
  }
}

/** Check the open file again: it may have been replaced since `lstat`. */
function changeOwner(handle: number, dev: number, owner: Owner): number {
  const found: Stats = fstatSync(handle)
  if (found.uid !== 0 || found.dev !== dev || !(found.isFile() || found.isDirectory())) return 0
  fchownSync(handle, owner.uid, owner.gid)
  return 1
}

const inFolder = <T>(folder: string, step: (handle: number) => T): T | undefined =>
  opened(folder, constants.O_DIRECTORY, step)

/** @returns `undefined` when the file no longer exists or is something else. */
function opened<T>(file: string, flags: number, step: (handle: number) => T): T | undefined {
  let handle: number
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | flags)
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR', 'ELOOP', 'ENXIO')) return undefined
    throw error
  }
  try {
    return step(handle)
  } finally {
    closeSync(handle)
  }
}

function areLinksProtected(): boolean {
  try {
    return readFileSync('/proc/sys/fs/protected_hardlinks', 'utf8').trim() === '1'
  } catch {
    return false
  }
}
