/** The queue as the server and the command line see it, independent of the storage. */

import { z } from 'zod'
import type { JobEvent } from './job-event.ts'
import { JobOptions } from './job-options.ts'
import { Degraded, JobSpend } from './job-spend.ts'
import type { LogDigest } from './log-digest.ts'

export const Status = z.enum(['queued', 'processing', 'completed', 'failed'])
export type Status = z.infer<typeof Status>

/** A submission. `repoUrl` is normalised (`parseRepository`), `commitId` validated. */
export interface SubmitRequest {
  jobId: string
  repoUrl: string
  commitId: string | null
  /** Only options that differ from their default values. */
  options: JobOptions
  /** 0 (first) to 9 (last). */
  priority: number
  /** Skip the cache and the cooldown. */
  force: boolean
  /**
   * The caller has seen a new commit: skip the cache and the cooldown, and request another run if one is in progress.
   * Unlike with `force`, the run may find that nothing has changed, and may use cached results.
   */
  hasMoved?: boolean | undefined
  /** `offline` or the name of the model, from the option `model` or the server's setting. */
  mainModel: string
  /** Same key and body: the same response, no second job. Same key, other body: `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey: string | null
  /** Receives a webhook when the job finishes. `url` is normalised and may contain secrets; `origin` may be shown. */
  callback?: { url: string; origin: string } | undefined
}

/**
 * `created`: queued by this call. `joined`: already queued or processing. `cached`: completed recently. `cooldown`: failed
 * recently.
 */
export const Outcome = z.enum(['created', 'joined', 'cached', 'cooldown'])
export type Outcome = z.infer<typeof Outcome>

const Time = z.iso.datetime()
const Count = z.int().nonnegative()

/** A callback as shown by the API. */
export const CallbackView = z.object({
  origin: z.string().describe('Scheme and host, such as https://hooks.example.org; the rest of the URL is not shown.'),
  tries: Count.describe('Attempts since the job last finished.'),
  delivered_at: Time.nullable(),
  failed_at: Time.nullable().describe('When delivery was given up.'),
  last_error: z
    .string()
    .nullable()
    .describe('Why the last attempt failed; null before the first attempt and after a delivery.'),
})
export type CallbackView = z.infer<typeof CallbackView>

/** How a run of a job ended that another run follows. */
export const PreviousRun = z.object({
  submitted_at: Time,
  started_at: Time.nullable(),
  completed_at: Time,
  progress: z.string(),
  error_message: z.string().nullable(),
  error_code: z.string().nullable(),
  hint: z.string().nullable(),
})

/** A job as shown by the API: the response of `GET /api/job/{job_id}`. */
export const JobView = z.object({
  job_id: z.string(),
  repo_url: z.string(),
  status: Status,
  created_at: Time,
  submitted_at: Time.describe('The newest submission of the job; the same as created_at for the first one.'),
  started_at: Time.nullable(),
  completed_at: Time.nullable(),
  progress: z.string().describe('A human-readable sentence.'),
  stage: z
    .string()
    .nullable()
    .describe(
      'clone, inventory, analyse, partition, prose, pages, render, verify or publish; null while nothing runs.',
    ),
  percent: z.int().min(0).max(100),
  queue_position: z.int().min(1).nullable().describe('From 1; null unless queued.'),
  error_message: z.string().nullable(),
  error_code: z.string().nullable(),
  hint: z.string().nullable(),
  docs_path: z
    .string()
    .nullable()
    .describe('URL path of the newest published set, also while a new one is being generated; null before the first.'),
  main_model: z.string(),
  options: JobOptions.describe('Only those that differ from the default.'),
  spend: JobSpend.nullable().describe(
    'Cost of the documents at docs_path; null when no model was used or the cost is unknown.',
  ),
  degraded: Degraded.nullable().describe('Why part of these documents has no prose; null when nothing is missing.'),
  commit_id: z.string().nullable(),
  resolved_commit: z.string().nullable().describe('The full id of the commit that docs_path documents.'),
  documented_at: Time.nullable()
    // Earlier versions of the service do not send it.
    .default(null)
    .describe('When the documents at docs_path were generated; runs that find nothing new do not change it.'),
  commit_on_ref: z
    .boolean()
    .nullable()
    .describe(
      'Whether a branch or tag of the repository contains resolved_commit. false: it was requested by its id, and this was not checked; such documents are not among the versions of the repository. null: there are no documents, or they were generated before docspool recorded this.',
    ),
  priority: z.int().min(0).max(9),
  follow_up: z.boolean().describe('Another run follows the current one, because it was submitted again with force.'),
  previous_run: PreviousRun.optional().describe(
    'How the run of the submission before this one ended; error_code is null if it completed.',
  ),
  callbacks: z
    .array(CallbackView)
    .describe('Webhooks requested by callback_url, without those of earlier submissions.'),
  attempt: Count.describe('Number of failed attempts.'),
  stalls: Count.describe('Number of attempts in which the worker died.'),
  epoch: Count.describe('Number of the newest claim.'),
  rev: Count.describe('Number of the revision of the record.'),
})
export type JobView = z.infer<typeof JobView>

/** A job with the key of its documents, for internal use; `docsKey` is never shown. */
export interface JobSnapshot {
  view: JobView
  /** Key of the newest published set in the `SetStore`; `null` before the first. */
  docsKey: string | null
  /** A hash of `view`, for the ETag header. */
  version: string
}

export interface Submission {
  outcome: Outcome
  job: JobSnapshot
  /** Whole seconds, at least 1, until the next poll or the end of the cooldown; `null` when cached. */
  retryAfterSeconds: number | null
}

export interface ListQuery {
  status?: Status
  /** Exact normalised repository URL. */
  repoUrl?: string
  /** Only ids that contain this text, ignoring case. */
  nameHas?: string
  /** Include private jobs; for the operator's lists only. */
  withPrivate?: boolean
  /** Only jobs that have documents, whatever their status. Any page may then contain fewer than `limit` jobs, or none. */
  documented?: boolean
  /** With `documented`: true for only the jobs of named refs (`isOfNamedRef`), false for only the others. Decided by the ids alone. */
  ofNamedRef?: boolean
  /** 1 to 100. */
  limit: number
  /** The cursor `next` of a page, for older jobs. */
  after?: string
  /** The cursor `previous` of a page, for newer jobs. */
  before?: string
}

/** A stable position in the list of jobs, unaffected by new submissions. */
export const Cursor = z
  .string()
  .max(512)
  .regex(/^[0-9]{1,13}-[^/\\]+$/u)

export interface JobPage {
  jobs: JobSnapshot[]
  /** Cursor for older jobs; `null` at the end. */
  next: string | null
  /** Cursor for newer jobs; `null` on the first page. */
  previous: string | null
}

/** The server's side of the queue. */
export interface JobQueue {
  /**
   * Accept a job, or return the existing job for this request. Durable when it resolves.
   *
   * @throws {QueueFull} `queueSize` jobs are waiting.
   * @throws {SpoolFull} No space, or over quota; nothing was accepted.
   * @throws {SpoolUnavailable} The spool cannot be written.
   * @throws {IdempotencyKeyReused}
   */
  submit(request: SubmitRequest): Promise<Submission>
  read(jobId: string): Promise<JobSnapshot | undefined>
  /** Newest first (by the time of the last submission). */
  list(query: ListQuery): Promise<JobPage>
  counts(): Promise<Record<Status, number>>
  /** Resolves when the job's version differs from `version`, or when the signal is aborted. */
  changed(jobId: string, version: string, signal: AbortSignal): Promise<void>
  /** Cancel a job. A queued job fails at once; a running one is stopped by its worker. */
  cancel(jobId: string): Promise<JobSnapshot | undefined>
  /**
   * Queue a failed or completed job again.
   *
   * @param mainModel - The model to use unless the job's options name one; the previous model by default.
   * @throws {WrongState} It is queued or processing.
   */
  retry(jobId: string, mainModel?: string): Promise<JobSnapshot | undefined>
  /** Delete a finished job. @returns false when there is no such job. @throws {WrongState} It is queued or processing. */
  remove(jobId: string): Promise<boolean>
  /**
   * Follow a job: yields its state, then all events of its newest claim and of later ones, and its state whenever more than
   * the progress changes.
   *
   * The iterator finishes after the `end` event of a finished job, or when the job is removed or the signal is aborted. Events
   * are read on demand, so slow readers need no buffer. Failed reads are retried, not thrown.
   *
   * @param after - The id of the last event that the caller has seen: the iterator continues after it without gaps or
   *   duplicates, and yields nothing if it was the last. `null`, or an unknown id, starts with the newest claim.
   */
  streamEvents(jobId: string, after: string | null, signal: AbortSignal): AsyncIterableIterator<JobNews>
  /**
   * Part of the log of a claim, starting at `offset` (0, or the `next` of a piece).
   *
   * @returns `undefined` when there is no such log.
   */
  readLog(jobId: string, epoch: number, offset: number): Promise<LogPiece<ShownEvent> | undefined>
  /** The last events of the claim that `streamEvents` starts with, at most `limit`, and the id to continue from. */
  readLogEnd(jobId: string, limit: number): Promise<LogEnd>
  /**
   * Reserve an idempotency key for a batch of submissions. Durable when it resolves.
   *
   * @param request - A text that identifies the request.
   * @returns A function for batches of which nothing was accepted: it releases the key if this call has reserved it. Never rejects.
   * @throws {IdempotencyKeyReused} The key was used for another request.
   */
  takeKey(key: string, request: string): Promise<() => Promise<void>>
  /** Whether a job with this id has expired and not been submitted again; known for 90 days. */
  hasExpired(jobId: string): Promise<boolean>
  paused(): Promise<Pause | null>
  state(): Promise<QueueState>
  /**
   * Throws `SpoolUnavailable` or `SpoolFull` when no submission can be accepted now.
   *
   * @returns Other folders of the queue that cannot be used, so that accepted jobs may not be processed.
   */
  probe(): Promise<string[]>
  /** Files owned by another user than the spool's, from a small sample; at most ten paths relative to its root. */
  foreignFiles(): Promise<string[]>
}

/** A pause of the queue: workers claim nothing until an operator resumes it. */
export interface Pause {
  /** ISO 8601 UTC. */
  since: string
  /** `user@host`; `null` when the file was created by hand. */
  by: string | null
}

export interface QueueState {
  counts: Record<Status, number>
  paused: Pause | null
  /** Age of the oldest waiting job; `null` when none is waiting. */
  oldestWaitingMs: number | null
  /** Live workers: one per supervisor. */
  workers: number
  /** Time since the last heartbeat of any worker, which each sends every 3 s; `null` without workers. */
  beatAgeMs: number | null
}

/** An event that may be shown. */
export type ShownEvent = Exclude<JobEvent, { type: 'spawn' }>

/** Consecutive events of one claim. */
export interface LogPiece<Event> {
  /** `next` is the offset after the event. */
  events: { event: Event; next: number }[]
  /** The offset to continue at. */
  next: number
  /** Whether more can be read now. */
  isMore: boolean
}

/** The events of a log that precede the newest ones. */
export interface EarlierEvents {
  count: number
  /** The stage that they end in; `null` before the first stage. */
  stage: string | null
}

export interface LogEnd {
  /** The newest events, oldest first. */
  events: ShownEvent[]
  /** What precedes them in the log. */
  earlier: EarlierEvents
  /** The id to continue from; `null` when there is no such job. */
  after: string | null
  digest: LogDigest
}

/** An item of `streamEvents`. `id` identifies the last event so far: `<epoch>-<offset in the log>`. */
export type JobNews = { id: string } & (
  | { type: 'state'; data: JobView }
  | { [T in ShownEvent['type']]: { type: T; data: Omit<Extract<ShownEvent, { type: T }>, 'type'> } }[ShownEvent['type']]
)
