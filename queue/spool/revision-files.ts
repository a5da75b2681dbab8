/**
 * The files of a record's revisions: written under a temporary name, linked to their number, and removed when many newer ones exist.
 * Their content and durability: see `record-store.ts`.
 */

import { existsSync } from 'node:fs'
import { link, lstat, mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { parseRevisionName } from './file-names.ts'
import type { SpoolPaths } from './paths.ts'
import type { Stored } from './record-file.ts'
import type { SpoolRoot } from './root.ts'
import { newestOf, unlessExists } from './sweep-job-folders.ts'
import { temporaryPath } from './temporary-files.ts'

/** Older revisions are removed; see `linkRevision` for why that is safe. */
export const KEPT_REVISIONS = 32

export function createRevisionFiles(paths: SpoolPaths, root: Pick<SpoolRoot, 'locate'>) {
  /** The number of the newest revision; 0 when there is none. */
  async function newestRevision(jobId: string, without: ReadonlySet<number> = new Set()): Promise<number> {
    try {
      const names = await readdir(paths.job(jobId))
      return newestOf(without.size === 0 ? names : names.filter((name) => !without.has(parseRevisionName(name) ?? 0)))
    } catch (error) {
      if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
      await requireJobsFolder()
      return 0
    }
  }

  /** Distinguishes a missing job from a missing spool, which is an error. */
  async function requireJobsFolder(): Promise<undefined> {
    root.locate()
    if (!existsSync(paths.jobs)) await lstat(paths.jobs)
  }

  /** Write a temporary file without a sync. @returns Its path. */
  async function writeTemporary(text: string): Promise<string> {
    const temporary = temporaryPath(paths)
    try {
      await writeFile(temporary, text, { flag: 'wx', mode: 0o600 })
      return temporary
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  }

  /** @returns Whether this call created the folder. */
  async function createJobFolder(jobId: string): Promise<boolean> {
    const folder = paths.job(jobId)
    try {
      await mkdir(folder, { mode: 0o700 })
      return true
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false
      if (!isErrno(error, 'ENOENT')) throw error
    }
    // Not recursive, because the spool is unavailable if the folder of all jobs is missing.
    await mkdir(paths.shard(jobId), { mode: 0o700 }).catch(unlessExists)
    return (await mkdir(folder, { mode: 0o700 }).catch(unlessExists)) === undefined
  }

  /**
   * Link a written file to the number of its revision. A writer that was suspended while others wrote `KEPT_REVISIONS` revisions may
   * find its number free again, because that revision was pruned. So the link is removed if there are `KEPT_REVISIONS` newer ones.
   * No reader has seen it, because readers take the highest number.
   *
   * @returns Whether the revision is written.
   */
  async function linkRevision(temporary: string, next: Stored): Promise<boolean> {
    const file = paths.revision(next.job_id, next.rev)
    try {
      await link(temporary, file)
    } catch (error) {
      if (isErrno(error, 'EEXIST')) return false
      if (isErrno(error, 'ENOENT') && (await newestRevision(next.job_id)) === 0) return false
      throw error
    }
    if ((await newestRevision(next.job_id)) < next.rev + KEPT_REVISIONS) return true
    await rm(file, { force: true })
    return false
  }

  /** Remove old revisions. */
  async function prune({ job_id: jobId, rev }: Stored): Promise<void> {
    if (rev <= KEPT_REVISIONS) return
    for (const name of await readdir(paths.job(jobId))) {
      const old = parseRevisionName(name)
      if (old !== undefined && old <= rev - KEPT_REVISIONS) await rm(paths.revision(jobId, old), { force: true })
    }
  }

  return { newestRevision, requireJobsFolder, writeTemporary, createJobFolder, linkRevision, prune }
}
