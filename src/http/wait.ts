/** Long polls: hold a request until its job moves, within limits of time and number. */

import type { AccessLimits } from '#base/access-settings.ts'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { type Caller, createConcurrencyLimit } from './limits/concurrency-limit.ts'

/** True for a job that nothing will change by itself any more. */
export const hasEnded = ({ view }: JobSnapshot): boolean => view.status === 'completed' || view.status === 'failed'

/**
 * A function that waits for jobs. It holds so many requests at once, in all and for each client; those beyond are answered
 * at once, and ask again.
 *
 * @param shutdown - Ends every wait.
 */
export function createWait(queue: JobQueue, shutdown: AbortSignal, limits?: AccessLimits) {
  const counted = createConcurrencyLimit(limits)
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
    { signal: caller, client }: Caller,
  ): Promise<JobSnapshot | undefined> {
    if (ms <= 0 || shutdown.aborted || isEnough(job)) return job
    const letGo = counted.take(client)
    if (typeof letGo === 'string') return job
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
      letGo()
      held.delete(stop)
      clearTimeout(timer)
      caller.removeEventListener('abort', stop)
    }
  }
}
