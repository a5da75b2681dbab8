/**
 * Runs long computations of the server in slices, between which it serves requests. In each turn of the event loop, only one of
 * all running computations gets a slice, so that many computations block the loop no longer than one.
 */

/** A computation that yields wherever it may be interrupted; each step should take less than a millisecond. */
export type Steps<T> = Generator<undefined, T, undefined>

const SLICE_MS = 5

interface Computation {
  /** Compute for `SLICE_MS`. @returns Whether the computation has finished. */
  slice(): boolean
}

const running: Computation[] = []
let isScheduled = false

const nextTurn: (run: () => void) => void =
  typeof setImmediate === 'function' ? setImmediate : (run) => setTimeout(run, 0)

function schedule(): void {
  if (isScheduled || running.length === 0) return
  isScheduled = true
  nextTurn(() => {
    isScheduled = false
    const next = running.shift()
    if (next?.slice() === false) running.push(next)
    schedule()
  })
}

/** Run a computation in slices. Rejects with the error that it throws. */
export function inSlices<T>(steps: Steps<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const slice = (): boolean => {
      const end = performance.now() + SLICE_MS
      try {
        for (let step = steps.next(); ; step = steps.next()) {
          if (step.done === true) {
            resolve(step.value)
            return true
          }
          if (performance.now() >= end) return false
        }
      } catch (error) {
        reject(error)
        return true
      }
    }
    running.push({ slice })
    schedule()
  })
}

/** Run a computation without interruption, for a process that serves no requests. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}
