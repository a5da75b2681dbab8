/** Limits work by time and by a signal, even native code that cannot be stopped. */

import { Aborted } from '#base/errors.ts'
import { CloneTimedOut } from './errors.ts'

/**
 * Run work until it is done, the time is up or the signal is aborted, whichever comes first.
 *
 * @param work - Its signal is aborted in both cases, with the error as the reason.
 * @param discard - Receives the result of work that finishes too late.
 * @throws {CloneTimedOut | Aborted} At once, even if the work continues; its resources are then freed when the process
 * ends.
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
    ending.abort(new CloneTimedOut(`The clone did not finish within ${seconds} s.`))
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
