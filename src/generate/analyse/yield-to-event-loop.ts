/** Long computations that let signals and messages in. */

import { Aborted } from '#base/errors.ts'

/**
 * @param sliceMs - How long the event loop may be held at a stretch.
 * @returns To be called now and then; answers whether it let anything in.
 * @throws {Aborted} The signal fired; thrown by the calls.
 */
export function createBreath(signal: AbortSignal, sliceMs = 50): () => Promise<boolean> {
  let last = performance.now()
  return async () => {
    if (signal.aborted) throw new Aborted('The analysis was given up.')
    if (performance.now() - last < sliceMs) return false
    await new Promise((resolve) => setImmediate(resolve))
    last = performance.now()
    if (signal.aborted) throw new Aborted('The analysis was given up.')
    return true
  }
}
