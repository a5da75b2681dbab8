/**
 * Caches the jobs whose documents this server has shown. With jobs in a database, a page uses a job that was read a moment ago;
 * while the database is unavailable, it uses any cached job. Only document routes use this cache.
 */

import { LRUCache } from 'lru-cache'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { toProblem } from './problem.ts'

const MAX_JOBS = 10_000

export type ReadDocumentedJob = (jobId: string) => Promise<JobSnapshot | undefined>

/**
 * @param freshMs - A cached job that was read less than this long ago is not read again.
 * @returns A function that reads a job; it throws the queue's error for a job that is not cached.
 */
export function createKnownJobs(queue: Pick<JobQueue, 'read'>, freshMs = 0): ReadDocumentedJob {
  const known = new LRUCache<string, { job: JobSnapshot; at: number }>({ max: MAX_JOBS })

  return async (jobId) => {
    const before = known.get(jobId)
    if (before !== undefined && performance.now() - before.at < freshMs) return before.job
    try {
      const job = await queue.read(jobId)
      if (job === undefined || job.docsKey === null) known.delete(jobId)
      else known.set(jobId, { job, at: performance.now() })
      return job
    } catch (error) {
      const job = known.get(jobId)?.job
      if (job === undefined || toProblem(error).code !== 'SPOOL_UNAVAILABLE') throw error
      return job
    }
  }
}
