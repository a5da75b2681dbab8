/** Runs steps in the order in which they were asked for, a few at a time, each in a new turn of the event loop. */

/** @param most - Steps that run at the same time. */
export function createStepLimit(most: number): <T>(step: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  const letNext = (): void => {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }
  return async (step) => {
    if (running < most) running += 1
    else await new Promise<void>((resolve) => waiting.push(resolve))
    try {
      return await step()
    } finally {
      setImmediate(letNext)
    }
  }
}
