/** Yields to the event loop during long computations, so that signals and messages are handled. */

import { Aborted } from './errors.ts'

/**
 * @param sliceMs - The maximum time without yielding, provided that the returned function is called often enough.
 * @returns A function to call frequently during the computation; it resolves to whether it yielded.
 * @throws {Aborted} By the returned function, once the signal is aborted.
 */
export function createYield(signal: AbortSignal, sliceMs = 50): () => Promise<boolean> {
  let last = performance.now()
  return async () => {
    if (signal.aborted) throw new Aborted('The analysis was aborted.')
    if (performance.now() - last < sliceMs) return false
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
    if (signal.aborted) throw new Aborted('The analysis was aborted.')
    return true
  }
}
