/**
 * A signal that is aborted by another signal or by a timeout, and reports which. With `AbortSignal.any`, Node 20 may collect the
 * timeout as garbage, and the result would hold on to its sources.
 */

export interface DeadlineSignal {
  signal: AbortSignal
  isOver(): boolean
  /** Call it when the guarded work has ended. */
  clear(): void
}

export function deadlineSignal(outer: AbortSignal, timeoutMs: number): DeadlineSignal {
  const controller = new AbortController()
  let isOver = false
  const abort = (): void => controller.abort()
  if (outer.aborted) abort()
  outer.addEventListener('abort', abort, { once: true })
  const timer = setTimeout(() => {
    isOver = true
    abort()
  }, timeoutMs)
  return {
    signal: controller.signal,
    isOver: () => isOver && !outer.aborted,
    clear() {
      clearTimeout(timer)
      outer.removeEventListener('abort', abort)
    },
  }
}
