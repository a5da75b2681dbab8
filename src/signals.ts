/** How a program is asked to end: SIGTERM, SIGINT, or the end of the process that keeps it running. */

export interface Shutdown {
  /** Fires at the first request: take no new work, finish what runs. */
  readonly drain: AbortSignal
  /** Fires at the second: end now. */
  readonly now: AbortSignal
}

/** Listen for requests to end. Call once, in the command that runs. */
export function listenForShutdown(): Shutdown {
  const drain = new AbortController()
  const now = new AbortController()
  const request = (): void => {
    if (drain.signal.aborted) now.abort()
    drain.abort()
  }
  process.on('SIGTERM', request)
  process.on('SIGINT', request)
  // Undefined without a keeper; false when the keeper was gone before this line was reached.
  if (process.connected !== undefined) process.once('disconnect', request)
  if (process.connected === false) request()
  return { drain: drain.signal, now: now.signal }
}

/** Resolves when the signal fires. */
export function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
