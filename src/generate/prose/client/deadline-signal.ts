/** A signal that fires when another does or when the time is up, and says which. `AbortSignal.any` keeps its sources busy for as long as they live. */

export interface DeadlineSignal {
  signal: AbortSignal
  isOver(): boolean
  /** Call when what it guarded has ended. */
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
