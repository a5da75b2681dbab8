/**
 * Jobs whose documents this server has shown, as it last knew them. While the database of the queue is away, documents that are
 * on this machine are answered by what is known; nothing else is.
 */

import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { toProblem } from './problem.ts'

const MOST_JOBS = 10_000

export type ReadDocumentedJob = (jobId: string) => Promise<JobSnapshot | undefined>

/** @returns Reads a job; throws as the queue does for a job that is not known. */
export function createKnownJobs(queue: Pick<JobQueue, 'read'>): ReadDocumentedJob {
  const known = new Map<string, JobSnapshot>()

  function remember(jobId: string, job: JobSnapshot | undefined): void {
    known.delete(jobId)
    if (job === undefined || job.docsKey === null) return
    known.set(jobId, job)
    const [oldest] = known.keys()
    if (known.size > MOST_JOBS && oldest !== undefined) known.delete(oldest)
  }

  return async (jobId) => {
    try {
      const job = await queue.read(jobId)
      remember(jobId, job)
      return job
    } catch (error) {
      const job = known.get(jobId)
      if (job === undefined || toProblem(error).code !== 'SPOOL_UNAVAILABLE') throw error
      return job
    }
  }
}
