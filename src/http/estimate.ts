/** Estimates the waiting time from recent jobs. */

import type { JobQueue, JobView, Status } from '#queue/contract.ts'

/** Number of recent jobs to use; no estimate with fewer than `LEAST_JOBS`. */
const MOST_JOBS = 20
const LEAST_JOBS = 5

/**
 * The average time between completed jobs in milliseconds: the average duration of recent jobs, divided by the number of
 * running jobs.
 *
 * @returns `null` when too few have completed to say anything.
 */
export async function paceOf(queue: JobQueue, counts: Record<Status, number>): Promise<number | null> {
  const { jobs } = await queue.list({ status: 'completed', limit: MOST_JOBS })
  const times = jobs.map(({ view }) => tookMs(view)).filter((ms) => ms !== null)
  if (times.length < LEAST_JOBS) return null
  return times.reduce((sum, ms) => sum + ms, 0) / times.length / Math.max(1, counts.processing)
}

function tookMs({ started_at, completed_at }: JobView): number | null {
  return started_at === null || completed_at === null ? null : Date.parse(completed_at) - Date.parse(started_at)
}
