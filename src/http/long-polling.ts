/** Long polling: holds a request until its job changes, up to a maximum time and number of requests. */

import type { AccessLimits } from '#base/access-settings.ts'
import type { Caller } from '#base/caller.ts'
import type { JobQueue, JobSnapshot } from '#queue/contract.ts'
import { isUnfinished } from '#templates/format.ts'
import { createConcurrencyLimit } from './limits/concurrency-limit.ts'

/** True for a finished job. */
export const hasEnded = ({ view }: JobSnapshot): boolean => !isUnfinished(view)

/**
 * Returns a function that waits for jobs. Requests beyond the maximum number, in total or per client, are answered at once.
 *
 * @param shutdown - Ends all waits.
 */
export function createWait(queue: JobQueue, shutdown: AbortSignal, limits?: AccessLimits) {
  const counted = createConcurrencyLimit(limits)
  const held = new Set<() => void>()
  shutdown.addEventListener('abort', () => {
    for (const stop of held) stop()
  })

  /**
   * Wait until `isEnough` returns true for the job, `ms` have passed, the client disconnects, or the service shuts down.
   *
   * @returns The job as last read; `undefined` when it has been removed.
   */
  return async function wait(
    job: JobSnapshot,
    isEnough: (job: JobSnapshot) => boolean,
    ms: number,
    { signal: caller, client }: Caller,
  ): Promise<JobSnapshot | undefined> {
    if (ms <= 0 || shutdown.aborted || isEnough(job)) return job
    const release = counted.take(client)
    if (release === undefined) return job
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
      release()
      held.delete(stop)
      clearTimeout(timer)
      caller.removeEventListener('abort', stop)
    }
  }
}
