/** Polls jobs for their followers, once for all followers of a job. */

import { type Backend, entryOf } from './backend.ts'
import type { JobEvent, LogPiece } from './contract.ts'
import { toSpoolError } from './errors.ts'
import { isIn, type Job } from './job.ts'
import { pause } from './wakeup.ts'
import type { WatchJob } from './watch-job.ts'

/** Between two looks at a job that changes all the time. */
const GAP_MS = 100
/** Followers are mostly at the same places of a log: so many pieces are kept for the next one. */
const KEPT_PIECES = 2

/** What one look at a job found. */
export interface JobObservation {
  /** `undefined` when there is no such job. */
  job: Job | undefined
  /** In the queue, from 1; `null` unless queued. */
  position: number | null
  /** It waits, and nothing is claimed at the moment. */
  isPaused: boolean
  /** Of its log, as `EventLog.readFrom`. */
  read(epoch: number, offset: number): Promise<LogPiece<JobEvent> | undefined>
}

/** The place of one follower. */
export interface JobFollower {
  /**
   * Wait for a look that this follower does not know.
   *
   * @returns `undefined` when the signal has fired.
   */
  next(signal: AbortSignal): Promise<JobObservation | undefined>
  leave(): void
}

interface Shared {
  waiting: Set<() => void>
  seats: number
  /** Looks that were begun. */
  begun: number
  sight: JobObservation | undefined
  /** Number of the look that `sight` comes from. */
  seen: number
  /** A fault of the program, thrown to all. */
  failure: unknown
  look(): void
  close(): void
}

/** A function that takes a seat before a job. */
export function createJobObserver(backend: Pick<Backend, 'jobs' | 'work' | 'events'>, watch: WatchJob) {
  const all = new Map<string, Shared>()

  async function see(jobId: string): Promise<JobObservation> {
    const job = await backend.jobs.read(jobId)
    const isQueued = job !== undefined && isIn(job, 'queued')
    const position = isQueued ? await backend.work.position(entryOf(job)) : null
    const isPaused = isQueued && (await backend.work.isPaused())
    return { job, position, isPaused, read: createReader(backend, jobId) }
  }

  function open(jobId: string): Shared {
    const closed = new AbortController()
    let isLooking = false
    let isStale = false

    async function look(): Promise<void> {
      isStale = true
      if (isLooking) return
      isLooking = true
      while (isStale && !closed.signal.aborted) {
        isStale = false
        shared.begun += 1
        const number = shared.begun
        try {
          shared.sight = await see(jobId)
          shared.seen = number
        } catch (error) {
          // Away for the moment: a later look will tell.
          if (toSpoolError(error) === error) shared.failure = error
        }
        for (const wake of [...shared.waiting]) wake()
        await pause(GAP_MS, closed.signal)
      }
      isLooking = false
    }

    const unwatch = watch(jobId, () => void look())
    const shared: Shared = {
      ...{ waiting: new Set(), seats: 0, begun: 0, sight: undefined, seen: 0, failure: undefined },
      look: () => void look(),
      close() {
        all.delete(jobId)
        unwatch()
        closed.abort()
      },
    }
    all.set(jobId, shared)
    return shared
  }

  return function take(jobId: string): JobFollower {
    const shared = all.get(jobId) ?? open(jobId)
    shared.seats += 1
    // A look that has begun may have missed what this follower knows of.
    let known = shared.begun
    let isTaken = true
    shared.look()
    return {
      async next(signal) {
        while (!signal.aborted && shared.failure === undefined && shared.seen <= known) {
          await woken(shared.waiting, signal)
        }
        if (signal.aborted) return undefined
        if (shared.failure !== undefined) throw shared.failure
        known = shared.seen
        return shared.sight
      },
      leave() {
        if (!isTaken) return
        isTaken = false
        shared.seats -= 1
        if (shared.seats === 0) shared.close()
      },
    }
  }
}

/** Reads the log of a job and keeps what it read last. */
function createReader({ events }: Pick<Backend, 'events'>, jobId: string): JobObservation['read'] {
  const kept = new Map<string, ReturnType<JobObservation['read']>>()
  return function read(epoch, offset) {
    const place = `${epoch}-${offset}`
    const known = kept.get(place)
    if (known !== undefined) return known
    const piece = events.readFrom(jobId, epoch, offset)
    kept.set(place, piece)
    const [oldest] = kept.keys()
    if (kept.size > KEPT_PIECES && oldest !== undefined) kept.delete(oldest)
    return piece
  }
}

/** Resolves when one of those that wait is called, or the signal fires. */
function woken(waiting: Set<() => void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const wake = (): void => {
      waiting.delete(wake)
      signal.removeEventListener('abort', wake)
      resolve()
    }
    waiting.add(wake)
    signal.addEventListener('abort', wake, { once: true })
  })
}
