/**
 * Recognises spools, and folders in which one can be created. A folder in other use is refused, because the first check would move
 * or delete files with names that docspool uses. Synchronous, because root checks before it changes its user.
 */

import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { isShard } from './file-names.ts'
import { ENDED, type SpoolPaths } from './paths.ts'
import { isTemporaryFileName } from './temporary-files.ts'

/** A folder in the root of many file systems. */
const LOST_AND_FOUND = 'lost+found'
/** Maximum number of names in an error message. */
const MAX_NAMED = 4

/**
 * Whether a folder is a spool: it contains `LAYOUT`, or it has lost that file but `jobs/` contains shards, or all the other
 * folders of the queue exist. A folder that is merely called `jobs` is not enough.
 *
 * @throws System errors, such as permission denied.
 */
export function isSpool(paths: SpoolPaths): boolean {
  return lstatSync(paths.layout, { throwIfNoEntry: false }) !== undefined || hasLostLayout(paths)
}

function hasLostLayout(paths: SpoolPaths): boolean {
  const { jobs, ready, active, workers } = paths
  if (!isFolder(jobs)) return false
  const queue = [ready, active, workers, ...ENDED.map((status) => paths.endedStatus(status))]
  return queue.every(isFolder) || list(jobs).some((entry) => entry.isDirectory() && isShard(entry.name))
}

/**
 * Find files that prevent the creation of a spool in a folder: those with names that docspool uses, but with contents that it has
 * not created. Other names do not matter.
 *
 * Empty folders are accepted, because disks may be mounted there, or a process was killed while it created the spool. But if the
 * root also contains other files, empty folders are accepted only if they are private, like those that docspool creates.
 *
 * @returns Paths relative to the folder, at most four; empty when a spool can be created.
 */
export function findForeign(paths: SpoolPaths): string[] {
  const known = new Set(paths.folders.map((folder) => path.relative(paths.root, folder)))
  const entries = list(paths.root)
  const isShared = entries.some(
    ({ name }) => !paths.rootNames.has(name) && !name.startsWith('.') && name !== LOST_AND_FOUND,
  )
  const foreign = entries.filter(({ name }) => paths.rootNames.has(name)).flatMap(({ name }) => foreignIn(name))

  function foreignIn(name: string): string[] {
    const file = path.join(paths.root, name)
    if (file === paths.layout) return []
    if (!known.has(name) || !isFolder(file) || (isShared && !isPrivate(file))) return [name]
    const inside = list(file).flatMap((entry) => {
      const inner = path.join(name, entry.name)
      if (known.has(inner)) return foreignIn(inner)
      const isOurs = file === paths.tmp && isTemporaryFileName(entry.name)
      return isOurs || entry.name === LOST_AND_FOUND ? [] : [inner]
    })
    return inside.slice(0, 1)
  }
  return foreign.slice(0, MAX_NAMED)
}

const isFolder = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true

const isPrivate = (file: string): boolean => (lstatSync(file).mode & 0o077) === 0

/** The entries of a folder; none if it no longer exists or is not a folder. */
function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}
