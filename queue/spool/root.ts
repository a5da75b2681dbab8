/**
 * Identifies the root of the spool, and detects when something else is at its path: the empty mount point of an unmounted disk,
 * another disk, a copy. The id in `LAYOUT` identifies the spool; device and inode, the folder. Nothing is created in a folder
 * that is not this spool.
 */

import { existsSync, lstatSync, type Stats, statSync } from 'node:fs'
import { lstat, open, stat } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { makeFolders } from '#base/files.ts'
import { NoSpool, SpoolMissing, SpoolOccupied, SpoolUnavailable, SpoolUnusable, toSpoolError } from '#queue/errors.ts'
import { createLayout, makeFolder, readLayout, type SpoolLayout, upgradeLayout } from './layout.ts'
import type { SpoolPaths } from './paths.ts'
import { findForeign, isSpool } from './recognise.ts'

/** An id: this very spool. `true`: there must be one. `false`: one is made where there is none. */
export type Expectation = string | boolean

export interface SpoolRoot {
  readonly id: string
  /** How often `locate` has failed. */
  readonly absences: number
  /** The device that its files are on, as `locate` last found it: what is on another was written elsewhere. */
  readonly device: number
  /**
   * Make sure that the name leads to this spool: as a rule one call of stat(2), some microseconds.
   *
   * @returns Which folder it is: equal as long as it is the same one, another for a copy with the same id.
   * @throws {SpoolUnavailable} It leads elsewhere, or nowhere. Also plain system errors.
   * @throws {SpoolTooNew}
   */
  locate(): string
  /**
   * Make the folders that are missing, and a `LAYOUT` that was deleted from the folder this process has worked in.
   *
   * @returns Whether any was missing.
   * @throws What `locate` throws.
   */
  prepare(): Promise<boolean>
}

export interface RootOptions {
  expect: Expectation
  /** Change nothing: neither make a spool nor bring one up to date. */
  isReading: boolean
}

/**
 * Find the spool, make it where that may be done, and bring it up to date.
 *
 * @throws {NoSpool} There is none, and it is only to be read.
 * @throws {SpoolMissing} There is none, and there should be.
 * @throws {SpoolUnusable} It cannot be made or opened here, or the folder is used for something else, and a second try would meet the same.
 * @throws {SpoolUnavailable} It is away: nothing or another spool is in its place.
 * @throws {SpoolTooNew} A newer version made it. Nothing was written.
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
    throw error instanceof SpoolUnusable ? elsewhere() : toSpoolError(error)
  }
}

async function findOrMake(paths: SpoolPaths, { expect, isReading }: RootOptions): Promise<SpoolLayout> {
  if (!isReading && expect === false) makeFolders(paths.root)
  const found = await readIfThere(paths.root)
  if (found !== undefined) {
    if (typeof expect === 'string' && found.id !== expect) throw elsewhere()
    if (isReading || !found.isOld) return found
    await makeFolder(paths.tmp)
    await upgradeLayout(paths, found.id)
    return found
  }
  if (typeof expect === 'string') throw elsewhere()
  // One that has lost its LAYOUT is a spool all the same.
  const isOld = isSpool(paths)
  if (isReading) {
    if (isOld) throw new SpoolUnavailable('The spool has lost its file LAYOUT; `fsck` writes another.')
    throw new NoSpool(`There is no spool in ${paths.root}.`)
  }
  if (!isOld && expect) throw new SpoolMissing(`There is no spool in ${paths.root}, where one is expected.`)
  const foreign = isOld ? [] : findForeign(paths)
  if (foreign.length > 0) {
    // Another program may have made it since.
    const made = await readIfThere(paths.root)
    if (made !== undefined) return made
    throw new SpoolOccupied(paths.root, foreign)
  }
  await makeFolder(paths.tmp)
  await createLayout(paths)
  return (await readIfThere(paths.root)) ?? { id: '', isOld: false }
}

async function readIfThere(root: string): Promise<SpoolLayout | undefined> {
  try {
    if (!(await stat(root)).isDirectory()) throw new SpoolUnusable(`${root} is not a folder.`)
    return readLayout(root)
  } catch (error) {
    if (isErrno(error, 'ENOENT') && !(await isThere(root))) return undefined
    throw error
  }
}

export async function isThere(file: string): Promise<boolean> {
  try {
    await lstat(file)
    return true
  } catch (error) {
    if (isErrno(error, 'ENOENT', 'ENOTDIR')) return false
    throw error
  }
}

const LASTING: Readonly<Record<string, string>> = {
  ENOENT: 'no folder can be made there, or a link leads nowhere',
  ENOTDIR: 'a part of the path is not a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'links lead in a circle',
  ENAMETOOLONG: 'the name is too long',
}

/** At the start nothing is known of the spool that would be worth waiting for. */
function toStartError(folder: string, error: unknown): unknown {
  const reason = error instanceof Error && 'code' in error ? LASTING[String(error.code)] : undefined
  if (reason === undefined || !isErrno(error, ...Object.keys(LASTING))) return toSpoolError(error)
  return new SpoolUnusable(`${folder} cannot be the spool: ${reason} (${error.code}).`, { cause: error })
}

const elsewhere = (): SpoolUnavailable => new SpoolUnavailable('The spool is away; another folder is in its place.')

function createRoot(paths: SpoolPaths, id: string): SpoolRoot {
  let known: { folder: string; layout: string } | undefined
  let device = Number.NaN
  let absences = 0

  function locate(): string {
    try {
      const found = lstatSync(paths.layout, { throwIfNoEntry: false })
      const layout = found && `${inodeOf(found)}:${found.mtimeMs}`
      // Where the file is in no other folder, it says which folder this is.
      if (known !== undefined && layout === known.layout && found?.nlink === 1) return known.folder
      const folder = inodeOf(statSync(paths.root))
      if (layout === undefined) throw elsewhere()
      if (known?.folder === folder && known.layout === layout) return folder
      const read = readLayout(paths.root)
      if (read === undefined || read.id !== id) throw elsewhere()
      known = { folder, layout }
      device = found?.dev ?? device
      return folder
    } catch (error) {
      absences += 1
      throw error
    }
  }

  /** The folder that was found last is this spool, whatever has become of the file. */
  async function mendLayout(): Promise<void> {
    if (known === undefined || (await isThere(paths.layout)) || !(await isThere(paths.jobs))) return
    if (inodeOf(await stat(paths.root)) !== known.folder) return
    await makeFolder(paths.tmp)
    await createLayout(paths, id)
  }

  async function prepare(): Promise<boolean> {
    await mendLayout()
    locate()
    return await withFolder(paths.root, async (root) => {
      if (readLayout(root)?.id !== id) throw elsewhere()
      let wasMissing = false
      for (const folder of paths.folders) {
        wasMissing = (await makeFolder(path.join(root, path.relative(paths.root, folder)))) || wasMissing
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

/**
 * Work in a folder by a name that leads to it for as long as the step takes, whatever is mounted or moved meanwhile.
 * Without /proc it is the folder's own name.
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
