/**
 * The file `LAYOUT` contains the version and the id of the spool. The id shows whether another folder has taken the spool's place.
 * Version 1 had no id; the first program that opens such a spool for writing adds one.
 */

import { randomBytes } from 'node:crypto'
import { fstatSync, readFileSync } from 'node:fs'
import { link, rename, rm } from 'node:fs/promises'
import { z } from 'zod'
import { isErrno } from '#base/errors.ts'
import { failpoint } from '#base/failpoint.ts'
import { syncFolder, withPlainSync, writeNewFile } from '#base/files.ts'
import { sha256Of } from '#base/sha256.ts'
import { SpoolTooNew, SpoolUnavailable } from '#queue/errors.ts'
import { SpoolPaths } from './paths.ts'
import { temporaryPath } from './temporary-files.ts'

const VERSION = 2
const Version = z.object({ version: z.int().positive() })
const SpoolId = z.string().regex(/^[0-9a-f]{32}$/)
const Layout = z.object({ version: z.literal(VERSION), id: SpoolId })

export const isSpoolId = (found: unknown): found is string => SpoolId.safeParse(found).success

export interface SpoolLayout {
  /** 32 hex digits. For a spool of version 1, the id that `upgradeLayout` will write. */
  id: string
  /** Whether the spool has version 1. */
  isOld: boolean
}

/**
 * Read `LAYOUT`. Synchronous, because the file is small and rarely read.
 *
 * @param root - The absolute path of the spool.
 * @returns `undefined` when the file does not exist.
 * @throws {SpoolTooNew} A newer version created the spool.
 * @throws {SpoolUnavailable} The file is invalid.
 */
export function readLayout(root: string): SpoolLayout | undefined {
  try {
    return withPlainSync(
      new SpoolPaths(root).layout,
      (handle) => parse(readFileSync(handle, 'utf8')) ?? { id: futureId(handle), isOld: true },
    )
  } catch (error) {
    if (isErrno(error, 'ENOENT')) return undefined
    if (isErrno(error, 'EISDIR', 'ELOOP'))
      throw new SpoolUnavailable('LAYOUT of the spool is not a plain file.', { cause: error })
    throw error
  }
}

/** @returns `undefined` for version 1. */
function parse(text: string): SpoolLayout | undefined {
  let version: number
  try {
    const found: unknown = JSON.parse(text)
    version = Version.parse(found).version
    if (version === VERSION) return { id: Layout.parse(found).id, isOld: false }
  } catch (error) {
    throw new SpoolUnavailable('The file LAYOUT of the spool cannot be read.', { cause: error })
  }
  if (version < VERSION) return undefined
  throw new SpoolTooNew(`The spool has layout ${version}; this version of docspool supports layouts up to ${VERSION}.`)
}

/**
 * The id for a spool of version 1, derived from its file, so that programs that upgrade it at the same time write the same id.
 */
function futureId(handle: number): string {
  const { ino, mtimeNs } = fstatSync(handle, { bigint: true })
  return sha256Of(`docspool LAYOUT 1 ${ino} ${mtimeNs}`).slice(0, 32)
}

/** Atomically replace the file of version 1. Durable. `tmp/` must exist. */
export async function upgradeLayout(paths: SpoolPaths, id: string): Promise<void> {
  const temporary = temporaryPath(paths)
  try {
    await writeNewFile(temporary, toText(id))
    failpoint('layout:written')
    await rename(temporary, paths.layout)
  } finally {
    await rm(temporary, { force: true })
  }
  failpoint('layout:renamed')
  await syncFolder(paths.root)
}

/**
 * Write `LAYOUT` if there is none. Atomic, so that no program reads an incomplete file. `tmp/` must exist.
 *
 * @param id - A random id by default.
 */
export async function createLayout(paths: SpoolPaths, id = randomBytes(16).toString('hex')): Promise<void> {
  const temporary = temporaryPath(paths)
  try {
    await writeNewFile(temporary, toText(id))
    await link(temporary, paths.layout)
  } catch (error) {
    // Another program has already created it.
    if (!isErrno(error, 'EEXIST')) throw error
  } finally {
    await rm(temporary, { force: true })
  }
  await syncFolder(paths.root)
}

const toText = (id: string): string => `${JSON.stringify({ version: VERSION, id })}\n`
