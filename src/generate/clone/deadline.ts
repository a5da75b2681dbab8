/** Bounds a piece of work by time and by a signal, also work in native code that does not listen to either. */

import { Aborted } from '#base/errors.ts'
import { CloneTimedOut } from './errors.ts'

/**
 * Run some work until it is done, the time is over or the signal fires, whichever comes first.
 *
 * @param work - Is given a signal that fires in both cases, with the error as its reason.
 * @param discard - Is given what the work makes after nobody waits for it any more.
 * @throws {CloneTimedOut | Aborted} At once, even while the work goes on: what it holds is left to the end of the process.
 */
export async function withDeadline<T>(
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
  work: (signal: AbortSignal) => Promise<T>,
  discard: (late: T) => void = () => {},
): Promise<T> {
  const ending = new AbortController()
  const onAbort = (): void => ending.abort(new Aborted('The clone was cancelled.'))
  if (signal.aborted) onAbort()
  ending.signal.throwIfAborted()
  signal.addEventListener('abort', onAbort)
  const seconds = (timeoutMs / 1_000).toFixed(timeoutMs < 10_000 ? 1 : 0)
  const timer = setTimeout(() => {
    ending.abort(new CloneTimedOut(`Expected the repository within ${seconds} s; it was not there.`))
  }, timeoutMs)
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener('abort', () => reject(ending.signal.reason))
  })
  const working = work(ending.signal)
  try {
    return await Promise.race([working, ended])
  } catch (error) {
    working.then(discard, () => {})
    throw ending.signal.aborted ? ending.signal.reason : error
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', onAbort)
  }
}
