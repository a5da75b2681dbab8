/** Makes job records durable: syncs files and folders one by one or, if there are many, the whole file system with syncfs(2). */

import { execFile } from 'node:child_process'
import { lstat } from 'node:fs/promises'
import { promisify } from 'node:util'
import { isErrno } from '#base/errors.ts'
import { openPlain, syncFolder } from '#base/files.ts'
import type { SpoolPaths } from './paths.ts'

/** Above this number of jobs, syncing the whole file system is cheaper. */
const MAX_ONE_BY_ONE = 64
/** Time limit of a sync of the whole file system, which also writes the data of other programs. */
const SYNC_FILE_SYSTEM_MS = 600_000

/**
 * Make the files of these revisions durable, including their names.
 *
 * @param jobs - The number of the newest revision, keyed by job id. Missing files are ignored.
 */
export async function syncJobs(paths: SpoolPaths, jobs: ReadonlyMap<string, number>): Promise<void> {
  const isSynced =
    jobs.size > MAX_ONE_BY_ONE &&
    (await syncFileSystem(paths.root).then(
      () => true,
      // If `sync` is missing or too slow, sync one by one.
      () => false,
    ))
  if (isSynced) return
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
    // The revision was pruned, or removed with its job: only newer revisions matter. The spool itself must be there.
    if (!isErrno(error, 'ENOENT', 'ENOTDIR')) throw error
    await lstat(paths.jobs)
  }
}

/**
 * Sync the file system of a folder with syncfs(2), through the command `sync` of coreutils.
 *
 * @throws An error whose message says why: `sync` is not installed, failed, or took longer than the time limit.
 */
export async function syncFileSystem(folder: string, timeoutMs = SYNC_FILE_SYSTEM_MS): Promise<void> {
  try {
    await promisify(execFile)('sync', ['--file-system', folder], { timeout: timeoutMs, killSignal: 'SIGKILL' })
  } catch (error) {
    throw new Error(reasonOf(error, timeoutMs), { cause: error })
  }
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (isErrno(error, 'ENOENT')) return '`sync` is not installed'
  const { killed, stderr } = error as { killed?: boolean; stderr?: string }
  if (killed === true) return `\`sync\` did not finish within ${timeoutMs / 1_000} s`
  return `\`sync\` failed (${stderr?.trim().slice(0, 200) || String(error)})`
}
