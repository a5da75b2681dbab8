/**
 * Moves files that do not belong in the spool or cannot be read to `corrupt/`, with a note. Files are never removed from there,
 * except by `restore-quarantined.ts`, which restores files that have become readable.
 */

import { link, lstat, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import type { Log } from '#base/log.ts'
import type { SpoolPaths } from './paths.ts'

export interface Quarantined {
  /** The original path, relative to the spool's root. */
  file: string
  reason: string
}

/**
 * Move a file, link or folder to `corrupt/`. Does nothing when it no longer exists.
 *
 * @param ino - The inode of the unusable file. If another file has taken its place in the meantime, that file is put back.
 */
export type Quarantine = (file: string, reason: string, ino?: number) => Promise<void>

/** Suffix of the name of the note that says why a file was quarantined. */
export const REASON_END = '.reason'

let counter = 0

/** @param onQuarantined - Called for each quarantined item. */
export function createQuarantine(paths: SpoolPaths, log: Log, onQuarantined?: (item: Quarantined) => void): Quarantine {
  return async function quarantine(file, reason, ino) {
    const item = { file: path.relative(paths.root, file), reason }
    const name = `${Date.now()}-${process.pid}-${counter++}-${path.basename(file)}`
    const target = path.join(
      paths.corrupt,
      Buffer.from(name)
        .subarray(0, 200)
        .toString()
        .replace(/(?<!\uFFFD)\uFFFD+$/, ''),
    )
    try {
      await rename(file, target)
    } catch (error) {
      if (isErrno(error, 'ENOENT')) return
      throw error
    }
    if (ino !== undefined && (await lstat(target)).ino !== ino) {
      await link(target, file)
      await rm(target)
      return
    }
    onQuarantined?.(item)
    log.warn(item, 'quarantined a file of the spool that cannot be used')
    await writeFile(target + REASON_END, `${JSON.stringify({ ...item, at: new Date().toISOString() })}\n`, {
      mode: 0o600,
    })
  }
}
