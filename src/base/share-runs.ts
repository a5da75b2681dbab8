/** Concurrent callers share one run of an asynchronous step. Not a cache: nothing is kept when the run has ended. */

/**
 * @returns The result or error of the run with this key that is in progress; without one, `step` is run.
 *
 * @param step - Must use nothing of its caller, such as a signal, a client or a limit, since other callers get its outcome, too.
 */
export type ShareRuns<T> = (key: string, step: () => Promise<T>) => Promise<T>

export function createShareRuns<T>(): ShareRuns<T> {
  const running = new Map<string, Promise<T>>()

  return function shareRuns(key, step) {
    const known = running.get(key)
    if (known !== undefined) return known
    const run = step().finally(() => running.delete(key))
    running.set(key, run)
    return run
  }
}
