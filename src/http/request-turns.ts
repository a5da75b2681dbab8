/**
 * Limits how many tasks that take milliseconds of the event loop run at once, so that other requests run in between. Clients
 * take fair turns.
 */

import type { Caller } from '#base/caller.ts'
import { FairQueue } from '#base/fair-queue.ts'
import { ServerBusy } from '#base/overload-errors.ts'
import { Refusal } from './problem.ts'

interface TurnLimits {
  /** How many tasks run at once. */
  running: number
  /** How many may wait, in total. */
  waiting: number
  waitingPerClient: number
}

/** A search of all jobs reads many records, so one runs at a time. */
const SEARCHES: TurnLimits = { running: 1, waiting: 64, waitingPerClient: 16 }
/** A list has at most 100 jobs and mostly waits for the disk, so several run at once. */
const LISTS: TurnLimits = { running: 8, waiting: 512, waitingPerClient: 64 }

/**
 * @throws {ServerBusy} Too many tasks are waiting.
 * @throws {Refusal} `SERVER_BUSY` if the caller has disconnected.
 */
export type InTurn = <T>(caller: Caller, step: () => Promise<T>) => Promise<T>

export interface RequestTurns {
  search: InTurn
  list: InTurn
}

export const createRequestTurns = (): RequestTurns => ({ search: createTurns(SEARCHES), list: createTurns(LISTS) })

interface Waiting {
  client: string | undefined
  begin(): void
}

function createTurns(limits: TurnLimits): InTurn {
  const line = new FairQueue<Waiting>(limits.waiting)
  let running = 0

  function next(): void {
    const waiting = running === limits.running ? undefined : line.next()
    if (waiting === undefined) return
    running += 1
    waiting.begin()
  }

  return async function inTurn<T>({ client, signal }: Caller, step: () => Promise<T>): Promise<T> {
    if (line.length >= limits.waiting || line.waitingOf(client) >= limits.waitingPerClient) {
      throw new ServerBusy()
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
      running -= 1
      line.done(waiting)
      next()
    }
  }
}
