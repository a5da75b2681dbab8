/** Turns of queries that readers cause, so that they never occupy all connections. First come, first served. */

import { TooManyQueries } from './errors.ts'

/** Takes a turn. @returns Ends it. @throws {TooManyQueries} */
export type TakeTurn = () => Promise<() => void>

export function createReaderTurns(most: number, mostWaiting = 100): TakeTurn {
  const waiting: (() => void)[] = []
  let running = 0

  function end(): void {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return async function take() {
    if (running < most) running += 1
    else if (waiting.length >= mostWaiting) throw new TooManyQueries()
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return end
  }
}
