/** Long polls: hold a request until its job moves, within limits of time and number. */

import type { JobQueue, JobSnapshot } from '#queue/contract.ts'

const MAX_HELD = 2_000

/** True for a job that nothing will change by itself any more. */
export const hasEnded = ({ view }: JobSnapshot): boolean => view.status === 'completed' || view.status === 'failed'

/**
 * A function that waits for jobs. It holds at most 2,000 requests at once; those beyond are answered at once, and ask
 * again.
 *
 * @param shutdown - Ends every wait.
 */
export function createWait(queue: JobQueue, shutdown: AbortSignal) {
  const held = new Set<() => void>()
  shutdown.addEventListener('abort', () => {
    for (const stop of held) stop()
  })

  /**
   * Wait until `isEnough` holds for the job, `ms` milliseconds have passed, the caller is gone, or the service ends.
   *
   * @returns The job as it was read last; `undefined` when it was removed meanwhile.
   */
  return async function wait(
    job: JobSnapshot,
    isEnough: (job: JobSnapshot) => boolean,
    ms: number,
    caller: AbortSignal,
  ): Promise<JobSnapshot | undefined> {
    if (ms <= 0 || held.size >= MAX_HELD || shutdown.aborted || isEnough(job)) return job
    const end = new AbortController()
    const stop = () => end.abort()
    const timer = setTimeout(stop, ms)
    caller.addEventListener('abort', stop)
    if (caller.aborted) stop()
    held.add(stop)
    try {
      let last: JobSnapshot | undefined = job
      while (last !== undefined && !isEnough(last) && !end.signal.aborted) {
        await queue.changed(last.view.job_id, last.version, end.signal)
        last = await queue.read(last.view.job_id)
      }
      return last
    } finally {
      held.delete(stop)
      clearTimeout(timer)
      caller.removeEventListener('abort', stop)
    }
  }
}
