/** Removes folders of jobs that no longer exist, and of repositories that are no longer followed. */

import { link, lstat, mkdir, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import { isErrno } from '#base/errors.ts'
import { parseRevisionName } from './file-names.ts'
import type { SpoolPaths } from './paths.ts'
import type { Quarantine } from './quarantine.ts'
import type { Stored } from './record-file.ts'
import { temporaryPath } from './temporary-files.ts'

/** How long the folder of a removed job is kept. */
const KEPT_REMOVED_MS = 24 * 3_600_000
/** How long a folder without a revision is kept, because it may be about to get one. */
const KEPT_EMPTY_MS = 60_000

/** The highest revision number among the names in a job's folder; 0 when there is none. */
export const newestOf = (names: readonly string[]): number =>
  names.reduce((newest, name) => Math.max(newest, parseRevisionName(name) ?? 0), 0)

/**
 * Remove the folder of a job that no longer exists, or quarantine it if none of its revisions can be read.
 *
 * @param newest - The newest revision.
 * @returns Whether the folder was removed or quarantined.
 */
export async function sweepFolder(
  paths: SpoolPaths,
  jobId: string,
  newest: Stored | undefined,
  now: number,
  quarantine: Quarantine,
): Promise<boolean> {
  const folder = paths.job(jobId)
  if (!(await isExpired(folder, newest, now))) return false
  if (newest === undefined && (await readdir(folder)).length > 0) {
    await quarantine(folder, 'the folder of a job without a revision that can be read')
    return true
  }
  return await discardFolder(paths, folder, newest?.rev ?? 0)
}

/** Remove a folder of revisions, unless it now contains one after `rev`. @returns Whether it was removed. */
async function discardFolder(paths: SpoolPaths, folder: string, rev: number): Promise<boolean> {
  const trash = temporaryPath(paths)
  await rename(folder, trash)
  if (newestOf(await readdir(trash)) > rev) {
    await putBack(trash, folder)
    return false
  }
  await rm(trash, { recursive: true, force: true })
  return true
}

/**
 * Remove the folder of a repository that is no longer followed.
 *
 * @param newest - The newest revision.
 * @returns Whether it was removed.
 */
export async function sweepFollowFolder(
  paths: SpoolPaths,
  id: string,
  newest: { status: string; rev: number } | undefined,
  now: number,
): Promise<boolean> {
  const folder = paths.follow(id)
  return (await isExpired(folder, newest, now)) && (await discardFolder(paths, folder, newest?.rev ?? 0))
}

/** Whether a folder of revisions exists and its records were removed long enough ago. */
async function isExpired(folder: string, newest: { status: string } | undefined, now: number): Promise<boolean> {
  if (newest !== undefined && newest.status !== 'removed') return false
  const found = await lstat(folder).catch(() => undefined)
  const keptMs = newest === undefined ? KEPT_EMPTY_MS : KEPT_REMOVED_MS
  return found !== undefined && now - found.mtimeMs >= keptMs
}

/** Move the revisions back after the job was accepted again, before the folder was renamed and possibly also afterwards. */
async function putBack(trash: string, folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 }).catch(unlessExists)
  for (const name of await readdir(trash)) {
    await link(path.join(trash, name), path.join(folder, name)).catch(unlessExists)
  }
  await rm(trash, { recursive: true, force: true })
}

/** An error handler for creating a file or folder that may already exist. */
export function unlessExists(error: unknown): 'exists' {
  if (isErrno(error, 'EEXIST')) return 'exists'
  throw error
}
