/** Measures the size of a set on disk. */

import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'

const BLOCK = 4_096
const AT_ONCE = 16

export interface Size {
  /** Disk usage, assuming blocks of 4 KiB as on most file systems. */
  bytes: number
  /** Number of files and folders. */
  files: number
}

/** The size of a folder with its contents. Files that are removed in the meantime are not counted. */
export async function measureFolder(folder: string): Promise<Size> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(noneIfGone)
  const size: Size = { bytes: BLOCK, files: 1 }
  const files = entries.filter((entry) => !entry.isDirectory())
  for (let from = 0; from < files.length; from += AT_ONCE) {
    const some = files.slice(from, from + AT_ONCE).map((entry) => measureFile(path.join(folder, entry.name)))
    for (const bytes of await Promise.all(some)) size.bytes += bytes
  }
  size.files += files.length
  for (const entry of entries) {
    if (!entry.isDirectory()) continue
    const below = await measureFolder(path.join(folder, entry.name))
    size.bytes += below.bytes
    size.files += below.files
  }
  return size
}

async function measureFile(file: string): Promise<number> {
  const found = await lstat(file).catch((error: unknown) => {
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
  })
  // The size of a file that several sets link to is divided among them.
  return found === undefined ? 0 : Math.ceil((Math.ceil(found.size / BLOCK) * BLOCK) / found.nlink)
}

function noneIfGone(error: unknown): [] {
  if (isErrno(error, 'ENOENT', 'ENOTDIR')) return []
  throw error
}
