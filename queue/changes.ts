/** Lets callers wait for a job to change: hints where there are some, a look every second in any case. */

import type { Backend } from './backend.ts'
import type { JobSnapshot } from './contract.ts'

const LOOK_MS = 1_000
/** Hints come in groups; one look serves them all. */
const SETTLE_MS = 20

interface Watch {
  waiters: Set<(version: string | undefined) => void>
  /** Look now, and let those who wait know. */
  look(): void
  stop(): void
}

/**
 * A function that resolves when the job's version is not `version` (or there is no such job), or when the signal fires.
 * All who wait for a job share one watch.
 */
export function createChanges(backend: Backend, read: (jobId: string) => Promise<JobSnapshot | undefined>) {
  const watches = new Map<string, Watch>()

  function open(jobId: string): Watch {
    const waiters = new Set<(version: string | undefined) => void>()
    let isLooking = false
    let isStale = false
    let pending: NodeJS.Timeout | undefined

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
        // The spool is away for the moment; the next look will tell.
      } finally {
        isLooking = false
      }
    }

    const unwatch = backend.watch({ jobId }, () => {
      pending ??= setTimeout(() => {
        pending = undefined
        void look()
      }, SETTLE_MS)
    })
    const timer = setInterval(() => void look(), LOOK_MS)
    const watch: Watch = {
      waiters,
      look: () => void look(),
      stop() {
        unwatch()
        clearInterval(timer)
        clearTimeout(pending)
      },
    }
    watches.set(jobId, watch)
    return watch
  }

  return function changed(jobId: string, version: string, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve()
    const watch = watches.get(jobId) ?? open(jobId)
    return new Promise<void>((resolve) => {
      const finish = (): void => {
        signal.removeEventListener('abort', finish)
        watch.waiters.delete(onVersion)
        if (watch.waiters.size === 0 && watches.get(jobId) === watch) {
          watches.delete(jobId)
          watch.stop()
        }
        resolve()
      }
      const onVersion = (now: string | undefined): void => {
        if (now !== version) finish()
      }
      watch.waiters.add(onVersion)
      signal.addEventListener('abort', finish, { once: true })
      watch.look()
    })
  }
}
