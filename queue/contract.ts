/**
 * What the queue promises to the server, the supervisor and the command line, without a word about files. The first
 * backend is the spool folder; another one fits under the same interfaces.
 */

import { z } from 'zod'
import type { ErrorRecord } from '#base/errors.ts'
import { Degraded, JobOptions, JobSpend } from './options.ts'

export const Status = z.enum(['queued', 'processing', 'completed', 'failed'])
export type Status = z.infer<typeof Status>

/** What a caller asks for. `repoUrl` is normalised and safe (see `parseRepository`), `commitId` checked. */
export interface SubmitRequest {
  jobId: string
  repoUrl: string
  commitId: string | null
  /** Without those that are the default. */
  options: JobOptions
  /** 0 (first) to 9 (last). */
  priority: number
  /** Do not answer from the cache or the cooldown. */
  force: boolean
  /** Who writes: `offline` or the model's name. It is the option `model` where there is one, else the server's setting. */
  mainModel: string
  /** Same key and same body: the same answer, no second job. Same key, other body: `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey: string | null
  /** Told when the job has ended. `url` is normalised and safe, and may hold secrets; `origin` is what of it may be shown. */
  callback?: { url: string; origin: string } | undefined
}

/**
 * `created`: queued by this call. `joined`: already queued or processing. `cached`: completed and fresh. `cooldown`: it
 * failed a short time ago.
 */
export const Outcome = z.enum(['created', 'joined', 'cached', 'cooldown'])
export type Outcome = z.infer<typeof Outcome>

const Time = z.iso.datetime()
const Count = z.int().nonnegative()

/** A callback as people read it. */
export const CallbackView = z.object({
  origin: z.string().describe('https://hooks.example.org; the rest of the address is not shown.'),
  tries: Count.describe('Since the job ended last.'),
  delivered_at: Time.nullable(),
  failed_at: Time.nullable().describe('When it was given up.'),
  last_error: z
    .string()
    .nullable()
    .describe('What came of the last try; null before the first and after one that worked.'),
})
export type CallbackView = z.infer<typeof CallbackView>

/** A job as people read it: the answer of `GET /api/job/{job_id}`. */
export const JobView = z.object({
  job_id: z.string(),
  repo_url: z.string(),
  status: Status,
  created_at: Time,
  submitted_at: Time.describe('The newest submission of the job; the same as created_at for the first one.'),
  started_at: Time.nullable(),
  completed_at: Time.nullable(),
  progress: z.string().describe('A sentence for people.'),
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
    .describe('URL path of the newest published set, also while a new one is being made; null before the first.'),
  main_model: z.string(),
  options: JobOptions.describe('Without those that are the default.'),
  spend: JobSpend.nullable().describe(
    'What the documents of docs_path cost; null when no model was asked, or it is not known.',
  ),
  degraded: Degraded.nullable().describe('Why a part of these documents has no prose; null when nothing is missing.'),
  commit_id: z.string().nullable(),
  resolved_commit: z.string().nullable().describe('The full id that docs_path shows.'),
  priority: z.int().min(0).max(9),
  follow_up: z.boolean().describe('While it runs: somebody sent force, and another run follows this one.'),
  callbacks: z
    .array(CallbackView)
    .describe('Who is told of the end by callback_url; those of earlier submissions are left out.'),
  attempt: Count.describe('Tries that failed.'),
  stalls: Count.describe('Tries whose worker died.'),
  epoch: Count.describe('Number of the claim.'),
  rev: Count.describe('Number of the revision.'),
})
export type JobView = z.infer<typeof JobView>

/** That a job has ended, for one who asked to be told. */
export interface Notice {
  /** The same for all tries. */
  id: string
  url: string
  origin: string
  job: JobView
}

/** What came of a try. Errors are shown to all who may see the job. */
export type NotifyResult =
  | { is: 'delivered' }
  /** `retryAfterMs`: the receiver wants no other try before. */
  | { is: 'failed'; error: string; retryAfterMs?: number | undefined }
  /** There will be no other try. */
  | { is: 'gone'; error: string }

/** Tells somebody. Never rejects but for the signal; resolves within half a minute. */
export type Notify = (notice: Notice, signal: AbortSignal) => Promise<NotifyResult>

/** A job and where its documents lie, for the server's own use; `docsKey` is never shown. */
export interface JobSnapshot {
  view: JobView
  /** Key of the newest published set in the `SetStore`, `null` before the first. */
  docsKey: string | null
  /** Changes whenever `view` changes; for ETag. */
  version: string
}

export interface Submission {
  outcome: Outcome
  job: JobSnapshot
  /** When to ask again, or when the cooldown ends; whole seconds, at least 1; `null` when cached. */
  retryAfterSeconds: number | null
}

export interface ListQuery {
  status?: Status
  /** Exact normalised repository URL. */
  repoUrl?: string
  /** Only ids that have this text, whatever its case. */
  nameHas?: string
  /** Also jobs that are for those alone who know their ids; an operator's own lists. */
  withPrivate?: boolean
  /** 1 to 100. */
  limit: number
  /** The cursor `next` of a page: what is older. */
  after?: string
  /** The cursor `previous` of a page: what is newer. */
  before?: string
}

/** A place between two jobs of a list. It stays where it is, whatever is submitted meanwhile. */
export const Cursor = z
  .string()
  .max(512)
  .regex(/^[0-9]{1,13}-[^/\\]+$/u)

export interface JobPage {
  jobs: JobSnapshot[]
  /** Where older ones follow; `null` at the end. */
  next: string | null
  /** Where newer ones may follow; `null` on the first page. */
  previous: string | null
}

/** The server's side of the queue. */
export interface JobQueue {
  /**
   * Accept a job or say which one already answers the request. What it returns is durable.
   *
   * @throws {QueueFull} More than `queueSize` jobs wait.
   * @throws {SpoolFull} No space, or over quota; nothing was accepted.
   * @throws {SpoolUnavailable} The spool cannot be written.
   * @throws {IdempotencyKeyReused}
   */
  submit(request: SubmitRequest): Promise<Submission>
  read(jobId: string): Promise<JobSnapshot | undefined>
  /** Newest first (by the time of the last submission). */
  list(query: ListQuery): Promise<JobPage>
  counts(): Promise<Record<Status, number>>
  /** Resolves when the job's `version` is no longer `version`, or when the signal fires; never throws for the latter. */
  changed(jobId: string, version: string, signal: AbortSignal): Promise<void>
  /** Ask for the end of a queued or processing job. Queued: failed at once; processing: its worker is told. */
  cancel(jobId: string): Promise<JobSnapshot | undefined>
  /**
   * Queue a failed or completed job again.
   *
   * @param mainModel - Who writes where the job's options name nobody; whoever did before unless given.
   * @throws {WrongState} It is queued or processing.
   */
  retry(jobId: string, mainModel?: string): Promise<JobSnapshot | undefined>
  /** Forget a job that ended. @returns false when there is no such job. @throws {WrongState} It is queued or processing. */
  remove(jobId: string): Promise<boolean>
  /**
   * What happens to a job: first how it stands, then every event of its newest claim and of later ones, and how it
   * stands whenever that changes in more than its progress.
   *
   * It ends with an `end` after the job has ended; without one when the job is removed or the signal fires. Nothing is
   * kept for a reader that is slow: it is read when asked for. Looks that fail are repeated; nothing is thrown for them.
   *
   * @param after - The id of the event that the caller knows last: what follows it is told, without gaps and repetitions, and
   *   nothing at all when it was the end. `null`, or an id that names no event of this job, begins with the newest claim.
   */
  follow(jobId: string, after: string | null, signal: AbortSignal): AsyncIterableIterator<JobNews>
  /**
   * A piece of what a claim told, from `offset` (0, or a piece's `next`) on.
   *
   * @returns `undefined` when there is no such log.
   */
  readLog(jobId: string, epoch: number, offset: number): Promise<LogPiece<ShownEvent> | undefined>
  /**
   * The newest events of the claim that `follow` begins with, and the id to follow from.
   *
   * @param limit - At most so many.
   */
  readLogEnd(jobId: string, limit: number): Promise<LogEnd>
  /**
   * Take an idempotency key for a request of several submissions. Durable when it resolves.
   *
   * @param request - The same for the same request, and for no other.
   * @returns Gives it back where this call took it: for a request of which nothing was accepted. Never rejects.
   * @throws {IdempotencyKeyReused} It was taken for another request.
   */
  takeKey(key: string, request: string): Promise<() => Promise<void>>
  /** Whether a job of this id was removed for its age, and none has taken its place; known for 90 days. */
  hasExpired(jobId: string): Promise<boolean>
  /** Since when the queue is paused; `null` while it is not. */
  paused(): Promise<Pause | null>
  /** How the queue does as a whole. */
  state(): Promise<QueueState>
  /** Throws `SpoolUnavailable` or `SpoolFull` when the spool cannot be written now. */
  probe(): Promise<void>
  /** Of a small sample of the spool's files: those of another user than the spool's, from its root; at most ten. */
  foreignFiles(): Promise<string[]>
}

/** Workers claim nothing, until an operator resumes the queue. */
export interface Pause {
  /** ISO 8601 UTC. */
  since: string
  /** `user@host`; `null` when it was paused by hand. */
  by: string | null
}

export interface QueueState {
  counts: Record<Status, number>
  paused: Pause | null
  /** Age of the waiting job that was submitted first; `null` when none waits. */
  oldestWaitingMs: number | null
  /** Workers that live: one for each supervisor. */
  workers: number
  /** How long ago the youngest of them gave a sign of life, which they do every 3 s; `null` when none lives. */
  beatAgeMs: number | null
}

/** What a worker tells while it works. */
export interface Progress {
  stage: string
  /** 0 to 100 over the whole job. */
  percent: number
  /** A sentence. */
  text: string
}

/** The job as its runner sees it. */
export interface ClaimedJob {
  jobId: string
  repoUrl: string
  commitId: string | null
  options: JobOptions
  mainModel: string
  /** When it was submitted, ISO 8601 UTC: the same for all its tries. */
  submittedAt: string
  /** Number of the claim; part of the name of the work folder. */
  epoch: number
  /** What was published before, if anything: lets the runner find out that nothing has changed. */
  previous: { docsKey: string; resolvedCommit: string } | null
  /** The cache must not answer. */
  force: boolean
  /** What came with the submission for the host of the repository; in memory alone. */
  gitToken?: string | undefined
  /** Own folder for temporary files, made by the runner, swept by the queue. Absolute. */
  workDir: string
}

export interface RunResult {
  docsKey: string
  /** Full id. */
  resolvedCommit: string
  /** A sentence for people: what was made. */
  summary: string
  /** What it cost. Left out with the same `docsKey` as before: what is known of that set stays. */
  spend?: JobSpend | undefined
  /** Left out like `spend`. */
  degraded?: Degraded | null | undefined
}

export interface RunContext {
  /** Fires on cancel, loss of the lease and shutdown. The runner ends within seconds. */
  signal: AbortSignal
  /** Aborted when there is no time left: the runner ends at once. */
  hardSignal: AbortSignal
  report(progress: Progress): void
  /** A line for the job's event log. */
  log(level: 'info' | 'warn' | 'error', text: string): void
  /** What nobody but the operator may see. */
  trouble(text: string): void
  /** So many bytes more came from a host; for figures. */
  received(bytes: number): void
  /**
   * A process that leads a group of its own works on the job now. Wait for this before it begins: should this process
   * die, others find the group by it and end it.
   */
  spawned(pid: number, pidStart: string): Promise<void>
}

/** Does the work of a job. Throws an `AppError` (or an `ErrorRecord` wrapped in one) when it fails. */
export type Run = (job: ClaimedJob, context: RunContext) => Promise<RunResult>

/** A line of a job's event log. */
export type JobEvent =
  | ({ type: 'progress'; at: string } & Progress)
  | { type: 'log'; at: string; level: 'info' | 'warn' | 'error'; text: string }
  | { type: 'spawn'; at: string; pid: number; pidStart: string }
  | { type: 'end'; at: string; status: Status; error: ErrorRecord | null }

/** What of it may be shown. */
export type ShownEvent = Exclude<JobEvent, { type: 'spawn' }>

/** Events of one claim that follow each other. */
export interface LogPiece<Event> {
  /** `next` is the place after the event. */
  events: { event: Event; next: number }[]
  /** Where to read on. */
  next: number
  /** There is more to read at once. */
  isMore: boolean
}

/** The log of a claim in short. */
export interface LogDigest {
  /** Its stages in their order, each with the time at which it began. */
  stages: StageTime[]
  /** When the claim ended; `null` while it runs. */
  endedAt: string | null
  /** The first of its warnings and errors. */
  warnings: Extract<ShownEvent, { type: 'log' }>[]
  /** How many there are. */
  warningCount: number
}

export interface StageTime {
  stage: string
  at: string
}

export interface LogEnd {
  /** The newest events, oldest first. */
  events: ShownEvent[]
  /** The id to follow from; `null` when there is no such job. */
  after: string | null
  digest: LogDigest
}

/** What a follower of a job is told. `id` is that of the last event up to here: `<epoch>-<place in the log>`. */
export type JobNews = { id: string } & (
  | { type: 'state'; data: JobView }
  | { [T in ShownEvent['type']]: { type: T; data: Omit<Extract<ShownEvent, { type: T }>, 'type'> } }[ShownEvent['type']]
)
