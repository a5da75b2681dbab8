/** Measures the size of a set on disk. */

import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { unlessGone } from '#base/errors.ts'

const BLOCK_BYTES = 4_096
const MAX_CONCURRENT = 16

export interface Size {
  /** Disk usage, assuming blocks of 4 KiB as on most file systems. */
  bytes: number
  /** Number of files and folders. */
  files: number
}

/** The size of a folder with its contents. What is removed in the meantime, or does not exist, is not counted. */
export async function measureFolder(folder: string): Promise<Size> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(unlessGone)
  if (entries === undefined) return { bytes: 0, files: 0 }
  const size: Size = { bytes: BLOCK_BYTES, files: 1 }
  const files = entries.filter((entry) => !entry.isDirectory())
  for (let from = 0; from < files.length; from += MAX_CONCURRENT) {
    const batch = files.slice(from, from + MAX_CONCURRENT).map((entry) => measureFile(path.join(folder, entry.name)))
    for (const bytes of await Promise.all(batch)) {
      if (bytes === undefined) continue
      size.bytes += bytes
      size.files += 1
    }
  }
  for (const entry of entries) {
    if (!entry.isDirectory()) continue
    const subfolder = await measureFolder(path.join(folder, entry.name))
    size.bytes += subfolder.bytes
    size.files += subfolder.files
  }
  return size
}

/** @returns `undefined` if the file does not exist. */
async function measureFile(file: string): Promise<number | undefined> {
  const found = await lstat(file).catch(unlessGone)
  if (found === undefined) return undefined
  // The size of a file that several sets link to is divided among them.
  return Math.ceil((Math.ceil(found.size / BLOCK_BYTES) * BLOCK_BYTES) / found.nlink)
}
