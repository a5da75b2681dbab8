/**
 * The file `cancel` in the folder of a job asks its worker to stop. It contains the time of the submission that it applies to.
 */

import { rename, rm, writeFile } from 'node:fs/promises'
import { isErrno } from '#base/errors.ts'
import { readPlain } from '#base/files.ts'
import type { CancelMarks } from '#queue/backend.ts'
import type { Job } from '#queue/job.ts'
import type { SpoolPaths } from './paths.ts'
import { temporaryPath } from './temporary-files.ts'

export function createCancelMarks(paths: SpoolPaths): CancelMarks {
  return {
    async mark(job: Job) {
      const temporary = temporaryPath(paths)
      try {
        await writeFile(temporary, `${job.submitted_at}\n`, { flag: 'wx', mode: 0o600 })
        await rename(temporary, paths.cancelMark(job.job_id))
      } finally {
        await rm(temporary, { force: true })
      }
    },
    async isMarked(job: Job) {
      try {
        return (await readPlain(paths.cancelMark(job.job_id))).text.trim() === job.submitted_at
      } catch (error) {
        if (isErrno(error, 'ENOENT', 'ELOOP', 'EISDIR')) return false
        throw error
      }
    },
    clear: (jobId) => rm(paths.cancelMark(jobId), { recursive: true, force: true }),
  }
}
