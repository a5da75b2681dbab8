/** Decides when to read a job again: soon after a hint that it has changed, and at least every second. */

import type { Backend } from './backend.ts'

/** A job is read at least this often. */
const LOOK_MS = 1_000
/** Hints arrive in groups; those within this time cause one read. */
const SETTLE_MS = 20

/** Call `onLook` when it is time to read a job again. @returns A function that stops watching. */
export type WatchJob = (jobId: string, onLook: () => void) => () => void

/** Creates a `WatchJob`. All watches of a job share one watch of the storage. */
export function createJobWatch(backend: Pick<Backend, 'watch'>): WatchJob {
  const watches = new Map<string, { lookers: Set<() => void>; stop: () => void }>()

  function open(jobId: string) {
    const lookers = new Set<() => void>()
    let pending: NodeJS.Timeout | undefined
    const look = (): void => {
      pending = undefined
      for (const onLook of [...lookers]) onLook()
    }
    const unwatch = backend.watch({ jobId }, () => {
      pending ??= setTimeout(look, SETTLE_MS)
    })
    const timer = setInterval(look, LOOK_MS)
    const stop = (): void => {
      unwatch()
      clearInterval(timer)
      clearTimeout(pending)
    }
    const opened = { lookers, stop }
    watches.set(jobId, opened)
    return opened
  }

  return function watch(jobId, onLook) {
    const shared = watches.get(jobId) ?? open(jobId)
    // A new function, because the same `onLook` may be passed twice.
    const looker = (): void => onLook()
    shared.lookers.add(looker)
    return () => {
      if (!shared.lookers.delete(looker) || shared.lookers.size > 0) return
      watches.delete(jobId)
      shared.stop()
    }
  }
}
