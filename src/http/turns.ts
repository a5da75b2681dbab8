/** What takes the loop some milliseconds each time, done one after the other: however many ask, others have their turn in between. */

import type { Caller } from './concurrency-limit.ts'
import { Refusal } from './problem.ts'

/** Callers that may wait for their turn, in all and for each client. */
const MOST = 64
const MOST_PER_CLIENT = 16

/** @throws {Refusal} `SERVER_BUSY` when too many wait. */
export type InTurn = <T>(caller: Caller, step: () => Promise<T>) => Promise<T>

export function createTurns(): InTurn {
  const waiting: (string | undefined)[] = []
  let last: Promise<unknown> = Promise.resolve()

  return async function inTurn<T>({ client, signal }: Caller, step: () => Promise<T>): Promise<T> {
    const own = client === undefined ? 0 : waiting.filter((each) => each === client).length
    if (waiting.length >= MOST || own >= MOST_PER_CLIENT) {
      throw new Refusal('SERVER_BUSY', 'Too many requests of this kind are waiting.', 'Try again shortly.')
    }
    waiting.push(client)
    const done = last.then(() => {
      waiting.splice(waiting.indexOf(client), 1)
      if (signal.aborted) throw new Refusal('SERVER_BUSY', 'The caller has gone.')
      return step()
    })
    last = done.catch(() => undefined)
    return done
  }
}
