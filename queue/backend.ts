/**
 * What the queue needs of a storage. The records are the truth; everything else holds ids, may be late or double, and is
 * never trusted: whoever takes an id from it reads the record and asks whether that still fits.
 */

import type { JobEvent, LogPiece, Pause, Progress, Status } from './contract.ts'
import type { Job, JobIn } from './job.ts'

/** A place in the queue; see `rankOf` for the order. */
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
   * @returns What was written, or `undefined` when somebody else was first.
   */
  update<J extends Job>(current: Job, next: J): Promise<J | undefined>
  /** Make sure that this revision, which another process may have written a moment ago, is durable. */
  confirm(job: Job): Promise<void>
  /** Forget the job. @returns false when it has changed since or is gone. */
  remove(job: Job): Promise<boolean>
}

/** Ids that wait, and ids that workers hold. */
export interface WorkQueue {
  /** `notBefore` in milliseconds, `null` for at once. Pushing twice is harmless. What is lost is found by `audit`. */
  push(entry: Entry, notBefore: number | null): Promise<void>
  /**
   * Give the first entry to this worker, and to no other.
   *
   * @param isAdmitted - Entries for which it says no are passed over, and stay. All are admitted unless told.
   * @throws {LeaseLost} The worker is not registered any more.
   */
  claim(worker: string, isAdmitted?: (entry: Entry) => boolean): Promise<Entry | undefined>
  /** Whether the entry can be claimed now. */
  isReady(entry: Entry): Promise<boolean>
  /** Whether the worker still holds the entry. */
  holds(worker: string, entry: Entry): Promise<boolean>
  /** From the worker's hands back to the queue; nothing when it is not in them. */
  putBack(worker: string, entry: Entry, notBefore: number | null): Promise<void>
  /** Into the worker's hands, when its claim is recorded but the entry is missing. */
  hold(worker: string, entry: Entry): Promise<void>
  /** Out of the worker's hands, for good. */
  drop(worker: string, entry: Entry): Promise<void>
  /** Take a waiting entry out. */
  discard(entry: Entry): Promise<void>
  /** Let entries wait for a worker whose time has come. @returns When the next one is due. */
  promoteDue(now: number): Promise<number | undefined>
  /** Entries that wait, delayed ones included. */
  countWaiting(): Promise<number>
  /** From 1; where the entry stands or would stand. */
  position(entry: Entry): Promise<number>
  /** What a worker holds. */
  claimedBy(worker: string): Promise<Entry[]>
  /** True while an operator keeps workers from claiming. */
  isPaused(): Promise<boolean>
}

/** Names of all jobs by state, without opening one. It may lag behind the records. */
export interface Catalog {
  /** Note that there is such a job. */
  note(job: Job): Promise<void>
  /** Note that a job ended. */
  addEnded(job: JobIn<'completed' | 'failed'>): Promise<void>
  /** Forget that it ended, before it is queued anew or removed. */
  removeEnded(job: JobIn<'completed' | 'failed'>): Promise<void>
  /** Forget that there is such a job. */
  forget(job: Job): Promise<void>
  /** Newest first by submission; with `before`, those submitted next after it, oldest first. */
  newest(query: PlaceQuery): Promise<ListPosition[]>
  counts(): Promise<Record<Status, number>>
}

export interface PlaceQuery {
  status?: Status
  repoUrl?: string
  /** Ids that have this text, whatever its case; a short text is not looked for in digests. */
  nameHas?: string
  /** Also those that are in no list (`isListed`). */
  withPrivate?: boolean
  /** At most so many. */
  limit: number
  /** Older than this place. */
  after?: ListPosition
  /** Newer than this place; then `after` has no meaning. */
  before?: ListPosition
}

/** Where a job stands in the order of submissions. */
export interface ListPosition {
  jobId: string
  submittedMs: number
}

/** What a claim tells while it runs. */
export interface EventLog {
  /**
   * Open the log of one claim for writing. It takes what fits its size and then says so, once. Of each job the logs of the
   * newest eight claims are kept.
   */
  open(jobId: string, epoch: number): EventSink
  /** All events of a claim, oldest first; unreadable lines are left out. */
  read(jobId: string, epoch: number): Promise<JobEvent[]>
  /**
   * Some events of a claim, oldest first, from a place in its log on. Of a line that is still being written nothing is
   * told; unreadable lines are left out.
   *
   * @param offset - 0, or a place that this log gave for an event.
   * @returns `undefined` when there is no such log or no event begins or will begin there.
   */
  readFrom(jobId: string, epoch: number, offset: number): Promise<LogPiece<JobEvent> | undefined>
  /** The newest report of progress. */
  lastProgress(jobId: string, epoch: number): Promise<Progress | null>
}

export interface EventSink {
  /** Resolves when the event can be read by others. Never rejects: a lost event costs no job. */
  append(event: JobEvent): Promise<void>
  close(): Promise<void>
}

/** A process that claims jobs. */
export interface WorkerInfo {
  worker: string
  pid: number
  /** Start time of the process, in ticks since boot; '' where the system does not tell. */
  pidStart: string
  bootId: string
  pidNamespace: string
  host: string
}

export interface Lease {
  readonly worker: string
  /** Aborted when the worker is declared dead. */
  readonly lost: AbortSignal
  release(): Promise<void>
}

/** Who works, and who has died. */
export interface Workers {
  /** Claim under a new id until the lease is released or lost. */
  register(): Promise<Lease>
  isRegistered(worker: string): Promise<boolean>
  /** Workers that are proven dead or whose lease has not been renewed in time; also ids that hold entries and are registered nowhere. */
  listDead(): Promise<{ worker: string; info: WorkerInfo | undefined }[]>
  /** Strike a dead worker off, once it holds nothing. @returns false while it holds something. */
  retire(worker: string): Promise<boolean>
}

/** A job whose names may not fit its record. */
export interface Suspect {
  jobId: string
  /** Where its id was found. */
  places: FoundPlace[]
}

export interface FoundPlace {
  kind: 'waiting' | 'held' | 'ended'
  submittedMs: number
  remove(): Promise<void>
}

/** What a look at all names found, and what was put in order on the way. */
export interface Audit {
  /** Jobs there are. */
  jobs: number
  suspects: Suspect[]
  /** Files that had no place in the spool, from its root; they lie in `corrupt/` now. */
  quarantined: { file: string; reason: string }[]
  /** Temporary files, work folders and keys of the dead that were removed. */
  swept: number
}

/** Requests to cancel a job that runs, for its worker to see. */
export interface CancelMarks {
  /** For this submission of the job; later ones are not concerned. */
  mark(job: Job): Promise<void>
  isMarked(job: Job): Promise<boolean>
  clear(jobId: string): Promise<void>
}

/** An answer that was given under an idempotency key. */
export interface KeyRecord {
  /** Hash of the request. */
  request: string
  jobId: string
  /** `null` until the answer is known. */
  outcome: 'created' | 'joined' | 'cached' | 'cooldown' | null
}

export interface KeyStore {
  /** Durably take the key for this request. @returns What holds it: `record` itself or an older one. */
  take(key: string, record: KeyRecord): Promise<KeyRecord>
  /** Note the answer. */
  settle(key: string, record: KeyRecord): Promise<void>
  /** Forget the key where it is held by this request and has no answer. */
  giveBack(key: string, record: KeyRecord): Promise<void>
}

/** A callback that is to be told. */
export interface OutboxItem {
  jobId: string
  callbackId: string
  /** 20 hex digits (8 of an earlier version); those of one receiver have the same. */
  lane: string
  /** Milliseconds since the epoch; 0 for at once. */
  dueMs: number
}

/** Callbacks that are to be told. */
export interface Outbox {
  /** Durable when it resolves. Nothing when the callback is in it, whenever it is due. */
  add(item: Omit<OutboxItem, 'dueMs'>, dueMs: number): Promise<void>
  /** What is due, longest first. */
  listDue(now: number): Promise<OutboxItem[]>
  /** Make it due at another time. @returns The item as it is now, `undefined` when another was first or it is gone. */
  move(item: OutboxItem, dueMs: number): Promise<OutboxItem | undefined>
  drop(item: OutboxItem): Promise<void>
}

/** Jobs by age, and what is known of those that were removed for it. */
export interface Expiry {
  /**
   * Jobs that ended and were submitted before `beforeMs`, oldest first: at most `limit` whose place is after `after`. It
   * opens none, and may lag behind the records.
   */
  oldestEnded(query: { beforeMs: number; after?: ListPosition; limit: number }): Promise<ListPosition[]>
  /** Clear away what is kept for days before `beforeMs` on which no job is left. */
  removeEmptyDays(beforeMs: number): Promise<void>
  /** Note that the job is removed for its age. */
  mark(jobId: string): Promise<void>
  isMarked(jobId: string): Promise<boolean>
  unmark(jobId: string): Promise<void>
  /** Forget marks older than `beforeMs`, of one of `MARK_PARTS` parts (from 0). @returns How many. */
  sweepMarks(query: { beforeMs: number; part: number; isDry: boolean }): Promise<number>
  /** Ids of all jobs of a repository. Throws when the storage has lost them. */
  jobsOf(repoUrl: string): Promise<string[]>
}

/** Marks are swept in so many parts. */
export const MARK_PARTS = 256

/** The operator's switch. While it is off, `WorkQueue.isPaused` holds. */
export interface Control {
  /** Durably. @returns What keeps the queue paused: this call, or an earlier one. */
  pause(by: string): Promise<Pause>
  /** Durably. @returns Whether it was paused. */
  resume(): Promise<boolean>
  read(): Promise<Pause | undefined>
}

/** How the queue does as a whole. It opens no record. */
export interface QueueStats {
  /** When the job that has waited longest was submitted. */
  oldestWaiting(): Promise<number | undefined>
  /** Workers that are registered and not known to be dead. */
  countWorkers(): Promise<number>
  /** When one of the registered workers gave its newest sign of life. */
  lastBeat(): Promise<number | undefined>
}

/** A storage. */
export interface Backend {
  readonly jobs: JobStore
  readonly work: WorkQueue
  readonly catalog: Catalog
  readonly events: EventLog
  readonly workers: Workers
  readonly cancels: CancelMarks
  readonly keys: KeyStore
  readonly outbox: Outbox
  readonly expiry: Expiry
  readonly control: Control
  readonly census: QueueStats
  /** `create` and `push` in one, durable when it resolves. @returns false when the job exists. */
  accept(job: JobIn<'queued'>): Promise<boolean>
  /**
   * Compare all names with each other. Opens no record.
   *
   * @param scope - `suspects`: jobs with no place, or several; `all`: every job, and the folders of jobs are looked into.
   */
  audit(scope: 'suspects' | 'all'): Promise<Audit>
  /** Jobs of which a record was put aside since an audit: how they stand is known only after the next one. */
  readonly doubts: number
  /** Call `onHint` soon after something may have changed; hints may be missing, double and early. Undo with the result. */
  watch(what: 'queue' | { jobId: string }, onHint: () => void): () => void
  /** Folder for the temporary files of a claim. Absolute; not made. */
  workDir(jobId: string, epoch: number): string
  removeWorkDir(jobId: string, epoch: number): Promise<void>
  /** Clear away what is left of a job that cannot be read any more. */
  clear(jobId: string): Promise<boolean>
  /**
   * Make sure that this is the storage that was opened, and not another in its place. Costs microseconds.
   *
   * @returns Where it is: another text for a copy that has taken its place and counts as the same.
   * @throws {SpoolUnavailable} It is away.
   */
  locate(): string
  /** How often `locate` has failed. */
  readonly absences: number
  /** Of a small sample of files: those of another user, from the root; at most ten. Changes nothing. */
  foreignFiles(): Promise<string[]>
  /**
   * Make anew what is missing of the storage's frame. Throws when the storage itself is away, or too new.
   *
   * @returns Whether something was missing: then names are, too, and `reconcile` brings them back.
   */
  prepare(): Promise<boolean>
  /** Throws when nothing can be written now. */
  probe(): Promise<void>
  /** Finish what runs in the background. */
  close(): Promise<void>
}

/** Each step of priority is worth an hour of waiting: what is urgent goes first, and nothing waits for ever. */
export const AGEING_MS = 3_600_000

/** The order of the queue, lowest first; of equals the one with the higher priority. Static, so entries are never moved. */
export const rankOf = (entry: Pick<Entry, 'priority' | 'submittedMs'>): number =>
  entry.submittedMs + entry.priority * AGEING_MS

export const entryOf = (job: Job): Entry => ({
  jobId: job.job_id,
  priority: job.priority,
  submittedMs: Date.parse(job.submitted_at),
})

/** When a queued job is due, for `push` and `putBack`. */
export const notBeforeOf = (job: JobIn<'queued'>): number | null =>
  job.not_before === null ? null : Date.parse(job.not_before)
