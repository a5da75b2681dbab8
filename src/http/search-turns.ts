/**
 * Serialises tasks that block the event loop for some milliseconds, so that other requests run in between, with fair turns for
 * each client.
 */

import { FairQueue } from '#base/fair-queue.ts'
import type { Caller } from './limits/concurrency-limit.ts'
import { Refusal } from './problem.ts'

/** How many tasks may wait, in total and per client. */
const MOST = 64
const MOST_PER_CLIENT = 16

/** @throws {Refusal} `SERVER_BUSY` when too many wait. */
export type InTurn = <T>(caller: Caller, step: () => Promise<T>) => Promise<T>

interface Waiting {
  client: string | undefined
  begin(): void
}

export function createTurns(): InTurn {
  const line = new FairQueue<Waiting>(MOST)
  let isBusy = false

  function next(): void {
    const waiting = isBusy ? undefined : line.next()
    if (waiting === undefined) return
    isBusy = true
    waiting.begin()
  }

  return async function inTurn<T>({ client, signal }: Caller, step: () => Promise<T>): Promise<T> {
    if (line.length >= MOST || line.waitingOf(client) >= MOST_PER_CLIENT) {
      throw new Refusal('SERVER_BUSY', 'Too many requests of this kind are waiting.', 'Try again shortly.')
    }
    const waiting: Waiting = { client, begin: () => undefined }
    const turn = new Promise<void>((resolve) => {
      waiting.begin = resolve
    })
    line.add(waiting)
    next()
    await turn
    try {
      if (signal.aborted) throw new Refusal('SERVER_BUSY', 'The caller has disconnected.')
      return await step()
    } finally {
      isBusy = false
      line.done(waiting)
      next()
    }
  }
}
