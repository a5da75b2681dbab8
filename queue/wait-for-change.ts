/** Lets callers wait for a job to change. */

import type { JobSnapshot } from './contract.ts'
import type { WatchJob } from './watch-job.ts'

interface Shared {
  waiters: Set<(version: string | undefined) => void>
  /** Read the version now and notify the waiters. */
  look(): void
  stop(): void
}

/**
 * Returns a function that resolves when the job's version differs from `version`, when there is no such job, or when the
 * signal is aborted. All waiters for a job share one read.
 */
export function createChangeWaiter(watch: WatchJob, read: (jobId: string) => Promise<JobSnapshot | undefined>) {
  const all = new Map<string, Shared>()

  function open(jobId: string): Shared {
    const waiters = new Set<(version: string | undefined) => void>()
    let isLooking = false
    let isStale = false

    async function look(): Promise<void> {
      if (isLooking) {
        isStale = true
        return
      }
      isLooking = true
      try {
        do {
          isStale = false
          const version = (await read(jobId))?.version
          for (const waiter of waiters) waiter(version)
        } while (isStale)
      } catch {
        // If the spool is temporarily unavailable, the next look tries again.
      } finally {
        isLooking = false
      }
    }

    const opened: Shared = {
      waiters,
      look: () => void look(),
      stop: watch(jobId, () => void look()),
    }
    all.set(jobId, opened)
    return opened
  }

  return function changed(jobId: string, version: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    const shared = all.get(jobId) ?? open(jobId)
    return new Promise<void>((resolve) => {
      const finish = (): void => {
        signal.removeEventListener('abort', finish)
        shared.waiters.delete(onVersion)
        if (shared.waiters.size === 0 && all.get(jobId) === shared) {
          all.delete(jobId)
          shared.stop()
        }
        resolve()
      }
      const onVersion = (now: string | undefined): void => {
        if (now !== version) finish()
      }
      shared.waiters.add(onVersion)
      signal.addEventListener('abort', finish, { once: true })
      shared.look()
    })
  }
}
