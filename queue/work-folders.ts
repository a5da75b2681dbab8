/** The folders for the temporary files of claims. They are on the machine of the supervisor, wherever the queue is stored. */

import { rm } from 'node:fs/promises'
import { forLog, type Log } from '#base/log.ts'
import { SpoolPaths } from './spool/paths.ts'

export interface WorkFolders {
  /** The absolute path of a claim's folder, which is not created. */
  folderOf(jobId: string, epoch: number): string
  /** Remove a claim's folder. Never rejects; on an error, the next check removes the folder. */
  remove(jobId: string, epoch: number): Promise<void>
}

/** @param spoolDir - The absolute path of the spool. */
export function createWorkFolders(spoolDir: string, log: Log): WorkFolders {
  const paths = new SpoolPaths(spoolDir)
  return {
    folderOf: (jobId, epoch) => paths.workDir(jobId, epoch),
    async remove(jobId, epoch) {
      try {
        await rm(paths.workDir(jobId, epoch), { recursive: true, force: true })
      } catch (error) {
        log.warn({ ...forLog(error), job_id: jobId }, 'a work folder could not be removed; the next check tries again')
      }
    },
  }
}
