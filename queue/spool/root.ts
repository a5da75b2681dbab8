/**
 * Identifies the root of the spool, and detects when something else is at its path, such as the empty mount point of an unmounted
 * disk, another disk, or a copy. The id in `LAYOUT` identifies the spool; device and inode identify the folder. Nothing is created
 * in a folder that is not this spool.
 */

import { existsSync, lstatSync, type Stats, statSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { exists, makeFolders } from '#base/files.ts'
import {
  NoSpool,
  SpoolFolderUnusable,
  SpoolMissing,
  SpoolOccupied,
  SpoolUnavailable,
  SpoolUnusable,
} from '#queue/errors.ts'
import { toSpoolError } from '#queue/to-spool-error.ts'
import { createLayout, readLayout, type SpoolLayout, upgradeLayout } from './layout.ts'
import { makeFolder } from './make-folder.ts'
import type { SpoolPaths } from './paths.ts'
import { findForeign, isSpool } from './recognise-spool.ts'
import { findSpoolId } from './recover-journals.ts'
import { requireUsable } from './usable-folders.ts'

/** An id if the spool must have this id, `true` if there must be a spool, `false` if one may be created. */
export type Expectation = string | boolean

export interface SpoolRoot {
  readonly id: string
  /** How often `locate` has failed. */
  readonly absences: number
  /** The device of the spool's files, as last found by `locate`. A file on another device is not in this spool. */
  readonly device: number
  /**
   * Check that the path leads to this spool. Usually one call of lstat(2), a few microseconds.
   *
   * @returns An identifier of the folder, which differs for a copy with the same id.
   * @throws {SpoolUnavailable} The path leads to something else, or to nothing. Also throws system errors.
   * @throws {SpoolTooNew}
   */
  locate(): string
  /**
   * Create missing folders, and `LAYOUT` if it was deleted from the folder in which this process has worked.
   *
   * @returns Whether a folder was missing.
   * @throws The errors of `locate`.
   */
  prepare(): Promise<boolean>
}

export interface RootOptions {
  expect: Expectation
  /** Neither create nor upgrade a spool. */
  isReading: boolean
}

/**
 * Find the spool, or create it if allowed, and upgrade it.
 *
 * @throws {NoSpool} There is no spool, and `isReading` is set.
 * @throws {SpoolMissing} There is no spool, but one is expected.
 * @throws {SpoolUnusable} The spool cannot be created or opened, a folder in it cannot be used, or the folder is used for something
 *   else. Retrying does not help.
 * @throws {SpoolUnavailable} There is nothing or another spool in its place.
 * @throws {SpoolTooNew} A newer version created the spool. Nothing was written.
 */
export async function openRoot(paths: SpoolPaths, options: RootOptions): Promise<SpoolRoot> {
  try {
    const layout = await findOrMake(paths, options)
    const root = createRoot(paths, layout.id)
    if (!options.isReading) await root.prepare()
    root.locate()
    return root
  } catch (error) {
    if (typeof options.expect !== 'string') throw toStartError(paths.root, error)
    if (error instanceof SpoolFolderUnusable) throw new SpoolUnavailable(error.message, { cause: error })
    throw error instanceof SpoolUnusable ? notThisSpool() : toSpoolError(error)
  }
}

async function findOrMake(paths: SpoolPaths, { expect, isReading }: RootOptions): Promise<SpoolLayout> {
  if (!isReading && expect === false) makeFolders(paths.root)
  const found = await readIfThere(paths.root)
  if (found !== undefined) {
    if (typeof expect === 'string' && found.id !== expect) throw notThisSpool()
    if (isReading) return found
    requireUsable(paths)
    if (!found.isOld) return found
    await makeFolder(paths.tmp)
    await upgradeLayout(paths, found.id)
    return found
  }
  if (typeof expect === 'string') throw notThisSpool()
  // A spool without its LAYOUT is still a spool.
  const isOld = isSpool(paths)
  if (isReading) {
    if (isOld) throw new SpoolUnavailable('The spool has lost its file LAYOUT; `fsck` restores it.')
    throw new NoSpool(`There is no spool in ${paths.root}.`)
  }
  if (!isOld && expect) throw new SpoolMissing(`There is no spool in ${paths.root}, where one is expected.`)
  const foreign = isOld ? [] : findForeign(paths)
  if (foreign.length > 0) {
    // Another program may have created the spool in the meantime.
    const made = await readIfThere(paths.root)
    if (made !== undefined) return made
    throw new SpoolOccupied(paths.root, foreign)
  }
  requireUsable(paths)
  await makeFolder(paths.tmp)
  await createLayout(paths, await findSpoolId(paths))
  return (await readIfThere(paths.root)) ?? { id: '', isOld: false }
}

async function readIfThere(root: string): Promise<SpoolLayout | undefined> {
  try {
    if (!(await stat(root)).isDirectory()) throw new SpoolUnusable(`${root} is not a folder.`)
    return readLayout(root)
  } catch (error) {
    if (isErrno(error, 'ENOENT') && !(await exists(root))) return undefined
    throw error
  }
}

const PERMANENT_ERRORS: Readonly<Record<string, string>> = {
  ENOENT: 'the folder cannot be created, or a link is broken',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'too many symbolic links',
  ENAMETOOLONG: 'the name is too long',
}

/** Converts errors that waiting does not resolve to `SpoolUnusable`. */
function toStartError(folder: string, error: unknown): unknown {
  const reason = error instanceof Error && 'code' in error ? PERMANENT_ERRORS[String(error.code)] : undefined
  if (reason === undefined || !isErrno(error, ...Object.keys(PERMANENT_ERRORS))) return toSpoolError(error)
  return new SpoolUnusable(`${folder} cannot be used as the spool: ${reason} (${error.code}).`, { cause: error })
}

const notThisSpool = (): SpoolUnavailable =>
  new SpoolUnavailable('The spool is unavailable: another folder is in its place.')

function createRoot(paths: SpoolPaths, id: string): SpoolRoot {
  let known: { folder: string; layout: string } | undefined
  let device = Number.NaN
  let absences = 0

  function locate(): string {
    try {
      const found = lstatSync(paths.layout, { throwIfNoEntry: false })
      const layout = found && stampOf(found)
      // A file with a single link identifies its folder.
      if (known !== undefined && layout === known.layout && found?.nlink === 1) return known.folder
      const folder = inodeOf(statSync(paths.root))
      if (layout === undefined) throw notThisSpool()
      if (known?.folder === folder && known.layout === layout) return folder
      const read = readLayout(paths.root)
      if (read === undefined || read.id !== id) throw notThisSpool()
      known = { folder, layout }
      device = found?.dev ?? device
      return folder
    } catch (error) {
      absences += 1
      throw error
    }
  }

  /** Write `LAYOUT` again if it was deleted from the folder that `locate` last found. */
  async function restoreLayout(): Promise<void> {
    if (known === undefined || (await exists(paths.layout)) || !(await exists(paths.jobs))) return
    if (inodeOf(await stat(paths.root)) !== known.folder) return
    await makeFolder(paths.tmp)
    await createLayout(paths, id)
  }

  async function prepare(): Promise<boolean> {
    await restoreLayout()
    locate()
    return await withFolder(paths.root, async (root) => {
      // The file is not read again if it is the same one: it may no longer be readable.
      const layout = lstatSync(path.join(root, path.basename(paths.layout)), { throwIfNoEntry: false })
      if ((layout && stampOf(layout)) !== known?.layout && readLayout(root)?.id !== id) throw notThisSpool()
      let wasMissing = false
      for (const folder of paths.folders) {
        const isMade = await makeFolder(path.join(root, path.relative(paths.root, folder))).catch((error) => {
          // A folder of another user may be inaccessible; the code that needs it reports that.
          if (path.dirname(folder) === paths.root || !isErrno(error, 'EACCES', 'EPERM')) throw error
          return false
        })
        wasMissing ||= isMade
      }
      return wasMissing
    })
  }

  return {
    id,
    get absences() {
      return absences
    },
    get device() {
      return device
    },
    locate,
    prepare,
  }
}

const inodeOf = ({ dev, ino }: Stats): string => `${dev}:${ino}`

const stampOf = (layout: Stats): string => `${inodeOf(layout)}:${layout.mtimeMs}`

/**
 * Call `step` with a path that refers to a folder even if something is mounted or moved in the meantime. Without /proc, it is the
 * folder's own path.
 */
export async function withFolder<T>(folder: string, step: (name: string) => Promise<T>): Promise<T> {
  const handle = await open(folder, 'r')
  try {
    const name = `/proc/self/fd/${handle.fd}`
    return await step(existsSync(name) ? name : folder)
  } finally {
    await handle.close()
  }
}
