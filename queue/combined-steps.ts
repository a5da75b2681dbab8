/**
 * Steps of a job's life that take several calls of the interfaces in `backend.ts`, as one call each. A storage provides them if
 * each call costs a round trip; with any other storage, the steps are made one by one.
 */

import type { Entry } from './backend.ts'
import type { Job, JobIn } from './job.ts'

/** The place of a waiting job in the queue. */
export interface QueuePlace {
  /** From 1. */
  position: number
  isPaused: boolean
}

/** The outcome of `CombinedSteps.accept`. `changed`: another process was writing the record; try again. */
export type Acceptance =
  | { is: 'accepted'; place?: QueuePlace }
  | { is: 'exists'; job: Job }
  | { is: 'full'; waiting: number }
  | { is: 'changed' }

/** An entry that a worker has just taken, with the record of its job at that time. */
export interface Taken {
  entry: Entry
  /** @throws {RecordTooNew} @throws {RecordUnreadable} */
  read(): { job: Job | undefined; isCancelled: boolean }
}

export interface CombinedSteps {
  /** Accept a job if there is none with its id, and at most `maxWaiting` are waiting. Durable when it resolves. */
  accept(job: JobIn<'queued'>, maxWaiting: number): Promise<Acceptance>
  /**
   * Like `WorkQueue.claim`, for up to `max` entries with their records. While the queue is paused, it takes none.
   *
   * @param isAdmitted - Called with waiting entries in order; entries for which it returns true may be taken.
   * @throws {LeaseLost} The worker is no longer registered.
   */
  take(worker: string, max: number, isAdmitted?: (entry: Entry) => boolean): Promise<Taken[]>
  /**
   * Record the claim of an entry, durably, if the worker still holds it.
   *
   * @returns The written record; `undefined` when the worker no longer holds the entry, or another process wrote this revision
   *   first.
   */
  start(job: JobIn<'queued'>, next: JobIn<'processing'>, entry: Entry): Promise<JobIn<'processing'> | undefined>
  /**
   * Record the end of a job without open callbacks, durably. Unless its repository is followed, also index it, and drop its
   * entry and its cancellation.
   *
   * @returns `undefined` when another process wrote this revision first.
   */
  finish(
    job: JobIn<'processing'>,
    next: JobIn<'completed' | 'failed'>,
    entry: Entry,
  ): Promise<{ written: Job; isIndexed: boolean } | undefined>
}
