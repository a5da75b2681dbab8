/** Lets signals and messages in during long computations. */

import { Aborted } from '#base/errors.ts'

/**
 * @param sliceMs - How long the event loop may be blocked at a stretch.
 * @returns A function to call now and then; it returns whether it yielded.
 */
export function createBreath(signal: AbortSignal, sliceMs = 50): () => Promise<boolean> {
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
