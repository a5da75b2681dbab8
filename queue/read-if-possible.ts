/** Reads a record where one that cannot be read must not stop the others. */

import type { JobStore } from './backend.ts'
import { isOfOneRecord } from './errors.ts'
import type { Job } from './job.ts'

/** Read a job. @returns `unreadable` if its record cannot be read, for example because a newer version wrote it. */
export async function readIfPossible(
  jobs: Pick<JobStore, 'read'>,
  jobId: string,
): Promise<Job | undefined | 'unreadable'> {
  return await jobs.read(jobId).catch((error) => {
    if (!isOfOneRecord(error)) throw error
    return 'unreadable' as const
  })
}
