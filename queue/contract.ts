/**
 * What the queue promises to the server, the supervisor and the command line, without a word about files. The first
 * backend is the spool folder; another one fits under the same interfaces.
 */

import { z } from 'zod'
import type { ErrorRecord } from '#base/errors.ts'

export const Status = z.enum(['queued', 'processing', 'completed', 'failed'])
export type Status = z.infer<typeof Status>

/** What a job is asked to do beyond the repository and the commit. Empty today; part of a job's identity. */
export const JobOptions = z.strictObject({})
export type JobOptions = z.infer<typeof JobOptions>

/** What a caller asks for. `repoUrl` is normalised and safe (see `parseRepository`), `commitId` checked. */
export interface SubmitRequest {
  jobId: string
  repoUrl: string
  commitId: string | null
  options: JobOptions
  /** 0 (first) to 9 (last). */
  priority: number
  /** Do not answer from the cache or the cooldown. */
  force: boolean
  /** `offline` or the model's name. */
  mainModel: string
  /** Same key and same body: the same answer, no second job. Same key, other body: `IDEMPOTENCY_KEY_REUSED`. */
  idempotencyKey: string | null
}

/**
 * `created`: queued by this call. `joined`: already queued or processing. `cached`: completed and fresh. `cooldown`: it
 * failed a short time ago.
 */
export type Outcome = 'created' | 'joined' | 'cached' | 'cooldown'

/** A job as people read it: the answer of `GET /api/job/{job_id}`. */
export interface JobView {
  job_id: string
  repo_url: string
  status: Status
  /** ISO 8601 UTC. */
  created_at: string
  started_at: string | null
  completed_at: string | null
  /** A sentence for people. */
  progress: string
  /** `clone`, `inventory`, `analyse`, `partition`, `pages`, `verify`, `publish`; `null` while nothing runs. */
  stage: string | null
  /** 0 to 100, whole. */
  percent: number
  /** From 1; `null` unless queued. */
  queue_position: number | null
  error_message: string | null
  error_code: string | null
  hint: string | null
  /** URL path of the newest published set, also while a new one is being made; `null` before the first. */
  docs_path: string | null
  main_model: string
  commit_id: string | null
  /** The full id that `docs_path` shows. */
  resolved_commit: string | null
  priority: number
  /** Tries that failed. */
  attempt: number
  /** Tries whose worker died. */
  stalls: number
  /** Number of the claim. */
  epoch: number
  /** Number of the revision. */
  rev: number
}

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
  /** 1 to 100. */
  limit: number
  /** Cursor from the page before. */
  after?: string
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
  list(query: ListQuery): Promise<{ jobs: JobSnapshot[]; next: string | null }>
  counts(): Promise<Record<Status, number>>
  /** Resolves when the job's `version` is no longer `version`, or when the signal fires; never throws for the latter. */
  changed(jobId: string, version: string, signal: AbortSignal): Promise<void>
  /** Ask for the end of a queued or processing job. Queued: failed at once; processing: its worker is told. */
  cancel(jobId: string): Promise<JobSnapshot | undefined>
  /** Queue a failed or completed job again. @throws {WrongState} It is queued or processing. */
  retry(jobId: string): Promise<JobSnapshot | undefined>
  /** Forget a job that ended. @returns false when there is no such job. @throws {WrongState} It is queued or processing. */
  remove(jobId: string): Promise<boolean>
  /** Throws `SpoolUnavailable` or `SpoolFull` when the spool cannot be written now. */
  probe(): Promise<void>
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
  /** Number of the claim; part of the name of the work folder. */
  epoch: number
  /** What was published before, if anything: lets the runner find out that nothing has changed. */
  previous: { docsKey: string; resolvedCommit: string } | null
  /** The cache must not answer. */
  force: boolean
  /** Own folder for temporary files, made by the runner, swept by the queue. Absolute. */
  workDir: string
}

export interface RunResult {
  docsKey: string
  /** Full id. */
  resolvedCommit: string
  /** A sentence for people: what was made. */
  summary: string
}

export interface RunContext {
  /** Fires on cancel, loss of the lease and shutdown. The runner ends within seconds. */
  signal: AbortSignal
  /** Fires when there is no time left: the runner ends at once. */
  hardSignal: AbortSignal
  report(progress: Progress): void
  /** A line for the job's event log. */
  log(level: 'info' | 'warn' | 'error', text: string): void
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
