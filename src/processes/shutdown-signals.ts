/** Requests to shut down: SIGTERM, SIGINT, SIGHUP, a message from the keeper (`keep-running.ts`), or the keeper's exit. */

import { connectToKeeper } from './keeper-channel.ts'

export interface Shutdown {
  /** Aborted by the first request: take no new work, finish running work. */
  readonly drain: AbortSignal
  /** Aborted by the second request: exit now. */
  readonly now: AbortSignal
}

/**
 * Signals within this time of the first count as the same request. Ctrl-C reaches every process of the terminal's group, and
 * npm also forwards it to its child; so do `make`, `timeout` and service managers that signal a whole group.
 */
const SAME_REQUEST_MS = 1_000

/**
 * Listen for shutdown requests. Call once, before anything else: process 1 of a container ignores signals without a handler.
 *
 * In a program with a keeper, all signals count as the first request; only the keeper can tell it to exit now.
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
  // The terminal was closed, or systemd sent SIGHUP along with SIGTERM (`SendSIGHUP=`). Never counts as a second request.
  process.on('SIGHUP', request)
  connectToKeeper({ onEndNow: () => now.abort(), onGone: request })
  return { drain: drain.signal, now: now.signal }
}

/** Resolves when the signal is aborted. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
