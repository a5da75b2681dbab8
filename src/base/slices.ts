/**
 * Long computations of the server in slices, between which it serves requests. Of all that run, one has a slice in each turn of the event loop, so
 * that many take no more of a turn than one.
 */

/** Yields wherever it may be interrupted; a step should take less than a millisecond. */
export type Steps<T> = Generator<undefined, T, undefined>

const SLICE_MS = 5

interface Running {
  /** @returns Whether it has ended. */
  slice(): boolean
}

const running: Running[] = []
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

/** Rejects with what the computation throws. */
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

/** In one go, for a process that serves nobody. */
export function atOnce<T>(steps: Steps<T>): T {
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  return step.value
}
