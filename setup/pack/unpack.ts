/** Unpacks the program in a single executable to a folder of this user, because Node can only load it from files. */

import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Carried {
  /** A hash of the contents: letters and digits. */
  digest: string
  /** The files in the order of their bytes. Paths are relative, with `/`. */
  files: readonly { path: string; size: number }[]
  /** The concatenated bytes. Called only if the program must be written, usually at the first start. */
  read(): Uint8Array
}

/**
 * The folder with all files. It is created if necessary, and replaced if a file is missing or has another size: caches are
 * cleaned up, and the machine may have crashed before everything was on disk.
 *
 * @param cache - Created if necessary.
 * @throws {Error} The cache cannot be written, or other users can write to it.
 */
export function unpack(carried: Carried, cache: string): string {
  mkdirSync(cache, { recursive: true, mode: 0o700 })
  requirePrivate(cache)
  const folder = path.join(cache, `program-${carried.digest}`)
  if (isWhole(folder, carried)) return folder
  const made = mkdtempSync(path.join(cache, 'making-'))
  try {
    write(made, carried)
    const old = path.join(made, 'old')
    rename(folder, old)
    // Another process may have been first, with the same files.
    if (!rename(path.join(made, 'new'), folder) && !isWhole(folder, carried)) {
      throw new Error(`${folder} cannot be written.`)
    }
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  return folder
}

/** Code from this folder runs as this user, so nobody else must be able to write to it. */
function requirePrivate(folder: string): void {
  const { uid, mode } = lstatSync(folder)
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error(
      `${folder} belongs to another user or can be written by others; set XDG_CACHE_HOME to a folder of your own.`,
    )
  }
}

function isWhole(folder: string, { files }: Carried): boolean {
  if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return false
  requirePrivate(folder)
  return files.every((file) => statSync(path.join(folder, file.path), { throwIfNoEntry: false })?.size === file.size)
}

function write(folder: string, carried: Carried): void {
  const bytes = carried.read()
  let at = 0
  for (const file of carried.files) {
    const target = path.join(folder, 'new', file.path)
    mkdirSync(path.dirname(target), { recursive: true, mode: 0o700 })
    writeFileSync(target, bytes.subarray(at, at + file.size), { flag: 'wx', mode: 0o600 })
    at += file.size
  }
}

/** @returns false when there is nothing to rename, or the target exists. */
function rename(from: string, to: string): boolean {
  try {
    renameSync(from, to)
    return true
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ENOENT' && code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error
    return false
  }
}
