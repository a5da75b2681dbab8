/** Limits concurrent queries on behalf of readers, so that they never occupy all connections. First come, first served. */

import { ServerBusy } from '#base/overload-errors.ts'

/** Wait for a turn. @returns A function that ends the turn. @throws {ServerBusy} Too many queries are waiting. */
export type TakeTurn = () => Promise<() => void>

export function createReaderTurns(maxRunning: number, maxWaiting = 100): TakeTurn {
  const waiting: (() => void)[] = []
  let running = 0

  function end(): void {
    const next = waiting.shift()
    if (next === undefined) running -= 1
    else next()
  }

  return async function take() {
    if (running < maxRunning) running += 1
    else if (waiting.length >= maxWaiting) throw new ServerBusy()
    else await new Promise<void>((resolve) => waiting.push(resolve))
    return end
  }
}
