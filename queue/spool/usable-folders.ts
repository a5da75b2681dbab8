/**
 * Checks whether the folders of a spool can be used. Files are linked and renamed from one folder of the queue to another, so these
 * must belong to one file system and one mount: link(2) fails even between two mounts of the same file system.
 */

import { accessSync, closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type Stats } from 'node:fs'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { PROGRAM } from '#base/program.ts'
import { SpoolFolderUnusable } from '#queue/errors.ts'
import type { SpoolPaths } from './paths.ts'

export interface UnusableFolder {
  /** The path relative to the root of the spool. */
  name: string
  reason: string
  hint: string
  /** Whether submissions fail because of it. */
  isNeeded: boolean
}

/** @returns Folders that exist but cannot be used. */
export function findUnusable(paths: SpoolPaths): UnusableFolder[] {
  const { tmp, journal, jobs, ready, delayed, active, repos, keys, follows, corrupt, control } = paths
  /** Each submission writes or links into these. */
  const needed = new Set([tmp, journal, jobs, ready, repos, keys])
  const linked = new Set([tmp, jobs, ready, delayed, active, repos, keys, follows, corrupt, control])
  const home = mountOf(paths.root)
  return paths.folders.flatMap((folder) => {
    const found = whyUnusable(folder)
    return found === undefined
      ? []
      : { name: path.relative(paths.root, folder), isNeeded: needed.has(folder), ...found }
  })

  function whyUnusable(folder: string): Pick<UnusableFolder, 'reason' | 'hint'> | undefined {
    const found = statOf(folder)
    if (found === undefined) return undefined
    if (!found.isDirectory()) {
      const what = found.isSymbolicLink() ? 'a symbolic link' : 'not a folder'
      return {
        reason: `it is ${what}`,
        hint: 'Put a folder in its place; only the whole spool can be on another disk.',
      }
    }
    const mount = mountOf(folder)
    if (linked.has(folder) && mount !== undefined && home !== undefined && mount !== home) {
      const hint = 'Unmount it, or put the whole spool on that disk.'
      return { reason: 'it is mounted from another place than the spool, and files cannot be linked into it', hint }
    }
    if (needed.has(folder) && !isWritable(folder)) {
      const hint = `Run \`${PROGRAM} fsck\` as root, which gives it to the owner of the spool.`
      return { reason: 'permission denied', hint }
    }
    return undefined
  }
}

/** @throws {SpoolFolderUnusable} Waiting does not help, so programs do not start. */
export function requireUsable(paths: SpoolPaths): void {
  const [first] = findUnusable(paths)
  if (first !== undefined) throw new SpoolFolderUnusable(path.join(paths.root, first.name), first)
}

/** @returns `undefined` also when a parent folder is inaccessible; that one has its own finding. */
function statOf(folder: string): Stats | undefined {
  try {
    return lstatSync(folder)
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}

/** Identifies the mount of a folder, without /proc only its device. @returns `undefined` if the folder cannot be read. */
function mountOf(folder: string): string | undefined {
  let handle: number
  try {
    handle = openSync(folder, constants.O_RDONLY | constants.O_DIRECTORY)
  } catch (error) {
    if (isErrno(error, 'EACCES', 'EPERM', 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
  try {
    return `${fstatSync(handle).dev}:${readMountId(handle)}`
  } finally {
    closeSync(handle)
  }
}

function readMountId(handle: number): string {
  try {
    return /^mnt_id:\s*(\d+)$/m.exec(readFileSync(`/proc/self/fdinfo/${handle}`, 'utf8'))?.[1] ?? ''
  } catch {
    return ''
  }
}

/** True on a read-only file system, which is not a fault of this folder. */
function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK)
    return true
  } catch (error) {
    return !isErrno(error, 'EACCES', 'EPERM')
  }
}
