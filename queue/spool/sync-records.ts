/** Syncs the files of records and their folders: one by one, or with syncfs(2) when there are many. */

import { execFile } from 'node:child_process'
import { lstat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isErrno } from '#base/errors.ts'
import { openPlain, syncFolder } from '#base/files.ts'
import type { SpoolPaths } from './paths.ts'

/** For more jobs, one sync of the whole file system costs less. */
const MAX_ONE_BY_ONE = 64

/**
 * Make the files of these revisions and their names durable.
 *
 * @param jobs - The newest revision of each job. Missing files are ignored.
 */
export async function syncJobs(paths: SpoolPaths, jobs: ReadonlyMap<string, number>): Promise<void> {
  if (jobs.size > MAX_ONE_BY_ONE && (await syncFileSystem(paths.root))) return
  for (const [jobId, rev] of jobs) await syncRevision(paths, jobId, rev)
}

export async function syncRevision(paths: SpoolPaths, jobId: string, rev: number): Promise<void> {
  try {
    const handle = await openPlain(paths.revision(jobId, rev))
    try {
      await handle.sync()
    } finally {
      await handle.close()
    }
    for (const folder of [paths.job(jobId), paths.shard(jobId), paths.jobs]) await syncFolder(folder)
  } catch (error) {
    // Pruned, or removed with its job: newer revisions count.
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
    await lstat(paths.jobs)
  }
}

/** syncfs(2), by the command of coreutils. @returns false when there is no such command. */
export async function syncFileSystem(folder: string): Promise<boolean> {
  return await promisify(execFile)('sync', ['--file-system', folder]).then(
    () => true,
    () => false,
  )
}
