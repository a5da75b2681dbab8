/** Puts the program that a single executable carries into a folder of this user, where Node can load it from. */

import { lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

export interface Carried {
  /** Names the contents: other contents, another name. Letters and digits. */
  digest: string
  /** In the order in which their bytes follow each other. Paths are relative, with `/`. */
  files: readonly { path: string; size: number }[]
  /** The bytes of all. Called when something has to be written, which is at the first start. */
  read(): Uint8Array
}

/**
 * The folder with all files, which is made when there is none; made anew when some file is gone or has another size,
 * since people and programs tidy caches, and a machine may have stopped before all was on its disk.
 *
 * @param cache - Made if need be.
 * @throws {Error} The cache cannot be written, or other users may write in it.
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
    // One that comes first has made the same.
    if (!rename(path.join(made, 'new'), folder) && !isWhole(folder, carried)) {
      throw new Error(`${folder} cannot be written.`)
    }
  } finally {
    rmSync(made, { recursive: true, force: true })
  }
  return folder
}

/** What is loaded from there runs as this user: nobody else may have put it there. */
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

/** Whether it was done: `false` when there is nothing to rename, or something in the way. */
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
