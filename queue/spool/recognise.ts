/**
 * Recognises spools, and folders in which one can be created. A folder in other use is refused, because the first check would move
 * or delete files with names that docspool uses. Synchronous, because root checks before it changes its user.
 */

import { type Dirent, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { ENDED, isShard, type SpoolPaths } from './paths.ts'
import { isTemporaryFileName } from './temporary.ts'

/** At the top of each file system. */
const OF_MOUNTS = 'lost+found'
/** Names that a message lists. */
const MOST_NAMED = 4

/**
 * True for a folder with `LAYOUT`, and for a spool that has lost it: `jobs/` has shards, or lies among the other folders of
 * the queue. A folder that is merely called `jobs` says nothing.
 *
 * @throws A system error, when it cannot be told.
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
 * What keeps a spool from being made in a folder: names that docspool uses, and that hold what it has not made. Other names
 * are left alone by all of it, so they do not count.
 *
 * Folders without anything in them do no harm: disks may be mounted there, or somebody was killed while the spool was made.
 * Beside files of other kinds they do, unless nobody else can look into them, as into those that docspool makes.
 *
 * @returns Paths from the folder, at most four; none where a spool may be made.
 */
export function findForeign(paths: SpoolPaths): string[] {
  const known = new Set(paths.folders.map((folder) => path.relative(paths.root, folder)))
  const entries = list(paths.root)
  const isShared = entries.some(({ name }) => !paths.rootNames.has(name) && !name.startsWith('.') && name !== OF_MOUNTS)
  const foreign = entries.filter(({ name }) => paths.rootNames.has(name)).flatMap(({ name }) => foreignIn(name))

  function foreignIn(name: string): string[] {
    const file = path.join(paths.root, name)
    if (file === paths.layout) return []
    if (!known.has(name) || !isFolder(file) || (isShared && !isPrivate(file))) return [name]
    const inside = list(file).flatMap((entry) => {
      const inner = path.join(name, entry.name)
      if (known.has(inner)) return foreignIn(inner)
      const isOurs = file === paths.tmp && isTemporaryFileName(entry.name)
      return isOurs || entry.name === OF_MOUNTS ? [] : [inner]
    })
    return inside.slice(0, 1)
  }
  return foreign.slice(0, MOST_NAMED)
}

const isFolder = (file: string): boolean => lstatSync(file, { throwIfNoEntry: false })?.isDirectory() === true

const isPrivate = (file: string): boolean => (lstatSync(file).mode & 0o077) === 0

/** Nothing of what is gone or has become something else. */
function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
    throw error
  }
}
