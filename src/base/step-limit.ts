/** Runs steps in the order of their calls, a few at a time; a waiting step starts in a new turn of the event loop. */

/** @param maxRunning - The maximum number of steps that run at the same time. */
export function createStepLimit(maxRunning: number): <T>(step: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  const startNext = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return async (step) => {
    if (running < maxRunning) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await step()
    } finally {
      setImmediate(startNext)
    }
  }
}
