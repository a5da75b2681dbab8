/** Lets callers wait for a job to change. */

import { memoized } from '#base/memoize.ts'
import type { JobQueue } from './contract.ts'
import type { JobObservation, SubscribeToJob } from './job-observer.ts'
import type { TakeSnapshot } from './job-snapshots.ts'

/**
 * Returns a function that resolves when the job's version differs from `version`, when there is no such job, or when the
 * signal is aborted. All waiters for a job share one read.
 */
export function createChangeWaiter(subscribe: SubscribeToJob, snapshot: TakeSnapshot): JobQueue['changed'] {
  const versionOf = memoized(async ({ job, position, isPaused }: JobObservation) => {
    if (job === undefined) return undefined
    return (await snapshot(job, position === null ? undefined : { position, isPaused })).version
  })

  return async function changed(jobId, version, signal) {
    const subscription = subscribe(jobId)
    try {
      for (let seen = await subscription.next(signal); seen !== undefined; seen = await subscription.next(signal)) {
        // If the spool is temporarily unavailable, the next observation tries again.
        if ((await versionOf(seen).catch(() => version)) !== version) return
      }
    } finally {
      subscription.leave()
    }
  }
}
