/** Reads the state of a job once for all of its subscribers. */

import { LRUCache } from 'lru-cache'
import { type Backend, entryOf } from './backend.ts'
import type { LogPiece } from './contract.ts'
import { SpoolUnavailable } from './errors.ts'
import { isIn, type Job } from './job.ts'
import type { JobEvent } from './job-event.ts'
import { toSpoolError } from './to-spool-error.ts'
import { sleep } from './wakeup.ts'
import type { WatchJob } from './watch-job.ts'

/** Minimum time between two observations of a job that keeps changing. */
const GAP_MS = 100
/** How many pieces of a log are cached; few, because most subscribers are at the same position. */
const CACHED_PIECES = 2

/** The state of a job when it was last read. */
export interface JobObservation {
  /** `undefined` when there is no such job. */
  job: Job | undefined
  /** Position in the queue, from 1; `null` unless queued. */
  position: number | null
  /** Whether the job is queued and the queue is paused. */
  isPaused: boolean
  /** Like `EventLog.readFrom`, cached. */
  read(epoch: number, offset: number): Promise<LogPiece<JobEvent> | undefined>
}

/** A subscription to a job. */
export interface JobSubscription {
  /**
   * Wait for an observation that this subscriber has not seen.
   *
   * @returns `undefined` when the signal is aborted.
   */
  next(signal: AbortSignal): Promise<JobObservation | undefined>
  leave(): void
}

interface Shared {
  waiting: Set<() => void>
  subscribers: number
  /** Number of observations that have been started. */
  started: number
  latest: JobObservation | undefined
  /** Number of the observation in `latest`. */
  latestNumber: number
  /** An unexpected error, thrown to all subscribers. */
  failure: unknown
  observeSoon(): void
  close(): void
}

export type SubscribeToJob = (jobId: string) => JobSubscription

export function createJobObserver(backend: Pick<Backend, 'jobs' | 'work' | 'events'>, watch: WatchJob): SubscribeToJob {
  const all = new Map<string, Shared>()

  async function observe(jobId: string): Promise<JobObservation> {
    const job = await backend.jobs.read(jobId)
    const isQueued = job !== undefined && isIn(job, 'queued')
    const [position, isPaused] = isQueued
      ? await Promise.all([backend.work.position(entryOf(job)), backend.work.isPaused()])
      : [null, false]
    return { job, position, isPaused, read: createReader(backend, jobId) }
  }

  function open(jobId: string): Shared {
    const closed = new AbortController()
    let isObserving = false
    let isStale = false

    async function observeUntilCurrent(): Promise<void> {
      isStale = true
      if (isObserving) return
      isObserving = true
      while (isStale && !closed.signal.aborted) {
        isStale = false
        shared.started += 1
        const number = shared.started
        try {
          shared.latest = await observe(jobId)
          shared.latestNumber = number
        } catch (error) {
          // If the spool is temporarily unavailable, a later observation succeeds.
          if (toSpoolError(error) === error && !(error instanceof SpoolUnavailable)) shared.failure = error
        }
        for (const wake of [...shared.waiting]) wake()
        await sleep(GAP_MS, closed.signal)
      }
      isObserving = false
    }

    const unwatch = watch(jobId, () => void observeUntilCurrent())
    const shared: Shared = {
      waiting: new Set(),
      subscribers: 0,
      started: 0,
      latest: undefined,
      latestNumber: 0,
      failure: undefined,
      observeSoon: () => void observeUntilCurrent(),
      close() {
        all.delete(jobId)
        unwatch()
        closed.abort()
      },
    }
    all.set(jobId, shared)
    return shared
  }

  return function subscribe(jobId) {
    const shared = all.get(jobId) ?? open(jobId)
    shared.subscribers += 1
    // An observation that has already started may miss changes that this subscriber knows of.
    let lastSeen = shared.started
    let isSubscribed = true
    shared.observeSoon()
    return {
      async next(signal) {
        while (!signal.aborted && shared.failure === undefined && shared.latestNumber <= lastSeen) {
          await woken(shared.waiting, signal)
        }
        if (signal.aborted) return undefined
        if (shared.failure !== undefined) throw shared.failure
        lastSeen = shared.latestNumber
        return shared.latest
      },
      leave() {
        if (!isSubscribed) return
        isSubscribed = false
        shared.subscribers -= 1
        if (shared.subscribers === 0) shared.close()
      },
    }
  }
}

/** Creates a reader of a job's log that caches the last pieces. Failed reads are not cached. */
function createReader({ events }: Pick<Backend, 'events'>, jobId: string): JobObservation['read'] {
  const cached = new LRUCache<string, ReturnType<JobObservation['read']>>({ max: CACHED_PIECES })
  return function read(epoch, offset) {
    const position = `${epoch}-${offset}`
    const known = cached.get(position)
    if (known !== undefined) return known
    const piece = events.readFrom(jobId, epoch, offset)
    cached.set(position, piece)
    piece.catch(() => cached.delete(position))
    return piece
  }
}

/** Resolves when the function that it adds to `waiting` is called, or the signal is aborted. */
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
