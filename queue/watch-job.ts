/** Decides when to read a job again: soon after a hint that it has changed, and at least every second. */

import type { Backend } from './backend.ts'

/** A job is read at least this often. */
const READ_MS = 1_000
/** Hints arrive in groups; those within this time cause one read. */
const SETTLE_MS = 20

/** Call `onDue` when it is time to read a job again. @returns A function that stops watching. */
export type WatchJob = (jobId: string, onDue: () => void) => () => void

/** Creates a `WatchJob`. All watches of a job share one watch of the storage. */
export function createJobWatch(backend: Pick<Backend, 'watch'>): WatchJob {
  const watches = new Map<string, { listeners: Set<() => void>; stop: () => void }>()

  function open(jobId: string) {
    const listeners = new Set<() => void>()
    let pending: NodeJS.Timeout | undefined
    const notify = (): void => {
      pending = undefined
      for (const onDue of [...listeners]) onDue()
    }
    const unwatch = backend.watch({ jobId }, () => {
      pending ??= setTimeout(notify, SETTLE_MS)
    })
    const timer = setInterval(notify, READ_MS)
    const stop = (): void => {
      unwatch()
      clearInterval(timer)
      clearTimeout(pending)
    }
    const opened = { listeners, stop }
    watches.set(jobId, opened)
    return opened
  }

  return function watch(jobId, onDue) {
    const shared = watches.get(jobId) ?? open(jobId)
    // A new function, because the same `onDue` may be passed twice.
    const listener = (): void => onDue()
    shared.listeners.add(listener)
    return () => {
      if (!shared.listeners.delete(listener) || shared.listeners.size > 0) return
      watches.delete(jobId)
      shared.stop()
    }
  }
}
