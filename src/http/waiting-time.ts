/** Estimates the waiting time from recent jobs. */

import type { JobQueue, JobView, Status } from '#queue/contract.ts'

/** Number of recent jobs to use; no estimate with fewer than `MIN_JOBS`. */
const MAX_JOBS = 20
const MIN_JOBS = 5

/**
 * The average time between completed jobs in milliseconds: the average duration of recent jobs, divided by the number of
 * running jobs.
 *
 * @returns `null` when too few jobs have completed.
 */
export async function paceOf(queue: JobQueue, counts: Record<Status, number>): Promise<number | null> {
  const { jobs } = await queue.list({ status: 'completed', limit: MAX_JOBS })
  const times = jobs.map(({ view }) => tookMs(view)).filter((ms) => ms !== null)
  if (times.length < MIN_JOBS) return null
  return times.reduce((sum, ms) => sum + ms, 0) / times.length / Math.max(1, counts.processing)
}

function tookMs({ started_at, completed_at }: JobView): number | null {
  return started_at === null || completed_at === null ? null : Date.parse(completed_at) - Date.parse(started_at)
}
