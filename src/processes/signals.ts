/** How a program is asked to end: by a signal, by the process that keeps it running, or by the end of that process. */

import { connectToKeeper } from './keeper.ts'

export interface Shutdown {
  /** Aborted at the first request: take no new work, finish what runs. */
  readonly drain: AbortSignal
  /** Aborted at the second: end now. */
  readonly now: AbortSignal
}

/**
 * Signals that come so soon after the first are the same request. One Ctrl-C reaches every process of the terminal's group,
 * and npm passes it on to its child besides; `make`, `timeout` and a service manager that signals a whole group do alike.
 */
export const SAME_REQUEST_MS = 1_000

/**
 * Listen for requests to end. Call once, first thing in the command that runs: process 1 of a container is not ended by
 * signals that it does not listen to.
 *
 * A program that is kept takes every signal for the first one: whether to end at once, its keeper says.
 */
export function listenForShutdown(): Shutdown {
  const drain = new AbortController()
  const now = new AbortController()
  let firstAt: number | undefined
  const request = (): void => {
    firstAt ??= performance.now()
    drain.abort()
  }
  const onSignal = (): void => {
    if (firstAt !== undefined && performance.now() - firstAt >= SAME_REQUEST_MS && !process.connected) now.abort()
    request()
  }
  process.on('SIGTERM', onSignal)
  process.on('SIGINT', onSignal)
  // The terminal is gone, or the service manager's SIGTERM comes with it (`SendSIGHUP=`): never impatience.
  process.on('SIGHUP', request)
  connectToKeeper({ onEndNow: () => now.abort(), onGone: request })
  return { drain: drain.signal, now: now.signal }
}

/** Resolves when the signal fires. */
export function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
