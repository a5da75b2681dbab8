/**
 * The storage interface of the queue. Records are the source of truth. All other structures are indexes of job ids,
 * which may be stale or contain duplicates: code that takes an id from an index reads the record and checks that the
 * entry still applies.
 */

import { z } from 'zod'
import type { CombinedSteps } from './combined-steps.ts'
import { type ListQuery, type LogPiece, Outcome, type Pause, type Status } from './contract.ts'
import type { FollowSchedule, FollowStore } from './follows/follow-store.ts'
import type { Job, JobIn } from './job.ts'
import type { JobEvent } from './job-event.ts'
import type { Progress } from './runner.ts'

/** A job's entry in the queue. Entries are ordered by `rankOf`. */
export interface Entry {
  jobId: string
  /** 0 (first) to 9 (last). */
  priority: number
  submittedMs: number
}

/** Records with compare-and-swap. */
export interface JobStore {
  /** The newest revision. */
  read(jobId: string): Promise<Job | undefined>
  /** Write revision 1, durably. @returns false when the job exists. */
  create(job: JobIn<'queued'>): Promise<boolean>
  /**
   * Write `next` as the revision after `current`, durably.
   *
   * @returns The record as written, or `undefined` when another process wrote this revision first.
   */
  update<J extends Job>(current: Job, next: J): Promise<J | undefined>
  /** Make this revision durable, if another process has just written it. */
  confirm(job: Job): Promise<void>
  /** Delete the job. @returns false when it has changed since or does not exist. */
  remove(job: Job): Promise<boolean>
}

/** Entries of waiting jobs, and entries that workers hold. */
export interface WorkQueue {
  /**
   * Add an entry. Idempotent. `audit` finds entries that are lost.
   *
   * @param notBefore - Milliseconds since the epoch; `null` for now.
   */
  push(entry: Entry, notBefore: number | null): Promise<void>
  /**
   * Move the first entry to this worker. Atomic: no other worker gets the same entry.
   *
   * @param isAdmitted - Entries for which it returns false are skipped. By default, all are admitted.
   * @throws {LeaseLost} The worker is no longer registered.
   */
  claim(worker: string, isAdmitted?: (entry: Entry) => boolean): Promise<Entry | undefined>
  /** Whether the entry can be claimed now. */
  isReady(entry: Entry): Promise<boolean>
  /** Whether the worker still holds the entry. */
  holds(worker: string, entry: Entry): Promise<boolean>
  /** Move an entry from the worker back to the queue. Does nothing when the worker does not hold it. */
  putBack(worker: string, entry: Entry, notBefore: number | null): Promise<void>
  /** Recreate the entry of a recorded claim. */
  hold(worker: string, entry: Entry): Promise<void>
  /** Remove an entry that the worker holds. */
  drop(worker: string, entry: Entry): Promise<void>
  /** Remove a waiting entry. */
  discard(entry: Entry): Promise<void>
  /** Make due delayed entries ready. @returns When the next one is due; `undefined` if there is none. */
  promoteDue(now: number): Promise<number | undefined>
  /** The number of waiting entries, including delayed ones. In a very long queue, the count may be a few seconds old. */
  countWaiting(): Promise<number>
  /** The position that the entry has or would have in the queue, from 1. Far back in the queue, it may be a few seconds old. */
  position(entry: Entry): Promise<number>
  /** The entries that a worker holds. */
  claimedBy(worker: string): Promise<Entry[]>
  /** Whether an operator has paused the queue. */
  isPaused(): Promise<boolean>
}

/** An index of all jobs by state that opens no records. It may be stale. */
export interface Catalog {
  /** Index a job. */
  note(job: Job): Promise<void>
  /** Index a finished job. */
  addEnded(job: JobIn<'completed' | 'failed'>): Promise<void>
  /** Remove a finished job from the index, before it is queued again or removed. */
  removeEnded(job: JobIn<'completed' | 'failed'>): Promise<void>
  /** Remove a job from the index. */
  forget(job: Job): Promise<void>
  /** Jobs ordered by submission time, newest first. With `before`, oldest first, starting after that job. */
  newest(query: PlaceQuery): Promise<ListPosition[]>
  counts(): Promise<Record<Status, number>>
}

/**
 * A query for list positions. A short `nameHas` matches no digests. `withPrivate` also includes
 * unlisted jobs (`isListed`). A catalog that opens no records may ignore `documented`.
 */
export interface PlaceQuery extends Omit<ListQuery, 'after' | 'before'> {
  /** Only jobs older than this one. */
  after?: ListPosition
  /** Only jobs newer than this one; overrides `after`. */
  before?: ListPosition
}

/** The position of a job in the order of submissions. */
export interface ListPosition {
  jobId: string
  submittedMs: number
}

/** The events of each claim while it runs. */
export interface EventLog {
  /**
   * Open the log of a claim for writing. A log of maximum size ends with a note that it is full. The logs of the newest
   * eight claims of each job are kept.
   */
  open(jobId: string, epoch: number): EventSink
  /** All events of a claim, oldest first. Unreadable lines are skipped. */
  read(jobId: string, epoch: number): Promise<JobEvent[]>
  /**
   * Some events of a claim, oldest first, starting at an offset. Incomplete and unreadable lines are skipped.
   *
   * @param offset - 0, or an offset that this log returned with an event.
   * @returns `undefined` when there is no such log, or the offset is not the start of a line.
   */
  readFrom(jobId: string, epoch: number, offset: number): Promise<LogPiece<JobEvent> | undefined>
  /** The last progress event; `null` if there is none. */
  lastProgress(jobId: string, epoch: number): Promise<Progress | null>
}

export interface EventSink {
  /** Resolves when the event is readable. Never rejects: a lost event must not fail the job. */
  append(event: JobEvent): Promise<void>
  close(): Promise<void>
}

/** `move` is `docspool move` itself. */
const Role = z.enum(['server', 'move'])
export type Role = z.infer<typeof Role>

/** A process that claims jobs, or one that is registered only to keep the storage from being moved while it runs. */
export const WorkerInfo = z.object({
  worker: z.string(),
  /** Absent for a supervisor. */
  role: Role.optional(),
  pid: z.int().nonnegative(),
  /** Start time of the process in ticks since boot; '' if unknown. */
  pidStart: z.string(),
  bootId: z.string(),
  pidNamespace: z.string(),
  host: z.string(),
})
export type WorkerInfo = z.infer<typeof WorkerInfo>

export interface Lease {
  readonly worker: string
  /** Aborted when the worker is declared dead. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/** The registered workers, and which of them are dead. */
export interface Workers {
  /** Register a new worker id, valid until the lease is released or lost. */
  register(role?: Role): Promise<Lease>
  isRegistered(worker: string): Promise<boolean>
  /** Workers that are not known to be dead, including those of this process. */
  listLive(): Promise<WorkerInfo[]>
  /**
   * Workers whose process has exited or whose lease has expired, and unregistered ids that hold entries. Without
   * `info`, no process may be killed for them.
   */
  listDead(): Promise<{ worker: string; info: WorkerInfo | undefined }[]>
  /** Unregister a dead worker. @returns false while it holds entries. */
  retire(worker: string): Promise<boolean>
}

/** A job whose index entries may not match its record. */
export interface Suspect {
  jobId: string
  /** The index entries with its id. */
  places: FoundPlace[]
}

export interface FoundPlace {
  kind: 'waiting' | 'held' | 'ended'
  submittedMs: number
  remove(): Promise<void>
}

/** The result of comparing all indexes, and of the cleanup that goes with it. */
export interface Audit {
  /** Number of jobs. */
  jobs: number
  suspects: Suspect[]
  /** Number of stale temporary files, work folders and keys that were removed. */
  swept: number
}

/** Requests to cancel a running job, which its worker polls. */
export interface CancelMarks {
  /** Request the cancellation of this submission of the job. */
  mark(job: Job): Promise<void>
  isMarked(job: Job): Promise<boolean>
  clear(jobId: string): Promise<void>
}

/** The response to the request with an idempotency key. */
export const KeyRecord = z.object({
  /** Hash of the request. */
  request: z.string(),
  jobId: z.string(),
  /** The outcome of the request; `null` until it has been answered. */
  outcome: Outcome.nullable(),
})
export type KeyRecord = z.infer<typeof KeyRecord>

export interface KeyStore {
  /** Durably reserve the key for this request. @returns `record`, or the record of the request that used the key before. */
  take(key: string, record: KeyRecord): Promise<KeyRecord>
  /** Store the response. */
  settle(key: string, record: KeyRecord): Promise<void>
  /** Release the key if this request holds it and has no response. */
  release(key: string, record: KeyRecord): Promise<void>
}

/** A pending webhook delivery. */
export interface OutboxItem {
  jobId: string
  callbackId: string
  /** 20 hex digits (8 in earlier versions) that are equal for all deliveries to one origin. */
  lane: string
  /** When the delivery is due, in milliseconds since the epoch; 0 for now. */
  dueMs: number
}

/** Pending webhook deliveries. */
export interface Outbox {
  /** Durable when it resolves. Does nothing when the callback is already pending. */
  add(item: Omit<OutboxItem, 'dueMs'>, dueMs: number): Promise<void>
  /** Due deliveries, the most overdue first. */
  listDue(now: number): Promise<OutboxItem[]>
  /** Reschedule a delivery. @returns The new item; `undefined` when another process has moved or removed it. */
  move(item: OutboxItem, dueMs: number): Promise<OutboxItem | undefined>
  drop(item: OutboxItem): Promise<void>
}

/** Jobs by age, and marks of jobs that have expired. */
export interface Expiry {
  /**
   * At most `limit` finished jobs submitted before `beforeMs` and after `after`, oldest first. Opens no records and may
   * be stale.
   */
  oldestEnded(query: { beforeMs: number; after?: ListPosition; limit: number }): Promise<ListPosition[]>
  /** Remove the empty index folders of days before `beforeMs`. */
  removeEmptyDays(beforeMs: number): Promise<void>
  /** Mark the job as expired. */
  mark(jobId: string): Promise<void>
  isMarked(jobId: string): Promise<boolean>
  unmark(jobId: string): Promise<void>
  /**
   * Delete some of the marks older than `beforeMs`, continuing where the last call stopped.
   *
   * @returns How many were deleted. `isEnd` is true when all marks have been checked; the next call then starts over.
   */
  sweepMarks(query: { beforeMs: number; isDry: boolean }): Promise<{ swept: number; isEnd: boolean }>
  /** Ids of all jobs of a repository. Throws when the index of repositories is missing. */
  jobsOf(repoUrl: string): Promise<string[]>
}

/** Pauses and resumes the queue; see `WorkQueue.isPaused`. */
export interface Control {
  /** Pause the queue, durably. @returns The pause in effect, which an earlier call may have made. */
  pause(by: string): Promise<Pause>
  /** Resume the queue, durably. @returns Whether the queue was paused. */
  resume(): Promise<boolean>
  read(): Promise<Pause | undefined>
}

/** Statistics about the queue. Opens no records. */
export interface QueueStats {
  /** When the oldest waiting job was submitted, in milliseconds since the epoch. */
  oldestWaiting(): Promise<number | undefined>
  /** Supervisors that are registered and not known to be dead. */
  countWorkers(): Promise<number>
  /** The time of the last heartbeat of any registered supervisor, in milliseconds since the epoch. */
  lastBeat(): Promise<number | undefined>
}

/** A job's request to occupy a lane (see `Lanes` in `job-slots.ts`). */
export interface LaneRequest {
  worker: string
  jobId: string
  lane: string
  /** Maximum number of jobs in the lane. */
  width: number
}

/** The jobs of all supervisors that occupy lanes. A worker's jobs are removed when it is retired. */
export interface LaneSlots {
  /** Occupy a lane. Idempotent. @returns false when the lane is full or the worker is not registered. */
  take(request: LaneRequest): Promise<boolean>
  leave(worker: string, jobId: string): Promise<void>
  /** Lanes with at least this many jobs. */
  listFull(width: number): Promise<ReadonlySet<string>>
}

export interface Backend {
  /** Absent if separate calls are equally fast. */
  readonly combined?: CombinedSteps
  readonly jobs: JobStore
  readonly work: WorkQueue
  readonly catalog: Catalog
  readonly events: EventLog
  readonly workers: Workers
  readonly cancels: CancelMarks
  readonly keys: KeyStore
  readonly outbox: Outbox
  readonly expiry: Expiry
  readonly follows: FollowStore
  readonly looks: FollowSchedule
  readonly control: Control
  readonly stats: QueueStats
  /** Lanes shared by all supervisors. If absent, each supervisor counts only its own jobs. */
  readonly lanes?: LaneSlots
  /** A clock that all machines share, in milliseconds since the epoch. Absent if only one machine can use the storage. */
  clock?(): number
  /** `JobStore.create` and `WorkQueue.push` in one. Durable when it resolves. @returns false when the job exists. */
  accept(job: JobIn<'queued'>): Promise<boolean>
  /**
   * Compare all indexes. Opens no records.
   *
   * @param scope - `suspects`: jobs with no index entry or more than one. `all`: every job.
   */
  audit(scope: 'suspects' | 'all'): Promise<Audit>
  /** Number of jobs whose record was quarantined since the last audit. Their state is unknown until the next audit. */
  readonly uncheckedJobs: number
  /**
   * Call `onHint` when something may have changed. Hints may be missing, duplicate or early.
   *
   * @returns A function that stops watching.
   */
  watch(what: 'queue' | { jobId: string }, onHint: () => void): () => void
  /** Remove the remaining files of a job without a readable record. @returns Whether something was removed. */
  clear(jobId: string): Promise<boolean>
  /**
   * Check that this is still the storage that was opened. Takes microseconds.
   *
   * @returns An identifier of its location, which differs for a copy that has replaced it.
   * @throws {SpoolUnavailable} It is not available.
   */
  locate(): string
  /** How often `locate` has failed. */
  readonly absences: number
  /** Files owned by another user, from a small sample; at most ten paths relative to the root. */
  foreignFiles(): Promise<string[]>
  /**
   * Recreate missing folders. Throws when the storage is not available or too new.
   *
   * @returns Whether something was missing. Then index entries are missing, too, and `reconcile` restores them.
   */
  prepare(): Promise<boolean>
  /**
   * Throws when no job can be accepted now.
   *
   * @returns Other folders of the queue that cannot be used, relative to the root, so that accepted jobs may not be
   *   processed.
   */
  probe(): Promise<string[]>
  /** Finish background work. */
  close(): Promise<void>
}

export const entryOf = (job: Job): Entry => ({
  jobId: job.job_id,
  priority: job.priority,
  submittedMs: Date.parse(job.submitted_at),
})

/** When a queued job is due, for `push` and `putBack`. */
export const notBeforeOf = (job: JobIn<'queued'>): number | null =>
  job.not_before === null ? null : Date.parse(job.not_before)
