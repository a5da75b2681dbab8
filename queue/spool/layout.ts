/** The version of the spool and the folders it must have. */

import { constants } from 'node:fs'
import { link, lstat, mkdir, readFile, rm, stat } from 'node:fs/promises'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { syncFolder, writeNewFile } from '#base/files.ts'
import { SpoolTooNew, SpoolUnavailable } from '#queue/errors.ts'
import type { SpoolPaths } from './paths.ts'
import { temporaryPath } from './temporary.ts'

const VERSION = 1
const Layout = z.object({ version: z.int().positive() })

/**
 * Make the folders that are missing, and the root as well when `mayCreate`.
 *
 * @returns Whether any was missing.
 * @throws {SpoolTooNew} A newer version made the spool.
 * @throws {SpoolUnavailable} The root is missing (and may not be made), is no folder, or its LAYOUT cannot be read.
 */
export async function prepareLayout(paths: SpoolPaths, { mayCreate }: { mayCreate: boolean }): Promise<boolean> {
  if (mayCreate) await mkdir(paths.root, { recursive: true, mode: 0o700 }).catch(unlessExists)
  if (!(await stat(paths.root)).isDirectory()) throw new SpoolUnavailable('The spool is not a folder.')
  const version = await readVersion(paths)
  if (version !== undefined && version > VERSION) {
    throw new SpoolTooNew(`The spool has layout ${version}; this version of docspool knows up to ${VERSION}.`)
  }
  let wasMissing = false
  for (const folder of paths.folders) wasMissing = (await makeFolder(folder)) || wasMissing
  if (version === undefined) await writeVersion(paths)
  return wasMissing
}

async function readVersion(paths: SpoolPaths): Promise<number | undefined> {
  let text: string
  try {
    text = await readFile(paths.layout, { encoding: 'utf8', flag: constants.O_RDONLY | constants.O_NOFOLLOW })
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    throw error
  }
  try {
    return Layout.parse(JSON.parse(text)).version
  } catch (error) {
    throw new SpoolUnavailable('The file LAYOUT of the spool cannot be read.', { cause: error })
  }
}

/** @returns Whether it was missing. */
export async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { mode: 0o700 })
    return true
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
    if ((await lstat(folder)).isDirectory()) return false
    throw new SpoolUnavailable('A folder of the spool is something else.')
  }
}

function unlessExists(error: unknown): void {
  if (!isErrno(error, 'EEXIST')) throw error
}

/** Appears in one step, so that no program reads half of it. */
async function writeVersion(paths: SpoolPaths): Promise<void> {
  const temporary = temporaryPath(paths)
  await writeNewFile(temporary, `${JSON.stringify({ version: VERSION })}\n`)
  try {
    await link(temporary, paths.layout)
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error
  } finally {
    await rm(temporary, { force: true })
  }
  await syncFolder(paths.root)
}
