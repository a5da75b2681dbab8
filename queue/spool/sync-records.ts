/** Syncs the files of records and their names: few one by one, many through the whole file system. */

import { execFile } from 'node:child_process'
import { lstat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isErrno } from '#base/errors.ts'
import { openPlain, syncFolder } from '#base/files.ts'
import type { SpoolPaths } from './paths.ts'

/** With more, one sync of the whole file system costs less. */
const FEW_JOBS = 64

/**
 * Make the files of these revisions durable, and their names.
 *
 * @param jobs - The newest revision of each job; one that is gone by now does no harm.
 */
export async function syncJobs(paths: SpoolPaths, jobs: ReadonlyMap<string, number>): Promise<void> {
  if (jobs.size > FEW_JOBS && (await syncFileSystem(paths.root))) return
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

/** syncfs(2) through coreutils. @returns false where there is no such command. */
async function syncFileSystem(folder: string): Promise<boolean> {
  return await promisify(execFile)('sync', ['--file-system', folder]).then(
    () => true,
    () => false,
  )
}
